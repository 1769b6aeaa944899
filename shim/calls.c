/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rows of the table, one object each (px_call_<name>) in a section of its
 * own, so that the linker drops the row, and with it the handler, of a call
 * that the program cannot make.
 *
 * Compiling this file also checks the numbers against Linux's header, and the
 * types of the handlers through their prototypes.
 */
#include <asm/unistd_64.h>
#include <posixen/entry.h>
#include <posixen/syscalls.h>
#include "trace.h"

/* clang-format off */
#define ROW(nr, name, ...) \
	_Static_assert(nr == __NR_##name, #name " has another number");
#include "rows.h"

/* What the tracer makes of the arguments; the rest stays NULL. */
#define TYPES0(a, b, c, d, e, f) {}
#define TYPES1(a, b, c, d, e, f) { &arg_##a }
#define TYPES2(a, b, c, d, e, f) { &arg_##a, &arg_##b }
#define TYPES3(a, b, c, d, e, f) { &arg_##a, &arg_##b, &arg_##c }
#define TYPES4(a, b, c, d, e, f) { &arg_##a, &arg_##b, &arg_##c, &arg_##d }
#define TYPES5(a, b, c, d, e, f) \
	{ &arg_##a, &arg_##b, &arg_##c, &arg_##d, &arg_##e }
#define TYPES6(a, b, c, d, e, f) \
	{ &arg_##a, &arg_##b, &arg_##c, &arg_##d, &arg_##e, &arg_##f }

#define ROW(number, call, status, sub, leaf, n, t1, t2, t3, t4, t5, t6) \
	extern const struct px_call px_call_##call;                     \
	void px_##call(void);                                           \
	/* Asked for, or gcc aligns to 32 bytes, for speed. */          \
	__attribute__((aligned(8)))                                     \
	const struct px_call px_call_##call = {                         \
		.handler = (void (*)(void))sys_##call,                  \
		.thunk = px_##call,                                     \
		.nr = number,                                           \
		.argc = n,                                              \
		.state = PX_##status,                                   \
		.types = TYPES##n(t1, t2, t3, t4, t5, t6),              \
		.name = #call,                                          \
	};
#include "rows.h"
