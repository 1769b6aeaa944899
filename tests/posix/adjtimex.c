/* SPDX-License-Identifier: BSD-2-Clause */
/* adjtimex(): see adjtimex(2). t: alone */
#include "t.h"
#include <sys/timex.h>
#include <time.h>

int main(void)
{
	struct timex tx = {0};

	/* What a machine that nothing has set shows differs from one that ntpd
	 * runs on, so only what is always so is printed. */
	t_is("read", adjtimex(&tx) >= 0);
	t_val("tick", tx.tick);
	t_val("tolerance", tx.tolerance);
	t_is("now", labs(tx.time.tv_sec - time(NULL)) <= 1);
	tx.modes = ADJ_OFFSET_SS_READ;
	t_is("offset", adjtimex(&tx) >= 0);
	t_ret("bad pointer", adjtimex(T_BAD));
	setresuid(65534, 65534, 65534);
	tx.modes = ADJ_FREQUENCY;
	t_ret("steer it, unprivileged", adjtimex(&tx));
	tx.modes = ADJ_TICK;
	t_ret("its tick", adjtimex(&tx));
	tx.modes = 0;
	t_is("read it", adjtimex(&tx) >= 0);
	return 0;
}
