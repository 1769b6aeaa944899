/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * splice.c: splice(2) and tee(2). Between two pipes pages change hands or are
 * shared; so do a memory file's when it is spliced into a pipe. Otherwise the
 * bytes are copied once between pipe and file.
 */
#include <posixen/fs.h>
#include <posixen/syscalls.h>
#include <posixen/vm.h>
#include <linux/fcntl.h>
#include <linux/uio.h>
#include "copy.h"
#include "notify.h"
#include "pipe.h"
#include "splice.h"

/* The flags of a wait on p: a call may ask not to block where the file may. */
static bool nonblock(struct file *f, unsigned int flags)
{
	return (flags & SPLICE_F_NONBLOCK) || (f->flags & O_NONBLOCK);
}

static void append(struct pipe *p, pfn_t pfn, unsigned int off,
		   unsigned int len, bool packet)
{
	*pipe_slot(p, p->head++) = (struct pipe_buf){
		.pfn = pfn,
		.off = off,
		.len = len,
		.packet = packet,
	};
}

/* Fill free slots from the file, until it has no more for now. */
static ssize_t fill_pipe(struct file *in, loff_t *from, struct pipe *p,
			 size_t n)
{
	size_t done = 0;
	ssize_t got = 0;

	while (done < n && !pipe_full(p)) {
		size_t want = MIN(n - done, PAGE_SIZE);
		pfn_t pfn = pipe_page_get(p);

		if (pfn == PFN_NONE) {
			got = -ENOMEM;
			break;
		}
		got = file_kread(in, pfn_to_virt(pfn), want, from);
		if (got <= 0) {
			pipe_page_put(p, pfn);
			break;
		}
		append(p, pfn, 0, got, false);
		done += got;
		/* A device or socket gave what it had: do not wait for more. */
		if ((size_t)got < want || !in->ops->llseek)
			break;
	}
	if (!done)
		return got;
	pipe_wake_readers(p);
	return done;
}

/* Lay the file's own frames into the pipe, as Linux does: a later write to the
 * file is seen there. */
static ssize_t share_frames(struct file *in, loff_t *from, struct pipe *p,
			    size_t n)
{
	size_t done = 0, len, off;
	int err = 0;

	while (done < n && !pipe_full(p) && (uint64_t)*from < in->vnode->size) {
		pfn_t pfn;

		off = (size_t)*from & (PAGE_SIZE - 1);
		len = MIN(n - done, in->vnode->size - (uint64_t)*from);
		len = MIN(len, PAGE_SIZE - off);
		err = frame_of(in, (uint64_t)*from >> PAGE_SHIFT, &pfn);
		if (!err && pfn == PFN_NONE) {
			pfn = page_zalloc(PAGE_KERNEL);
			err = pfn == PFN_NONE ? -ENOMEM : 0;
		}
		if (err)
			break;
		append(p, pfn, off, len, false);
		done += len;
		*from += len;
	}
	if (!done)
		return err;
	if (in->ops->vm->mapped)
		in->ops->vm->mapped(in);
	pipe_wake_readers(p);
	return done;
}

static ssize_t file_to_pipe(struct file *in, loff_t *from, struct file *out,
			    size_t n, unsigned int flags)
{
	struct pipe *p = out->priv;
	int err = pipe_wait_writable(p, nonblock(out, flags));

	if (err)
		return err;
	return from && has_frames(in) ? share_frames(in, from, p, n)
				      : fill_pipe(in, from, p, n);
}

static ssize_t pipe_to_file(struct file *in, struct file *out, loff_t *to,
			    size_t n, unsigned int flags)
{
	struct pipe *p = in->priv;
	size_t done = 0;
	ssize_t put = pipe_wait_readable(p, nonblock(in, flags));
	struct iovec iov;
	struct uio u;

	if (put)
		return put;
	while (done < n && !pipe_empty(p)) {
		struct pipe_buf *b = pipe_slot(p, p->tail);
		size_t want = MIN(n - done, b->len);

		iov = (struct iovec){(char *)pfn_to_virt(b->pfn) + b->off,
				     want};
		u = (struct uio){
			.iov = &iov,
			.nr = 1,
			.left = want,
			.kernel = true,
			.more = (flags & SPLICE_F_MORE) ||
				(done + want < n && pipe_used(p) > 1),
		};
		put = out->ops->write(out, &u, to);
		if (put <= 0)
			break;
		pipe_consume(p, put);
		done += put;
		if ((size_t)put < want)
			break;
	}
	if (!done)
		return put;
	pipe_wake_writers(p);
	return done;
}

