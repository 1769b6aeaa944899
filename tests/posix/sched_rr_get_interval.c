/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_rr_get_interval(): see sched_rr_get_interval(2). */
#include "t.h"
#include <time.h>

int main(void)
{
	struct timespec ts = {9, 9};

	t_ret("mine", syscall(SYS_sched_rr_get_interval, 0, &ts));
	t_is("under a second", ts.tv_sec == 0 && ts.tv_nsec >= 0);
	if (syscall(SYS_sched_setscheduler, 0, 2, &(int){1}) == 0) {
		syscall(SYS_sched_rr_get_interval, 0, &ts);
		t_val("ms of RR", ts.tv_nsec / 1000000);
		syscall(SYS_sched_setscheduler, 0, 1, &(int){1});
		syscall(SYS_sched_rr_get_interval, 0, &ts);
		t_val("ms of FIFO", ts.tv_nsec / 1000000);
		syscall(SYS_sched_setscheduler, 0, 0, &(int){0});
	}
	t_ret("negative", syscall(SYS_sched_rr_get_interval, -1, &ts));
	t_ret("nobody", syscall(SYS_sched_rr_get_interval, 4194303, &ts));
	t_ret("bad pointer", syscall(SYS_sched_rr_get_interval, 0, T_BAD));
	return 0;
}
