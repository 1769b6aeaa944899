/* SPDX-License-Identifier: BSD-2-Clause */
/* timer_gettime(): see timer_settime(2). */
#include "t.h"
#include <time.h>

int main(void)
{
	struct itimerspec it = {{7, 5}, {100, 0}};
	struct sigevent ev = {.sigev_notify = SIGEV_NONE};
	int id;

	syscall(SYS_timer_create, CLOCK_MONOTONIC, &ev, &id);
	t_ret("off", syscall(SYS_timer_gettime, id, &it));
	t_say("%ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
	it = (struct itimerspec){{7, 5}, {100, 0}};
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	t_ret("on", syscall(SYS_timer_gettime, id, &it));
	t_is("rest", it.it_value.tv_sec == 99 || it.it_value.tv_sec == 98);
	t_say("interval %ld %ld\n", (long)it.it_interval.tv_sec,
	      it.it_interval.tv_nsec);
	/* Without a signal it runs on all the same. */
	it = (struct itimerspec){{50, 0}, {0, 1000000}};
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	usleep(5000);
	syscall(SYS_timer_gettime, id, &it);
	t_is("the next period",
	     it.it_value.tv_sec == 49 || it.it_value.tv_sec == 48);
	it = (struct itimerspec){{0, 0}, {0, 1000000}};
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	usleep(5000);
	syscall(SYS_timer_gettime, id, &it);
	t_say("over: %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
	t_ret("no such timer", syscall(SYS_timer_gettime, 12345, &it));
	t_ret("bad place", syscall(SYS_timer_gettime, id, T_BAD));
	return 0;
}
