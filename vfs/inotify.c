/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify.c: see inotify.h. */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/uaccess.h>
#include <asm/ioctls.h>
#include <linux/fcntl.h>
#include <linux/uio.h>
#include "inotify.h"
#include "poll.h"
#include "special.h"

#define MAX_EVENTS 16384 /* proc(5): fs.inotify.max_queued_events */

unsigned int inotify_instances;

struct inotify_queued {
	struct list link;
	struct inotify_event ev; /* ev.len bytes of name follow */
	char name[];
};

/* inotify(7): a name is padded so that the next structure is aligned. */
static size_t padded(const char *name)
{
	return name ? ALIGN_UP(strlen(name) + 1, sizeof(struct inotify_event))
		    : 0;
}

static size_t size_of(const struct inotify_queued *q)
{
	return sizeof(q->ev) + q->ev.len;
}

static bool same_as_last(struct inotify *in, int wd, uint32_t mask,
			 const char *name)
{
	struct inotify_queued *q;

	if (list_empty(&in->events))
		return false;
	q = list_entry(in->events.prev, struct inotify_queued, link);
	if (q->ev.wd != wd || q->ev.mask != mask || !q->ev.len != !name)
		return false;
	return !name || !strcmp(q->name, name);
}

static struct inotify_queued *event_alloc(int wd, uint32_t mask,
					  uint32_t cookie, const char *name)
{
	size_t len = padded(name);
	struct inotify_queued *q = kzalloc(sizeof(*q) + len);

	if (!q)
		return NULL;
	q->ev = (struct inotify_event){wd, mask, cookie, (uint32_t)len};
	if (name)
		memcpy(q->name, name, strlen(name));
	return q;
}

static void append(struct inotify *in, struct inotify_queued *q)
{
	list_append(&in->events, &q->link);
	in->nr_events++;
	in->bytes += size_of(q);
	waitq_wake_all(&in->wait, EV_IN);
}

/* Told once; if there is not even memory for that, the next event that is lost
 * tries again. */
static void overflow(struct inotify *in)
{
	struct inotify_queued *q;

	if (in->overflowed)
		return;
	q = event_alloc(-1, IN_Q_OVERFLOW, 0, NULL);
	if (!q)
		return;
	in->overflowed = true;
	append(in, q);
}

void inotify_queue(struct inotify *in, int wd, uint32_t mask, uint32_t cookie,
		   const char *name)
{
	struct inotify_queued *q;

	if (in->nr_events >= MAX_EVENTS) {
		overflow(in);
		return;
	}
	if (same_as_last(in, wd, mask, name))
		return;
	q = event_alloc(wd, mask, cookie, name);
	if (q)
		append(in, q);
	else
		overflow(in);
}

static void drop_first(struct inotify *in)
{
	struct inotify_queued *q =
		list_first(&in->events, struct inotify_queued, link);

	list_del(&q->link);
	in->nr_events--;
	in->bytes -= size_of(q);
	if (q->ev.mask & IN_Q_OVERFLOW)
		in->overflowed = false;
	kfree(q);
}

/*
 * The oldest event, if there is room for it: its size, 0 when there is none,
 * -EINVAL, -EFAULT. An event must fit into one buffer of readv(2).
 */
static ssize_t put_first(struct inotify *in, struct uio *u)
{
	size_t room = u->left ? u->iov->iov_len - u->off : 0;
	struct inotify_queued *q;
	size_t n;

	if (list_empty(&in->events))
		return 0;
	q = list_first(&in->events, struct inotify_queued, link);
	n = size_of(q);
	if (n > room)
		return -EINVAL;
	/* As on Linux the event is gone even if the program cannot have it. */
	n = uio_write(&q->ev, n, u) == (ssize_t)n ? n : 0;
	drop_first(in);
	return n ? (ssize_t)n : -EFAULT;
}

static ssize_t inotify_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct inotify *in = f->priv;
	ssize_t done = 0, n;
	int err;

	for (;;) {
		n = put_first(in, u);
		if (n > 0) {
			done += n;
			continue;
		}
		if (n == -EFAULT)
			return n;
		if (done || n)
			return done ? done : n;
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		err = waitq_sleep(&in->wait, EV_IN, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
}

static unsigned int inotify_poll(struct file *f, struct waitq **q)
{
	struct inotify *in = f->priv;

	*q = &in->wait;
	return list_empty(&in->events) ? 0 : EV_IN;
}

static long inotify_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct inotify *in = f->priv;
	int n = (int)in->bytes;

	return cmd == FIONREAD ? copy_out_obj((int *)arg, &n) : -ENOTTY;
}

static void inotify_release(struct file *f)
{
	struct inotify *in = f->priv;

	while (!list_empty(&in->watches))
		inotify_unwatch(
			list_first(&in->watches, struct inotify_watch, link));
	while (!list_empty(&in->events))
		drop_first(in);
	kfree(in);
	inotify_instances--;
}

static int inotify_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, 0600, st);
	return 0;
}

static const struct file_ops inotify_ops = {
	.read = inotify_read,
	.poll = inotify_poll,
	.ioctl = inotify_ioctl,
	.release = inotify_release,
	.stat = inotify_stat,
};

struct inotify *inotify_of(struct file *f)
{
	return f->ops == &inotify_ops ? f->priv : NULL;
}

struct file *inotify_file(int flags)
{
	struct inotify *in = kzalloc(sizeof(*in));
	struct file *f;

	if (!in)
		return NULL;
	list_init(&in->events);
	list_init(&in->watches);
	waitq_init(&in->wait);
	f = file_alloc(&inotify_ops, O_RDONLY | flags, in);
	if (!f) {
		kfree(in);
		return NULL;
	}
	f->anon_name = "anon_inode:inotify";
	f->anon_ino = anon_ino_next();
	inotify_instances++;
	return f;
}
