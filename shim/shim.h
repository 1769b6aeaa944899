/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this folder say to each other. */
#ifndef SHIM_SHIM_H
#define SHIM_SHIM_H

#include <posixen/entry.h>

/* Not zero: px_enter calls shim_trace_enter and _exit (trace.c). */
extern uint8_t shim_tracing;
#define SHIM_TRACE 1u /* print calls: trace.c */
#define SHIM_STATS 2u /* count them: stats.c */

struct trace;
void shim_stats_init(void);
void shim_stats_enter(const struct px_frame *f, struct trace *t);
void shim_stats_exit(const struct px_frame *f, const struct trace *t);
void shim_stats_report(void);
void shim_trace_init(void);
void shim_trace_enter(struct px_frame *f, struct trace *t);
void shim_trace_exit(struct px_frame *f, struct trace *t);

void shim_count_absent(void);
long shim_unknown(long nr);
long shim_unmapself(unsigned long addr, unsigned long size);

#endif
