/* SPDX-License-Identifier: BSD-2-Clause */
/* timerfd_settime(fd, flags, new, old): see timerfd_create(2). */
#include "t.h"
#include <poll.h>
#include <sys/timerfd.h>
#include <time.h>

static int fd;

static long set(int flags, long value_ns, long interval_ns,
		struct itimerspec *old)
{
	struct itimerspec its = {
		.it_value = {value_ns / 1000000000, value_ns % 1000000000},
		.it_interval = {0, interval_ns},
	};

	return timerfd_settime(fd, flags, &its, old);
}

int main(void)
{
	struct itimerspec old, its = {.it_value = {0}};
	struct timespec now;
	struct pollfd f;
	uint64_t n = 0;

	fd = timerfd_create(CLOCK_MONOTONIC, 0);
	t_ret("20 ms", set(0, 20000000, 0, NULL));
	f = (struct pollfd){fd, POLLIN | POLLOUT, 0};
	t_val("not yet", poll(&f, 1, 0));
	t_val("read waits", read(fd, &n, 8));
	t_val("once", n);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	t_val("no more", read(fd, &n, 8));
	t_ret("every 5 ms", set(0, 5000000, 5000000, NULL));
	usleep(30000);
	t_val("poll", poll(&f, 1, 0));
	t_val("events", f.revents);
	read(fd, &n, 8);
	t_is("several", n >= 5 && n < 1000);
	t_ret("stop", set(0, 0, 5000000, &old));
	t_val("old interval", old.it_interval.tv_nsec);
	t_is("old value",
	     old.it_value.tv_nsec > 0 && old.it_value.tv_nsec <= 5000000);
	usleep(10000);
	t_val("stopped", read(fd, &n, 8));
	clock_gettime(CLOCK_MONOTONIC, &now);
	t_ret("absolute, past", set(TFD_TIMER_ABSTIME, 1, 0, NULL));
	t_val("expired", poll(&f, 1, 100));
	its.it_value = now;
	its.it_value.tv_sec += 1000;
	t_ret("absolute, future",
	      timerfd_settime(fd, TFD_TIMER_ABSTIME, &its, NULL));
	t_val("setting forgets", read(fd, &n, 8));
	t_ret("far", set(0, 1000000000L * 3600, 0, &old));
	t_is("seconds left",
	     old.it_value.tv_sec == 999 || old.it_value.tv_sec == 1000);
	t_ret("flags", set(8, 1, 0, NULL));
	its.it_value.tv_nsec = 1000000000;
	t_ret("bad value", timerfd_settime(fd, 0, &its, NULL));
	its.it_value.tv_nsec = 0;
	its.it_interval.tv_sec = -1;
	t_ret("bad interval", timerfd_settime(fd, 0, &its, NULL));
	t_ret("bad new", timerfd_settime(fd, 0, T_BAD, NULL));
	its.it_interval.tv_sec = 0;
	t_ret("no timer", timerfd_settime(0, 0, &its, NULL));
	t_ret("closed", timerfd_settime(99, 0, &its, NULL));
	fd = timerfd_create(CLOCK_REALTIME, 0);
	clock_gettime(CLOCK_REALTIME, &now);
	its.it_value = now;
	its.it_value.tv_sec += 1;
	its.it_value.tv_nsec = 0;
	t_ret("wall clock", timerfd_settime(fd, TFD_TIMER_ABSTIME, &its, NULL));
	t_val("read", read(fd, &n, 8));
	clock_gettime(CLOCK_REALTIME, &now);
	t_is("in time", now.tv_sec >= its.it_value.tv_sec &&
				now.tv_sec <= its.it_value.tv_sec + 3);
	return 0;
}
