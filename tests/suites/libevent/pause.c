/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linked in beside libevent's objects: before its Nth wait for events, where
 * SUITE_PAUSE=N, the program stands still for 20 ms. build gives libevent's
 * epoll.o suite_epoll_wait() for epoll_wait().
 *
 * getaddrinfo_cancel_stress asks 1,000 questions, each with a timer of 10 ms
 * that takes it back, and wants both answers and questions taken back. So it
 * passes on a machine that needs more than 10 ms for all of them. With no more
 * than 64 on their way at a time, some but far from all are answered in a few
 * turns of the loop; in the pause the others' timers run out, on a fast machine
 * as on a slow one. 20 ms, because libevent's clock is CLOCK_MONOTONIC_COARSE,
 * which may be behind by a tick of Linux (10 ms at most).
 */
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>

int suite_epoll_wait(int fd, struct epoll_event *events, int max, int timeout)
{
	static const struct timespec pause = {0, 20 * 1000 * 1000};
	static int waits;
	const char *want = getenv("SUITE_PAUSE");

	if (want && ++waits == atoi(want))
		clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
	return epoll_wait(fd, events, max, timeout);
}
