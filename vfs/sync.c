/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sync.c: sync(2), fsync(2), and the hints about what will be read. All files
 * live in memory, so there is nothing to write back or to read ahead; what
 * remains are the checks. A filesystem with a disk behind it has ops->fsync.
 */
#include <posixen/syscalls.h>
#include <linux/fadvise.h>
#include <linux/fs.h>
#include <linux/stat.h>
#include "internal.h"

long sys_sync(void)
{
	return 0;
}

long sys_syncfs(int fd)
{
	struct file *f = fd_get(fd);

	if (!f)
		return -EBADF;
	file_put(f);
	return 0;
}

static long sync_file(int fd, bool data_only)
{
	struct file *f = fd_get(fd);
	long err = -EINVAL;

	if (!f)
		return -EBADF;
	if (f->ops->fsync)
		err = f->ops->fsync(f, data_only);
	file_put(f);
	return err;
}

long sys_fsync(int fd)
{
	return sync_file(fd, false);
}

long sys_fdatasync(int fd)
{
	return sync_file(fd, true);
}

static bool is_stream(const struct file *f)
{
	return !f->vnode || S_ISFIFO(f->vnode->mode) || S_ISCHR(f->vnode->mode);
}

long sys_sync_file_range(int fd, long off, long len, unsigned int flags)
{
	struct file *f = fd_get(fd);
	long end, err = 0;

	if (!f)
		return -EBADF;
	if (flags & ~(SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
		      SYNC_FILE_RANGE_WAIT_AFTER))
		err = -EINVAL;
	else if (off < 0 || len < 0 || __builtin_add_overflow(off, len, &end))
		err = -EINVAL;
	else if (is_stream(f))
		err = -ESPIPE;
	file_put(f);
	return err;
}

long sys_fadvise64(int fd, long off, size_t len, int advice)
{
	struct file *f = fd_get(fd);
	long err = 0;

	if (!f)
		return -EBADF;
	if (!f->vnode || S_ISFIFO(f->vnode->mode))
		err = -ESPIPE;
	else if ((long)len < 0)
		err = -EINVAL;
	else if (advice < POSIX_FADV_NORMAL || advice > POSIX_FADV_NOREUSE)
		err = -EINVAL;
	file_put(f);
	return err;
}

long sys_readahead(int fd, long off, size_t n)
{
	struct file *f = fd_get(fd);
	long err = 0;

	if (!f)
		return -EBADF;
	if (!file_readable(f))
		err = -EBADF;
	else if (!f->vnode || !S_ISREG(f->vnode->mode))
		err = -EINVAL;
	file_put(f);
	return err;
}
