/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ktime.h: clocks as the program sees them (runtime/clock.c).
 */
#ifndef POSIXEN_KTIME_H
#define POSIXEN_KTIME_H

#include <posixen/thread.h>
#include <posixen/types.h>
#include <posixen/waitq.h>
#include <linux/time_types.h>

/* CLOCK_REALTIME in ns since 1970: the platform's wall clock plus what
 * clock_settime(2) made of it. Any context. */
uint64_t clock_realtime_ns(void);
/* Woken when clock_settime(2) or settimeofday(2) has moved it: for who waits
 * for a moment of CLOCK_REALTIME. */
extern struct waitq clock_set_wait;
struct __kernel_timespec ns_to_timespec(uint64_t ns);
/* 0, or -EINVAL when out of range as nanosleep(2) says. */
int timespec_to_ns(const struct __kernel_timespec *ts, uint64_t *ns);
/* Any clock of clock_gettime(2): 0 or -EINVAL. */
int clock_read(int clock, uint64_t *ns);
/* The plat_monotonic_ns() that lies ns ahead; never WAIT_FOREVER. */
uint64_t deadline_after(uint64_t ns);
/* Read a program's optional time-out: NULL gives WAIT_FOREVER, else a
 * plat_monotonic_ns() deadline. -EFAULT, -EINVAL. */
int timeout_in(const struct __kernel_timespec *uts, uint64_t *deadline);

/* Sleep until *done (NULL: for nothing else) is set by whoever makes the thread
 * ready, a moment of a clock comes, or a signal: 0, -ETIMEDOUT, -EINTR, the
 * first that is true. at: ns of CLOCK_REALTIME (real), which may be set, or of
 * plat_monotonic_ns(); or WAIT_FOREVER. Blocks (runtime/clock_timeout.c). */
int clock_sleep(const bool *done, bool real, uint64_t at);
/* The same for what is not one flag: until done(arg). */
int clock_sleep_until(bool (*done)(const void *arg), const void *arg, bool real,
		      uint64_t at);

#endif
