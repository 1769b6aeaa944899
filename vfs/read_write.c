/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_write.c: read(2) and write(2) with all their relatives, and lseek(2).
 */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/fs.h>
#include <linux/stat.h>
#include <linux/uio.h>
#include "internal.h"
#include "notify.h"

static bool has_position(const struct file *f)
{
	return f->ops->llseek;
}

/* rw_verify_area of Linux: offsets are not negative, nor is their end. */
static int check_range(const loff_t *pos, size_t n)
{
	loff_t end;

	if (pos && (*pos < 0 || __builtin_add_overflow(*pos, (loff_t)n, &end)))
		return -EINVAL;
	return 0;
}

ssize_t file_read(struct file *f, struct uio *u, loff_t *pos)
{
	ssize_t n;
	int err;

	if (!file_readable(f))
		return -EBADF;
	if (!f->ops->read && !f->ops->readdir)
		return -EINVAL;
	err = check_range(pos, u->left);
	if (err)
		return err;
	if (!f->ops->read)
		return -EISDIR;
	n = f->ops->read(f, u, pos);
	if (n > 0)
		notify_file(f, IN_ACCESS);
	return n;
}

ssize_t file_write(struct file *f, struct uio *u, loff_t *pos)
{
	ssize_t n;
	int err;

	if (!file_writable(f))
		return -EBADF;
	if (!f->ops->write)
		return -EINVAL;
	err = check_range(pos, u->left);
	if (err)
		return err;
	n = f->ops->write(f, u, pos);
	if (n > 0)
		notify_file(f, IN_MODIFY);
	return n;
}

typedef ssize_t rw_fn(struct file *f, struct uio *u, loff_t *pos);

/* At the file's own position, which moves. */
static ssize_t rw_at_pos(struct file *f, struct uio *u, rw_fn *fn)
{
	loff_t pos = f->pos;
	ssize_t n;

	if (!has_position(f))
		return fn(f, u, NULL);
	n = fn(f, u, &pos);
	if (n > 0)
		f->pos = pos;
	return n;
}

static ssize_t rw_at_offset(struct file *f, struct uio *u, rw_fn *fn,
			    loff_t pos)
{
	return has_position(f) ? fn(f, u, &pos) : -ESPIPE;
}

/* One buffer: as Linux, a bad mode comes before a bad address, and the whole
 * range must be one that a program may own. */
static long rw_buffer(int fd, const void *buf, size_t n, const loff_t *at,
		      rw_fn *fn)
{
	struct file *f = fd_get(fd);
	struct iovec iov = {(void *)buf, MIN(n, MAX_RW_COUNT)};
	struct uio u = {.iov = &iov, .nr = 1, .left = iov.iov_len};
	long ret;

	if (!f)
		return -EBADF;
	if (fn == file_read ? !file_readable(f) : !file_writable(f))
		ret = -EBADF;
	else if (!user_half(buf, n))
		ret = -EFAULT;
	else if (at)
		ret = rw_at_offset(f, &u, fn, *at);
	else
		ret = rw_at_pos(f, &u, fn);
	file_put(f);
	return ret;
}

long sys_read(int fd, void *buf, size_t n)
{
	return rw_buffer(fd, buf, n, NULL, file_read);
}

long sys_write(int fd, const void *buf, size_t n)
{
	return rw_buffer(fd, buf, n, NULL, file_write);
}

long sys_pread64(int fd, void *buf, size_t n, long off)
{
	loff_t at = off;

	return off < 0 ? -EINVAL : rw_buffer(fd, buf, n, &at, file_read);
}

long sys_pwrite64(int fd, const void *buf, size_t n, long off)
{
	loff_t at = off;

	return off < 0 ? -EINVAL : rw_buffer(fd, buf, n, &at, file_write);
}

/* preadv2(2): what cannot be honoured is refused. All data is in memory, so
 * HIPRI, DSYNC and SYNC ask for what is so anyway. */
static int check_rwf(const struct file *f, int rwf)
{
	if (rwf & ~(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | RWF_NOWAIT | RWF_APPEND))
		return -EOPNOTSUPP;
	/* Files in memory do not know it on Linux either. */
	if ((rwf & RWF_NOWAIT) && f->vnode && S_ISREG(f->vnode->mode))
		return -EOPNOTSUPP;
	return 0;
}

