/* SPDX-License-Identifier: BSD-2-Clause */
/* timerfd_gettime(fd, current): see timerfd_create(2). */
#include "t.h"
#include <sys/timerfd.h>
#include <time.h>

int main(void)
{
	struct itimerspec its = {.it_value = {0}}, cur;
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);

	t_ret("new", timerfd_gettime(fd, &cur));
	t_is("all zero", !cur.it_value.tv_sec && !cur.it_value.tv_nsec &&
				 !cur.it_interval.tv_sec &&
				 !cur.it_interval.tv_nsec);
	its.it_value.tv_sec = 100;
	its.it_interval.tv_sec = 7;
	timerfd_settime(fd, 0, &its, NULL);
	t_ret("set", timerfd_gettime(fd, &cur));
	t_is("value", cur.it_value.tv_sec == 99 || cur.it_value.tv_sec == 100);
	t_val("interval", cur.it_interval.tv_sec);
	its.it_value = (struct timespec){0, 1};
	its.it_interval = (struct timespec){0, 0};
	timerfd_settime(fd, 0, &its, NULL);
	usleep(2000);
	timerfd_gettime(fd, &cur);
	t_is("expired", !cur.it_value.tv_sec && !cur.it_value.tv_nsec);
	t_ret("bad pointer", timerfd_gettime(fd, T_BAD));
	t_ret("no timer", timerfd_gettime(0, &cur));
	t_ret("closed", timerfd_gettime(99, &cur));
	return 0;
}
