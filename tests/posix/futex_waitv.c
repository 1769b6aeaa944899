/* SPDX-License-Identifier: BSD-2-Clause */
/* futex_waitv(): see the kernel's Documentation/userspace-api/futex2.rst. */
#include "t.h"
#include <linux/futex.h>
#include <pthread.h>
#include <time.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

struct waiter { /* struct futex_waitv */
	uint64_t val, uaddr;
	uint32_t flags, reserved;
};
enum { SIZE_U32 = 2, PRIVATE = 128 };

static unsigned int words[200];
static struct waiter v[200];

static long waitv(int n, unsigned int flags, const void *ts, int clock)
{
	return syscall(SYS_futex_waitv, v, n, flags, ts, clock);
}

static void fill(int n, int flags)
{
	for (int i = 0; i < n; i++)
		v[i] = (struct waiter){.uaddr = (uintptr_t)&words[i],
				       .flags = flags};
}

static void *wakes(void *arg)
{
	usleep(30000);
	for (int i = 0; i < 200; i++)
		if (syscall(SYS_futex, &words[(long)arg], FUTEX_WAKE_PRIVATE, 1,
			    NULL, NULL, 0) == 1)
			break;
		else
			usleep(5000);
	return NULL;
}

static void on_signal(int sig)
{
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_signal};
	struct timespec ts = {0, 1000000000};
	pthread_t t;

	fill(200, SIZE_U32 | PRIVATE);
	t_ret("flags", waitv(1, 1, NULL, 0));
	t_ret("none", waitv(0, 0, NULL, 0));
	t_ret("too many", waitv(129, 0, NULL, 0));
	t_ret("no list",
	      syscall(SYS_futex_waitv, NULL, 1, 0, NULL, CLOCK_MONOTONIC));
	t_ret("bad list",
	      syscall(SYS_futex_waitv, T_BAD, 1, 0, NULL, CLOCK_MONOTONIC));
	t_ret("bad time", waitv(1, 0, &ts, CLOCK_MONOTONIC));
	t_ret("bad clock", waitv(1, 0, &ts, 7));
	t_ret("bad time's address", waitv(1, 0, T_BAD, CLOCK_MONOTONIC));
	clock_gettime(CLOCK_MONOTONIC, &ts);
	t_ret("past", waitv(128, 0, &ts, CLOCK_MONOTONIC));
	v[3].val = 1;
	t_ret("other value", waitv(5, 0, &ts, CLOCK_MONOTONIC));
	v[3].val = 0;
	v[2].flags = 0x40;
	t_ret("unknown flag", waitv(5, 0, &ts, CLOCK_MONOTONIC));
	v[2].flags = SIZE_U32 | PRIVATE;
	v[2].reserved = 1;
	t_ret("reserved", waitv(5, 0, &ts, CLOCK_MONOTONIC));
	v[2].reserved = 0;
	v[2].uaddr++;
	t_ret("odd", waitv(5, 0, &ts, CLOCK_MONOTONIC));
	v[2].uaddr = (uintptr_t)T_BAD;
	t_ret("bad word", waitv(5, 0, &ts, CLOCK_MONOTONIC));
	fill(200, SIZE_U32 | PRIVATE);
	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 10000000;
	if (ts.tv_nsec >= 1000000000)
		ts.tv_sec++, ts.tv_nsec -= 1000000000;
	t_ret("time-out", waitv(5, 0, &ts, CLOCK_REALTIME));

	for (long i = 0; i < 5; i += 2) {
		pthread_create(&t, NULL, wakes, (void *)i);
		t_val("woken", waitv(5, 0, NULL, 0));
		pthread_join(t, NULL);
	}
	t_val("nobody is left", syscall(SYS_futex, &words[1],
					FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0));
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	t_ret("interrupted", waitv(5, 0, NULL, 0));
	return 0;
}
