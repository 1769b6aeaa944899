/* SPDX-License-Identifier: BSD-2-Clause */
/* timer_settime(): see timer_settime(2). */
#include "t.h"
#include <time.h>

static volatile int seen;

static void on_alarm(int sig)
{
	seen++;
}

static long set(int id, int flags, struct itimerspec *new,
		struct itimerspec *old)
{
	return syscall(SYS_timer_settime, id, flags, new, old);
}

int main(void)
{
	struct itimerspec it = {{0, 2000000}, {0, 1000000}}, old;
	int id;

	signal(SIGALRM, on_alarm);
	syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &id);
	t_ret("each 2 ms", set(id, 0, &it, &old));
	t_is("was off", old.it_value.tv_sec == 0 && old.it_value.tv_nsec == 0);
	while (seen < 5)
		pause();
	memset(&it, 0, sizeof(it));
	t_ret("off", set(id, 0, &it, &old));
	t_val("interval was", old.it_interval.tv_nsec);
	seen = 0;
	usleep(10000);
	t_val("quiet", seen);

	clock_gettime(CLOCK_MONOTONIC, &it.it_value);
	t_ret("a point that was", set(id, TIMER_ABSTIME, &it, NULL));
	while (!seen)
		usleep(1000);
	seen = 0;
	it.it_value.tv_nsec += 20000000;
	if (it.it_value.tv_nsec >= 1000000000)
		it.it_value.tv_sec++, it.it_value.tv_nsec -= 1000000000;
	t_ret("a point that comes", set(id, TIMER_ABSTIME, &it, NULL));
	while (!seen)
		usleep(1000);
	t_val("came", seen);

	it.it_value.tv_nsec = 1000000000;
	t_ret("too many ns", set(id, 0, &it, NULL));
	it.it_value.tv_nsec = 0;
	it.it_interval.tv_nsec = -1;
	t_ret("negative ns", set(id, 0, &it, NULL));
	it.it_interval.tv_nsec = 0;
	t_ret("no such timer", set(12345, 0, &it, NULL));
	t_ret("nothing to set", set(id, 0, NULL, NULL));
	t_ret("bad new", set(id, 0, T_BAD, NULL));
	t_ret("bad old", set(id, 0, &it, T_BAD));
	return 0;
}
