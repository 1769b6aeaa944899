/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vmsplice.c: vmsplice(2). The bytes are copied at the call: a program must not
 * change memory that it spliced anyway until the reader has it, and one that
 * does so sees what it spliced, not what it wrote later.
 */
#include <posixen/fs.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include "internal.h"
#include "pipe.h"
#include "splice.h"

static bool nonblock(const struct file *f, unsigned int flags)
{
	return (flags & SPLICE_F_NONBLOCK) || (f->flags & O_NONBLOCK);
}

static ssize_t into_pipe(struct file *f, struct uio *u, unsigned int flags)
{
	struct pipe *p = f->priv;
	ssize_t done = 0, n = pipe_wait_writable(p, nonblock(f, flags));

	while (!n && u->left && !pipe_full(p)) {
		size_t want = MIN(u->left, PAGE_SIZE);
		pfn_t pfn = pipe_page_get(p);

		if (pfn == PFN_NONE) {
			n = -ENOMEM;
			break;
		}
		if (uio_read(pfn_to_virt(pfn), want, u) != (ssize_t)want) {
			pipe_page_put(p, pfn);
			n = -EFAULT;
			break;
		}
		*pipe_slot(p, p->head++) = (struct pipe_buf){
			.pfn = pfn,
			.len = want,
		};
		done += want;
	}
	if (done)
		pipe_wake_readers(p);
	return done ? done : n;
}

static ssize_t from_pipe(struct file *f, struct uio *u, unsigned int flags)
{
	int err = pipe_wait_readable(f->priv, nonblock(f, flags));

	return err ? err : f->ops->read(f, u, NULL);
}

long sys_vmsplice(px_fd fd, px_iov_in uiov, px_ulong nr, px_spliceflags flags)
{
	struct iov_arg iov;
	struct file *f;
	long ret;

	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	f = fd_get(fd);
	if (!f)
		return -EBADF;
	if (!pipe_of(f)) {
		file_put(f);
		return -EBADF;
	}
	ret = iov_arg_get(&iov, uiov, nr);
	if (!ret) {
		if (iov.uio.left)
			ret = file_writable(f) ? into_pipe(f, &iov.uio, flags)
					       : from_pipe(f, &iov.uio, flags);
		iov_arg_put(&iov);
	}
	file_put(f);
	return ret;
}