/* What does not block lets nobody else run: O_NONBLOCK can be lent to it. */
static ssize_t rw_flagged(struct file *f, struct uio *u, rw_fn *fn,
			  const loff_t *at)
{
	int was = f->flags;
	ssize_t n;

	if (u->rwf & RWF_NOWAIT)
		f->flags |= O_NONBLOCK;
	n = at ? rw_at_offset(f, u, fn, *at) : rw_at_pos(f, u, fn);
	if (u->rwf & RWF_NOWAIT)
		f->flags = was;
	return n;
}

static long rw_vector(int fd, const void *uiov, unsigned long nr,
		      const loff_t *at, int rwf, rw_fn *fn)
{
	struct file *f = fd_get(fd);
	struct iov_arg v;
	long ret;

	if (!f)
		return -EBADF;
	if (at && !has_position(f)) {
		ret = -ESPIPE;
		goto out;
	}
	ret = iov_arg_get(&v, uiov, nr);
	if (ret)
		goto out;
	if (fn == file_read ? !file_readable(f) : !file_writable(f))
		ret = -EBADF;
	else if (v.uio.left && !(ret = check_rwf(f, rwf))) {
		v.uio.rwf = rwf;
		ret = rw_flagged(f, &v.uio, fn, at);
	}
	iov_arg_put(&v);
out:
	file_put(f);
	return ret;
}

long sys_readv(int fd, const void *iov, int nr)
{
	return rw_vector(fd, iov, (unsigned long)nr, NULL, 0, file_read);
}

long sys_writev(int fd, const void *iov, int nr)
{
	return rw_vector(fd, iov, (unsigned long)nr, NULL, 0, file_write);
}

/* The upper half of the offset is for 32-bit programs; here all of it is in
 * the lower. Offset -1 with a preadv2 means the file's own position. */
static long rw_vector_at(int fd, const void *iov, unsigned long nr, long off,
			 int rwf, rw_fn *fn)
{
	loff_t at = off;

	if (off < 0)
		return -EINVAL;
	return rw_vector(fd, iov, nr, &at, rwf, fn);
}

long sys_preadv(int fd, const void *iov, unsigned long nr, long off,
		unsigned long hi)
{
	return rw_vector_at(fd, iov, nr, off, 0, file_read);
}

long sys_pwritev(int fd, const void *iov, unsigned long nr, long off,
		 unsigned long hi)
{
	return rw_vector_at(fd, iov, nr, off, 0, file_write);
}

long sys_preadv2(int fd, const void *iov, unsigned long nr, long off,
		 unsigned long hi, int rwf)
{
	if (off == -1)
		return rw_vector(fd, iov, nr, NULL, rwf, file_read);
	return rw_vector_at(fd, iov, nr, off, rwf, file_read);
}

long sys_pwritev2(int fd, const void *iov, unsigned long nr, long off,
		  unsigned long hi, int rwf)
{
	if (off == -1)
		return rw_vector(fd, iov, nr, NULL, rwf, file_write);
	return rw_vector_at(fd, iov, nr, off, rwf, file_write);
}

loff_t plain_llseek(struct file *f, loff_t off, int whence, loff_t size)
{
	loff_t base;

	if (whence == SEEK_SET)
		base = 0;
	else if (whence == SEEK_CUR)
		base = f->pos;
	else if (whence == SEEK_END)
		base = size;
	else
		return -EINVAL;
	if (__builtin_add_overflow(base, off, &off) || off < 0)
		return -EINVAL;
	f->pos = off;
	return off;
}

long sys_lseek(int fd, long off, int whence)
{
	struct file *f = fd_get(fd);
	long ret = -ESPIPE;

	if (!f)
		return -EBADF;
	if (whence < 0 || whence > SEEK_HOLE)
		ret = -EINVAL;
	else if (f->ops->llseek)
		ret = (long)f->ops->llseek(f, off, whence);
	else if (f->anon_name && f->anon_name[0] == 'a')
		ret = 0; /* "anon_inode:": no position, but Linux lets it be */
	file_put(f);
	return ret;
}
