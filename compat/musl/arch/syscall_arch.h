/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall_arch.h: replaces arch/x86_64/syscall_arch.h of musl 1.2.3.
 *
 * Where musl traps into a kernel, this calls a function.  A constant system
 * call number becomes a direct call to px_<name>, so that the linker sees
 * which handlers a program can reach; any other number goes to px_syscall().
 *
 * musl's src/internal/syscall.h includes this file before it declares
 * anything, and wraps __syscall1..6 in macros that cast their arguments to
 * long.  A handler takes up to six longs in rdi, rsi, rdx, rcx, r8, r9 and
 * returns a value or -errno.  A call may pass fewer arguments than the
 * handler takes, as Linux allows: the rest is then undefined.
 *
 * The VDSO_ macros stay undefined: a call is as cheap as a vDSO would be.
 */
#include "px_calls.h"

#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)

/* Same as in musl's syscall.h, which leaves them alone when they exist. */
#define __scc(X) ((long)(X))
typedef long syscall_arg_t;

/* SysV IPC structures have their 64-bit layout without a flag. */
#define IPC_64 0

/* The handler of a constant number: the table folds away.  No function of
 * musl but syscall(2) gets here with a variable; a test sees to that. */
#define PX_IS_NAMED(n)                                                         \
	(__builtin_constant_p(n) && (n) >= 0 && (n) < PX_NR_CALLS &&           \
	 px_calls[n])

#define PX_INLINE static inline __attribute__((always_inline))

PX_INLINE long __syscall0(long n)
{
	if (PX_IS_NAMED(n))
		return ((long (*)(void))px_calls[n])();
	return px_syscall(n, 0, 0, 0, 0, 0, 0);
}

PX_INLINE long __syscall1(long n, long a)
{
	if (PX_IS_NAMED(n))
		return ((long (*)(long))px_calls[n])(a);
	return px_syscall(n, a, 0, 0, 0, 0, 0);
}

PX_INLINE long __syscall2(long n, long a, long b)
{
	if (PX_IS_NAMED(n))
		return ((long (*)(long, long))px_calls[n])(a, b);
	return px_syscall(n, a, b, 0, 0, 0, 0);
}

PX_INLINE long __syscall3(long n, long a, long b, long c)
{
	if (PX_IS_NAMED(n))
		return ((long (*)(long, long, long))px_calls[n])(a, b, c);
	return px_syscall(n, a, b, c, 0, 0, 0);
}

PX_INLINE long __syscall4(long n, long a, long b, long c, long d)
{
	if (PX_IS_NAMED(n))
		return ((long (*)(long, long, long, long))px_calls[n])(a, b, c,
								       d);
	return px_syscall(n, a, b, c, d, 0, 0);
}

PX_INLINE long __syscall5(long n, long a, long b, long c, long d, long e)
{
	if (PX_IS_NAMED(n))
		return ((long (*)(long, long, long, long, long))px_calls[n])(
			a, b, c, d, e);
	return px_syscall(n, a, b, c, d, e, 0);
}

PX_INLINE long __syscall6(long n, long a, long b, long c, long d, long e,
			  long f)
{
	if (PX_IS_NAMED(n))
		return ((px_call *)px_calls[n])(a, b, c, d, e, f);
	return px_syscall(n, a, b, c, d, e, f);
}

/*
 * Cancellation points.  musl's syscall.h turns syscall_cp(n, ...) into a call
 * of a function __syscall_cp(n, ...), which it declares.  Defined here first,
 * that declaration names this inline function (C11 6.2.2p4: `extern` after a
 * visible `static` keeps internal linkage), which passes the handler's
 * address on instead of its number.  thread/__syscall_cp.c has the rest.
 */
__attribute__((visibility("hidden"))) long __px_syscall_cp(px_call *call,
							   long a, long b,
							   long c, long d,
							   long e, long f);

PX_INLINE long __syscall_cp(long n, long a, long b, long c, long d, long e,
			    long f)
{
	if (PX_IS_NAMED(n))
		return __px_syscall_cp(px_calls[n], a, b, c, d, e, f);
	return px_syscall(n, a, b, c, d, e, f);
}
