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

#define ROW(nr, name, ...) \
	_Static_assert(nr == __NR_##name, #name " has another number");
#include "rows.h"

#define ROW(number, call, status, sub, leaf, n, t1, t2, t3, t4, t5, t6) \
	extern const struct px_call px_call_##call;                     \
	void px_##call(void);                                           \
	const struct px_call px_call_##call = {                         \
		.handler = (void (*)(void))sys_##call,                  \
		.thunk = px_##call,                                     \
		.nr = number,                                           \
		.argc = n,                                              \
		.state = PX_##status,                                   \
		.types = { T_##t1, T_##t2, T_##t3, T_##t4, T_##t5, T_##t6 }, \
		.name = #call,                                          \
	};
#include "rows.h"
