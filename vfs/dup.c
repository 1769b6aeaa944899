/* SPDX-License-Identifier: BSD-2-Clause */
/* dup.c: dup(2), dup2(2), dup3(2), close(2), close_range(2). */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/close_range.h>
#include "internal.h"
#include "special.h"

long sys_close(int fd)
{
	return fd_close(fd);
}

long sys_dup(int fd)
{
	struct file *f = fd_get_any(fd);
	int new;

	if (!f)
		return -EBADF;
	new = fd_install_new(f, 0);
	if (new < 0)
		file_put(f);
	return new;
}

static long dup_to(int fd, int newfd, bool cloexec)
{
	struct file *f = fd_get_any(fd);
	int ret;

	if (!f)
		return -EBADF;
	ret = fd_replace(newfd, f, cloexec);
	if (ret < 0)
		file_put(f);
	return ret;
}

long sys_dup3(int fd, int newfd, int flags)
{
	if ((flags & ~O_CLOEXEC) || fd == newfd)
		return -EINVAL;
	return dup_to(fd, newfd, flags & O_CLOEXEC);
}

long sys_dup2(int fd, int newfd)
{
	struct file *f;

	if (fd != newfd)
		return dup_to(fd, newfd, false);
	f = fd_get_any(fd);
	if (!f)
		return -EBADF;
	file_put(f);
	return fd;
}

/* The table belongs to one process and is never shared with another, so
 * CLOSE_RANGE_UNSHARE has nothing to do. */
long sys_close_range(unsigned int first, unsigned int last, unsigned int flags)
{
	struct fd_table *t = current_process()->files;
	int fd;

	if (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC))
		return -EINVAL;
	if (first > last)
		return -EINVAL;
	if (first > INT_MAX)
		return 0;
	for (fd = fd_table_next(t, (int)first);
	     fd >= 0 && (unsigned int)fd <= last;
	     fd = fd_table_next(t, fd + 1)) {
		if (flags & CLOSE_RANGE_CLOEXEC)
			fd_set_cloexec(fd, true);
		else
			fd_close(fd);
	}
	return 0;
}
