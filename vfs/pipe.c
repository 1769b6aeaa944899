/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.c: reading, writing and polling of pipes and FIFOs, as pipe(7) says.
 *
 * All of it is kernel context, so that between a test and the sleep that
 * follows nothing can change. A file's pos is not a position: in a FIFO's
 * reader it holds the number of writers there ever were when it was opened, so
 * that poll reports a hang-up only after a writer came and went.
 */
#include <posixen/fs.h>
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/fcntl.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <linux/stat.h>
#include "pipe.h"
#include "special.h"

#define IN_EVENTS  (POLLIN | POLLRDNORM)
#define OUT_EVENTS (POLLOUT | POLLWRNORM)

struct pipe *pipe_create(void)
{
	struct pipe *p = kzalloc(sizeof(*p));

	if (!p)
		return NULL;
	p->slots = PIPE_SLOTS;
	p->bufs = kzalloc(p->slots * sizeof(*p->bufs));
	if (!p->bufs) {
		kfree(p);
		return NULL;
	}
	p->files = 1;
	p->spare = PFN_NONE;
	p->ino = anon_ino_next();
	p->born = ns_to_timespec(clock_realtime_ns());
	waitq_init(&p->wait);
	return p;
}

void pipe_put(struct pipe *p)
{
	if (--p->files)
		return;
	while (!pipe_empty(p))
		page_put(pipe_slot(p, p->tail++)->pfn);
	if (p->spare != PFN_NONE)
		page_put(p->spare);
	kfree(p->bufs);
	kfree(p);
}

struct pipe *pipe_of(struct file *f)
{
	return f->ops == &pipe_ops ? f->priv : NULL;
}

pfn_t pipe_page_get(struct pipe *p)
{
	pfn_t pfn = p->spare;

	if (pfn == PFN_NONE)
		return page_alloc(PAGE_KERNEL, 0);
	p->spare = PFN_NONE;
	return pfn;
}

/* One empty page is kept: a pipe that is written and read in turn then does
 * not go to the page allocator each time. A page that tee(2) shared is not
 * ours to keep. */
void pipe_page_put(struct pipe *p, pfn_t pfn)
{
	if (p->spare == PFN_NONE && page_refs(pfn) == 1)
		p->spare = pfn;
	else
		page_put(pfn);
}

void pipe_consume(struct pipe *p, unsigned int n)
{
	struct pipe_buf *b = pipe_slot(p, p->tail);

	b->off += n;
	b->len -= n;
	if (b->len)
		return;
	pipe_page_put(p, b->pfn);
	p->tail++;
}

/* FIONREAD. */
static size_t pipe_bytes(struct pipe *p)
{
	size_t n = 0;

	for (unsigned int i = p->tail; i != p->head; i++)
		n += pipe_slot(p, i)->len;
	return n;
}

void pipe_wake_readers(struct pipe *p)
{
	waitq_wake_all(&p->wait, IN_EVENTS);
}

void pipe_wake_writers(struct pipe *p)
{
	waitq_wake_all(&p->wait, OUT_EVENTS);
}

