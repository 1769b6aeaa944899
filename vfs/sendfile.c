/* SPDX-License-Identifier: BSD-2-Clause */
/* sendfile.c: sendfile(2). */
#include <posixen/fs.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include "copy.h"
#include "notify.h"

/* Where the input must be a file with positions: what was read but not taken
 * by the output would be lost otherwise. */
static long send(struct file *out, struct file *in, long *uoff, size_t n)
{
	bool seekable = out->ops->llseek != NULL;
	loff_t from, to = out->pos;
	ssize_t done;
	int err;

	if (uoff && !in->ops->llseek)
		return -ESPIPE;
	err = offset_in(in, uoff, &from);
	if (err)
		return err;
	if (!in->ops->llseek || !in->ops->read || from < 0 ||
	    (out->flags & O_APPEND))
		return -EINVAL;
	n = MIN(n, MAX_COPY);
	if (!seekable && out->ops->write && has_frames(in))
		done = send_frames(in, &from, out, n);
	else
		done = copy_between(in, &from, out, seekable ? &to : NULL, n);
	if (done > 0) {
		notify_file(in, IN_ACCESS);
		notify_file(out, IN_MODIFY);
		if (seekable)
			out->pos = to;
		if (offset_out(in, uoff, from))
			return -EFAULT;
	}
	return done;
}

long sys_sendfile(px_fd out_fd, px_fd in_fd, px_off_io uoff, px_size n)
{
	struct file *in = fd_get(in_fd), *out;
	long ret = -EBADF;

	if (!in)
		return -EBADF;
	out = fd_get(out_fd);
	if (out && file_readable(in) && file_writable(out))
		ret = send(out, in, uoff, n);
	if (out)
		file_put(out);
	file_put(in);
	return ret;
}
