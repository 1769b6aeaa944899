/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * klog.h: the runtime's messages (runtime/klog.c). They go to plat_log(), which
 * is not the program's stdout. Any context.
 */
#ifndef POSIXEN_KLOG_H
#define POSIXEN_KLOG_H

#include <posixen/types.h>

/* "posixen: " is put in front; end the format with \n. Silent with quiet=1. */
void klog(const char *fmt, ...) __printf(1, 2);
/* No prefix, always printed: tracer, register dumps. */
void klog_raw(const char *fmt, ...) __printf(1, 2);
/* A broken invariant of the runtime itself: message, backtrace, plat_crash().
 */
void __noreturn panic(const char *fmt, ...) __printf(1, 2);

#define assert(c)                                                              \
	do {                                                                   \
		if (unlikely(!(c)))                                            \
			panic("%s:%d: %s\n", __FILE_NAME__, __LINE__, #c);     \
	} while (0)

#endif
