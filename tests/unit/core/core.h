/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core.h: the tests of the scheduler and of what sleeps on it, which run here
 * as threads of the real scheduler in an ordinary process. The clock stands
 * still until all threads sleep; then it jumps to the next deadline.
 */
#ifndef TESTS_UNIT_CORE_H
#define TESTS_UNIT_CORE_H

#include <stdio.h>
#include <string.h>
#include "../unit.h"
#include <posixen/klog.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>

#undef assert

/* fakes.c */
extern struct process proc;
extern uint64_t now;	   /* what plat_monotonic_ns() says */
extern uint64_t alarm_set; /* the last plat_set_alarm() */
extern int live_stacks;	   /* kernel stacks not freed */
extern unsigned int nr_polls;
extern void (*on_poll)(void);
/* What went to the log since the last look. */
extern char log_text[4096];

/* Run fn as the first thread; it ends in exit(unit_done()). */
void run_first(void (*fn)(void));
struct thread *spawn(void (*fn)(void *), void *arg);

#define MS 1000000ULL

#endif
