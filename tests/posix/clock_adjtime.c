/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_adjtime(): see clock_adjtime(2). t: alone */
#include "t.h"
#include <sys/timex.h>
#include <time.h>

int main(void)
{
	struct timex tx = {0};

	t_is("read", clock_adjtime(CLOCK_REALTIME, &tx) >= 0);
	t_val("tick", tx.tick);
	t_ret("another clock", clock_adjtime(CLOCK_MONOTONIC, &tx));
	t_ret("unknown", clock_adjtime(99, &tx));
	t_ret("bad pointer", clock_adjtime(CLOCK_REALTIME, T_BAD));
	setresuid(65534, 65534, 65534);
	tx.modes = ADJ_FREQUENCY;
	t_ret("steer it, unprivileged", clock_adjtime(CLOCK_REALTIME, &tx));
	return 0;
}