int pipe_wait_readable(struct pipe *p, bool nonblock)
{
	int err;

	while (pipe_empty(p)) {
		if (!p->writers)
			return 0;
		if (nonblock)
			return -EAGAIN;
		err = waitq_sleep(&p->wait, IN_EVENTS | POLLHUP, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
	return 0;
}

int pipe_wait_writable(struct pipe *p, bool nonblock)
{
	int err;

	for (;;) {
		if (!p->readers) {
			signal_send(current_process(), current(), SIGPIPE,
				    NULL);
			return -EPIPE;
		}
		if (!pipe_full(p))
			return 0;
		if (nonblock)
			return -EAGAIN;
		err = waitq_sleep(&p->wait, OUT_EVENTS | POLLERR, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
}

/*
 * Move what is there, at most one packet. Once something was moved it never
 * waits for more. A page whose bytes did not all reach the program because of
 * a fault stays in the pipe.
 */
static ssize_t pipe_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct pipe *p = f->priv;
	bool was_full;
	ssize_t done = 0;
	int err;

	if (!u->left)
		return 0;
	err = pipe_wait_readable(p, f->flags & O_NONBLOCK);
	if (err)
		return err;
	was_full = pipe_full(p);
	while (!pipe_empty(p) && u->left) {
		struct pipe_buf *b = pipe_slot(p, p->tail);
		size_t n = MIN(b->len, u->left);
		bool packet = b->packet;

		if (uio_write((char *)pfn_to_virt(b->pfn) + b->off, n, u) !=
		    (ssize_t)n) {
			if (!done)
				done = -EFAULT;
			break;
		}
		done += n;
		/* What of a packet did not fit is lost (pipe(2)). */
		pipe_consume(p, packet ? b->len : n);
		if (packet)
			break;
	}
	if (was_full && !pipe_full(p))
		pipe_wake_writers(p);
	return done;
}

/*
 * The odd bytes of a write are added to the last page when they fit there, so
 * that many small writes do not use a page each.
 */
static ssize_t write_merged(struct pipe *p, struct uio *u)
{
	size_t n = u->left & (PAGE_SIZE - 1);
	struct pipe_buf *b;

	if (!n || pipe_empty(p))
		return 0;
	b = pipe_slot(p, p->head - 1);
	/* A page that tee(2) shared must not change under the other pipe. */
	if (!b->merge || b->off + b->len + n > PAGE_SIZE ||
	    page_refs(b->pfn) != 1)
		return 0;
	if (uio_read((char *)pfn_to_virt(b->pfn) + b->off + b->len, n, u) !=
	    (ssize_t)n)
		return -EFAULT;
	b->len += n;
	return n;
}

static ssize_t write_page(struct pipe *p, struct uio *u, bool packet)
{
	size_t n = MIN(u->left, PAGE_SIZE);
	pfn_t pfn = pipe_page_get(p);

	if (pfn == PFN_NONE)
		return -ENOMEM;
	if (uio_read(pfn_to_virt(pfn), n, u) != (ssize_t)n) {
		pipe_page_put(p, pfn);
		return -EFAULT;
	}
	*pipe_slot(p, p->head++) = (struct pipe_buf){
		.pfn = pfn,
		.len = n,
		.packet = packet,
		.merge = !packet,
	};
	return n;
}

static ssize_t pipe_write(struct file *f, struct uio *u, loff_t *pos)
{
	struct pipe *p = f->priv;
	bool packet = f->flags & O_DIRECT, unseen = false;
	ssize_t done = 0, n;

	if (!u->left)
		return 0;
	if (p->readers) {
		n = write_merged(p, u);
		if (n < 0)
			return n;
		done = n;
		unseen = n > 0;
	}
	while (u->left) {
		/* Readers must know what is there before this thread sleeps. */
		if (unseen && pipe_full(p)) {
			pipe_wake_readers(p);
			unseen = false;
		}
		n = pipe_wait_writable(p, f->flags & O_NONBLOCK);
		if (!n)
			n = write_page(p, u, packet);
		if (n < 0) {
			if (!done)
				done = n;
			break;
		}
		done += n;
		unseen = true;
	}
	/* As on Linux even a write that found no room is an edge to those who
	 * poll the other end. */
	pipe_wake_readers(p);
	return done;
}

static unsigned int pipe_poll(struct file *f, struct waitq **q)
{
	struct pipe *p = f->priv;
	unsigned int ev = 0;

	*q = &p->wait;
	if (file_readable(f)) {
		if (!pipe_empty(p))
			ev |= IN_EVENTS;
		if (!p->writers && (unsigned int)f->pos != p->opens_w)
			ev |= POLLHUP;
	}
	if (file_writable(f)) {
		if (!pipe_full(p))
			ev |= OUT_EVENTS;
		if (!p->readers)
			ev |= POLLERR;
	}
	return ev;
}

static long pipe_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	int n;

	if (cmd != FIONREAD)
		return -ENOTTY;
	n = pipe_bytes(f->priv);
	return copy_out_obj((int *)arg, &n);
}

static void pipe_release(struct file *f)
{
	struct pipe *p = f->priv;

	if (file_readable(f))
		p->readers--;
	if (file_writable(f))
		p->writers--;
	if (!p->readers != !p->writers)
		waitq_wake_all(&p->wait,
			       IN_EVENTS | OUT_EVENTS | POLLHUP | POLLERR);
	/* A FIFO without openings forgets what was in it. */
	if (f->vnode && p->files == 1)
		f->vnode->fifo = NULL;
	pipe_put(p);
}

static int pipe_stat(struct file *f, struct kstat *st)
{
	struct pipe *p = f->priv;

	if (f->vnode)
		return -ENOENT;
	anon_stat(f, S_IFIFO | 0600, st);
	st->ino = p->ino;
	st->atime = st->mtime = st->ctime = st->btime = p->born;
	return 0;
}

const struct file_ops pipe_ops = {
	.read = pipe_read,
	.write = pipe_write,
	.poll = pipe_poll,
	.ioctl = pipe_ioctl,
	.release = pipe_release,
	.stat = pipe_stat,
};

struct file *pipe_file(struct pipe *p, int flags)
{
	struct file *f = file_alloc(&pipe_ops, flags, p);

	if (!f)
		return NULL;
	f->anon_name = "pipe";
	f->anon_ino = p->ino;
	p->files++;
	if (file_readable(f)) {
		p->readers++;
		p->opens_r++;
	}
	if (file_writable(f)) {
		p->writers++;
		p->opens_w++;
	}
	return f;
}

/* pipe(2): both ends as files, each with one reference. */
static int pipe_open_both(struct file *end[2], int flags)
{
	struct pipe *p = pipe_create();

	if (!p)
		return -ENOMEM;
	end[0] = pipe_file(p, O_RDONLY | (flags & O_NONBLOCK));
	end[1] = end[0] ? pipe_file(p, O_WRONLY | (flags &
						   (O_NONBLOCK | O_DIRECT)))
			: NULL;
	pipe_put(p);
	if (end[1])
		return 0;
	if (end[0])
		file_put(end[0]);
	return -ENOMEM;
}

long sys_pipe2(px_fdpair_out ufds, px_fdflags flags)
{
	struct file *end[2];
	int fds[2], err;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
		return -EINVAL;
	err = pipe_open_both(end, flags);
	if (err)
		return err;
	err = fds[0] = fd_reserve(0);
	if (err < 0)
		goto fail;
	err = fds[1] = fd_reserve(0);
	if (err < 0)
		goto fail_first;
	err = copy_out(ufds, fds, sizeof(fds));
	if (err)
		goto fail_second;
	fd_install(fds[0], end[0], flags & O_CLOEXEC);
	fd_install(fds[1], end[1], flags & O_CLOEXEC);
	return 0;

fail_second:
	fd_release(fds[1]);
fail_first:
	fd_release(fds[0]);
fail:
	file_put(end[0]);
	file_put(end[1]);
	return err;
}

long sys_pipe(px_fdpair_out ufds)
{
	return sys_pipe2(ufds, 0);
}
