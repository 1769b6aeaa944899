/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prototypes of all system call handlers, made from shim/syscalls.def:
 *
 *	long sys_read(px_fd, px_buf_out, px_size);
 *
 * A handler returns its value or -errno, runs in kernel context on the
 * thread's kernel stack (a leaf on the caller's) and may sleep unless it is a
 * leaf.  Pointers are the app's: use copy_in and copy_out.  The types are in
 * shim/argtypes.h.  A handler that no one has written is a weak symbol of the
 * shim that returns -ENOSYS.
 */
#ifndef POSIXEN_SYSCALLS_H
#define POSIXEN_SYSCALLS_H

/*
 * What a handler that slept returns after -EINTR from waitq_sleep() when
 * signal(7) says the call is restarted: the program sees -EINTR only if a
 * handler without SA_RESTART ran. Linux's number; no program ever sees it.
 */
#define ERESTARTSYS 512

#include "../../shim/argtypes.h"

#define SHIM_PROTO0(a, b, c, d, e, f) (void)
#define SHIM_PROTO1(a, b, c, d, e, f) (a)
#define SHIM_PROTO2(a, b, c, d, e, f) (a, b)
#define SHIM_PROTO3(a, b, c, d, e, f) (a, b, c)
#define SHIM_PROTO4(a, b, c, d, e, f) (a, b, c, d)
#define SHIM_PROTO5(a, b, c, d, e, f) (a, b, c, d, e)
#define SHIM_PROTO6(a, b, c, d, e, f) (a, b, c, d, e, f)

#define ROW(nr, name, state, sub, leaf, argc, ...)                             \
	long sys_##name SHIM_PROTO##argc(__VA_ARGS__);
#include "../../shim/rows.h"

#endif