/* Give the other pipe what is in this one: pages, not bytes. With keep they
 * stay here as well. */
static size_t pass_pages(struct pipe *in, struct pipe *out, size_t n, bool keep)
{
	unsigned int at = in->tail;
	size_t done = 0;

	while (done < n && at != in->head && !pipe_full(out)) {
		struct pipe_buf *b = pipe_slot(in, at);
		size_t len = MIN(n - done, b->len);

		page_get(b->pfn);
		append(out, b->pfn, b->off, len, b->packet);
		done += len;
		at++;
		if (!keep)
			pipe_consume(in, len);
	}
	if (done) {
		pipe_wake_readers(out);
		if (!keep)
			pipe_wake_writers(in);
	}
	return done;
}

static ssize_t pipe_to_pipe(struct file *in, struct file *out, size_t n,
			    unsigned int flags, bool keep)
{
	struct pipe *from = in->priv, *to = out->priv;
	int err;

	if (from == to)
		return -EINVAL;
	/* While one wait lasts the other condition may change. */
	do {
		err = pipe_wait_readable(from, nonblock(in, flags));
		if (!err && pipe_empty(from))
			return 0;
		if (!err)
			err = pipe_wait_writable(to, nonblock(out, flags));
		if (err)
			return err;
	} while (pipe_empty(from));
	return pass_pages(from, to, n, keep);
}

static bool seekable(const struct file *f)
{
	return f->ops->llseek != NULL;
}

/* With an offset argument the file's own position stays. */
static long with_file(struct file *file, long *uoff, bool to_pipe,
		      struct file *pipe, size_t n, unsigned int flags)
{
	loff_t pos = 0, *at = seekable(file) ? &pos : NULL;
	ssize_t done;
	int err;

	if (uoff && !seekable(file))
		return -EINVAL;
	if (!to_pipe && (file->flags & O_APPEND))
		return -EINVAL;
	if (to_pipe ? !file->ops->read : !file->ops->write)
		return -EINVAL;
	err = offset_in(file, uoff, &pos);
	if (err)
		return err;
	if (pos < 0)
		return -EINVAL;
	done = to_pipe ? file_to_pipe(file, at, pipe, n, flags)
		       : pipe_to_file(pipe, file, at, n, flags);
	if (done > 0)
		notify_file(file, to_pipe ? IN_ACCESS : IN_MODIFY);
	if (done > 0 && at && offset_out(file, uoff, pos))
		return -EFAULT;
	return done;
}

static long splice(struct file *in, long *uin, struct file *out, long *uout,
		   size_t n, unsigned int flags)
{
	bool from_pipe = pipe_of(in), to_pipe = pipe_of(out);

	if (!file_readable(in) || !file_writable(out))
		return -EBADF;
	if ((from_pipe && uin) || (to_pipe && uout))
		return -ESPIPE;
	n = MIN(n, MAX_COPY);
	if (from_pipe && to_pipe)
		return pipe_to_pipe(in, out, n, flags, false);
	if (from_pipe)
		return with_file(out, uout, false, in, n, flags);
	if (to_pipe)
		return with_file(in, uin, true, out, n, flags);
	return -EINVAL;
}

long sys_splice(px_fd in_fd, px_off_io uin, px_fd out_fd, px_off_io uout,
		px_size n, px_spliceflags flags)
{
	struct file *in, *out;
	long ret = -EBADF;

	if (!n)
		return 0;
	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	in = fd_get(in_fd);
	if (!in)
		return -EBADF;
	out = fd_get(out_fd);
	if (out) {
		ret = splice(in, uin, out, uout, n, flags);
		file_put(out);
	}
	file_put(in);
	return ret;
}

static long tee(struct file *in, struct file *out, size_t n, unsigned int flags)
{
	if (!file_readable(in) || !file_writable(out))
		return -EBADF;
	if (!pipe_of(in) || !pipe_of(out))
		return -EINVAL;
	return pipe_to_pipe(in, out, MIN(n, MAX_COPY), flags, true);
}

long sys_tee(px_fd in_fd, px_fd out_fd, px_size n, px_spliceflags flags)
{
	struct file *in, *out;
	long ret = -EBADF;

	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	if (!n)
		return 0;
	in = fd_get(in_fd);
	if (!in)
		return -EBADF;
	out = fd_get(out_fd);
	if (out) {
		ret = tee(in, out, n, flags);
		file_put(out);
	}
	file_put(in);
	return ret;
}
