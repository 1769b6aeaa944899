/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_settime(): see clock_settime(2). Setting the clock would disturb the
 * machine that runs Linux's side, so only errors are looked at.  t: alone */
#include "t.h"
#include <time.h>

int main(void)
{
	struct timespec ts = {0, 1000000000};

	t_ret("too many ns", syscall(SYS_clock_settime, CLOCK_REALTIME, &ts));
	ts = (struct timespec){-1, 0};
	t_ret("negative", syscall(SYS_clock_settime, CLOCK_REALTIME, &ts));
	t_ret("bad pointer", syscall(SYS_clock_settime, CLOCK_REALTIME, T_BAD));
	clock_gettime(CLOCK_MONOTONIC, &ts);
	t_ret("MONOTONIC", syscall(SYS_clock_settime, CLOCK_MONOTONIC, &ts));
	t_ret("no such clock", syscall(SYS_clock_settime, 77, &ts));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	clock_gettime(CLOCK_REALTIME, &ts);
	t_ret("a user", syscall(SYS_clock_settime, CLOCK_REALTIME, &ts));
	return 0;
}
