/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __px_syscall_cp: a system call that is a cancellation point.
 *
 * A program that never refers to pthread_cancel() gets the weak form, a plain
 * call.  Otherwise pthread_cancel.c brings the real one.
 */
#include "pthread_impl.h"

static long plain_call(px_call *call, long a, long b, long c, long d, long e,
		       long f)
{
	return call(a, b, c, d, e, f);
}

weak_alias(plain_call, __px_syscall_cp);
