/* SPDX-License-Identifier: BSD-2-Clause */
/* copy_file_range.c: copy_file_range(2), between regular files. */
#include <posixen/fs.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include "copy.h"
#include "notify.h"

static int kind_of(const struct file *f)
{
	if (!f->vnode)
		return -EINVAL;
	if (S_ISDIR(f->vnode->mode))
		return -EISDIR;
	return S_ISREG(f->vnode->mode) ? 0 : -EINVAL;
}

/* The checks in Linux's order; *n is cut to what there is to copy. */
static int check(struct file *in, loff_t from, struct file *out, loff_t to,
		 size_t *n)
{
	int err = kind_of(in);

	if (!err)
		err = kind_of(out);
	if (err)
		return err;
	if (!file_readable(in) || !file_writable(out) ||
	    (out->flags & O_APPEND))
		return -EBADF;
	if (in->vnode->super != out->vnode->super)
		return -EXDEV;
	if ((uint64_t)from + *n < *n || (uint64_t)to + *n < *n)
		return -EOVERFLOW;
	if (from < 0 || to < 0)
		return -EINVAL;
	if ((uint64_t)from >= in->vnode->size)
		*n = 0;
	else
		*n = MIN(*n, in->vnode->size - from);
	if (*n && to == INT64_MAX)
		return -EFBIG;
	*n = MIN(*n, (uint64_t)(INT64_MAX - to));
	if (in->vnode == out->vnode && from < to + (loff_t)*n &&
	    to < from + (loff_t)*n)
		return -EINVAL;
	return 0;
}

static long copy_range(struct file *in, long *ufrom, struct file *out,
		       long *uto, size_t n)
{
	loff_t from, to;
	ssize_t done;
	int err = offset_in(in, ufrom, &from);

	if (!err)
		err = offset_in(out, uto, &to);
	if (!err)
		err = check(in, from, out, to, &n);
	if (err || !n)
		return err;
	done = copy_between(in, &from, out, &to, MIN(n, MAX_COPY));
	if (done > 0) {
		notify_file(in, IN_ACCESS);
		notify_file(out, IN_MODIFY);
	}
	if (done > 0 &&
	    (offset_out(in, ufrom, from) || offset_out(out, uto, to)))
		return -EFAULT;
	return done;
}

long sys_copy_file_range(px_fd in_fd, px_off_io ufrom, px_fd out_fd,
			 px_off_io uto, px_size n, px_uint flags)
{
	struct file *in = fd_get(in_fd), *out;
	long ret = -EBADF;

	if (!in)
		return -EBADF;
	out = fd_get(out_fd);
	if (out)
		ret = flags ? -EINVAL : copy_range(in, ufrom, out, uto, n);
	if (out)
		file_put(out);
	file_put(in);
	return ret;
}
