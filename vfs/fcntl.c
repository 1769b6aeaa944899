/* SPDX-License-Identifier: BSD-2-Clause */
/* fcntl.c: fcntl(2). Locks, pipes and memfds have files of their own. */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "async.h"
#include "internal.h"
#include "locks.h"
#include "special.h"

/* What F_SETFL can change; and FASYNC, of files that can signal. */
#define SETTABLE (O_APPEND | O_NONBLOCK | O_NDELAY | O_DIRECT | O_NOATIME)

static long dup_from(struct file *f, unsigned long min, bool cloexec)
{
	int fd;

	if (min >= (unsigned long)fd_limit())
		return -EINVAL;
	fd = fd_reserve((int)min);
	if (fd < 0)
		return fd;
	file_get(f);
	fd_install(fd, f, cloexec);
	return fd;
}

static long set_flags(struct file *f, int fd, int flags)
{
	int err;

	if ((flags & O_NOATIME) && !(f->flags & O_NOATIME) && f->vnode &&
	    !fs_owns(f->vnode))
		return -EPERM;
	if (f->ops->set_flags) {
		err = f->ops->set_flags(f, flags);
		if (err)
			return err;
	}
	if (((flags ^ f->flags) & FASYNC) && async_possible(f)) {
		async_change(f, fd, flags & FASYNC);
		f->flags ^= FASYNC;
	}
	f->flags = (flags & SETTABLE) | (f->flags & ~SETTABLE);
	return 0;
}

/* The few that work on an O_PATH descriptor too. */
static long descriptor_command(int fd, struct file *f, int cmd,
			       unsigned long arg, bool *done)
{
	*done = true;
	switch (cmd) {
	case F_DUPFD:
		return dup_from(f, arg, false);
	case F_DUPFD_CLOEXEC:
		return dup_from(f, arg, true);
	case F_GETFD:
		return fd_table_cloexec(current_process()->files, fd)
			       ? FD_CLOEXEC
			       : 0;
	case F_SETFD:
		return fd_set_cloexec(fd, arg & FD_CLOEXEC);
	case F_GETFL:
		return f->flags;
	default:
		*done = false;
		return -EBADF;
	}
}

static long file_command(int fd, struct file *f, int cmd, unsigned long arg)
{
	switch (cmd) {
	case F_SETFL:
		return set_flags(f, fd, (int)arg);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
	case F_GETLEASE:
	case F_SETLEASE:
		return fcntl_lock(f, (unsigned int)cmd, arg);
	case F_SETPIPE_SZ:
	case F_GETPIPE_SZ:
		return pipe_fcntl(f, (unsigned int)cmd, arg);
	case F_ADD_SEALS:
	case F_GET_SEALS:
		return memfd_fcntl(f, (unsigned int)cmd, arg);
	case F_NOTIFY: /* to be told of nothing is to be told no more */
		return arg & ~DN_MULTISHOT ? -EINVAL : 0;
	default:
		return async_fcntl(f, (unsigned int)cmd, arg);
	}
}

long sys_fcntl(int fd, int cmd, unsigned long arg)
{
	struct file *f = fd_get_any(fd);
	bool done;
	long ret;

	if (!f)
		return -EBADF;
	ret = descriptor_command(fd, f, cmd, arg, &done);
	if (!done && !(f->flags & O_PATH))
		ret = file_command(fd, f, cmd, arg);
	file_put(f);
	return ret;
}
