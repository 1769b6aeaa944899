/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit(3) as musl's, but for one hook more: the destructors of the thread_local
 * objects of the thread that exits run before the functions of atexit(3) and
 * the destructors of static objects, among them. compat/glibc fills it.
 */
#include <stdlib.h>
#include <stdint.h>
#include "libc.h"

static void nothing(void)
{
}

/* Filled by whatever member of an archive defines one of them. */
weak_alias(nothing, __call_tls_dtors);
weak_alias(nothing, __funcs_on_exit);
weak_alias(nothing, __stdio_exit);
weak_alias(nothing, _fini);

struct finisher {
	void (*run)(void);
};
extern weak hidden const struct finisher __fini_array_start, __fini_array_end;

/* The last of the array first; the array may be empty and then nowhere. */
static void run_fini_array(void)
{
	uintptr_t at = (uintptr_t)&__fini_array_end;

	while (at > (uintptr_t)&__fini_array_start) {
		at -= sizeof(struct finisher);
		((const struct finisher *)at)->run();
	}
	_fini();
}

weak_alias(run_fini_array, __libc_exit_fini);

_Noreturn void exit(int code)
{
	__call_tls_dtors();
	__funcs_on_exit();
	__libc_exit_fini();
	__stdio_exit();
	_Exit(code);
}
