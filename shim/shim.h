/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this folder say to each other. */
#ifndef SHIM_SHIM_H
#define SHIM_SHIM_H

#include <posixen/entry.h>

/* Not zero: px_enter calls the two functions below (trace.c). */
extern uint8_t shim_tracing;

/* The words that pointer arguments pointed to before the call. */
struct trace_saved {
	long word[6];
};

void shim_trace_init(void);
void shim_trace_enter(struct px_frame *f, struct trace_saved *saved);
void shim_trace_exit(struct px_frame *f, const struct trace_saved *saved);

void shim_count_absent(void);
long shim_unknown(long nr);
long shim_unmapself(unsigned long addr, unsigned long size);

#endif
