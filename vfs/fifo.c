/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fifo.c: opening a FIFO, fifo(7). A reader waits for a writer and the other
 * way round, unless O_NONBLOCK; read-write openings never wait. What counts is
 * that an opening of the other kind happened, even if it is over by the time
 * this thread runs: so openings are counted, not only those that are left.
 */
#include <posixen/fs.h>
#include <posixen/process.h>
#include <asm/fcntl.h>
#include <asm/poll.h>
#include "pipe.h"
#include "special.h"

#define PARTNER (POLLIN | POLLOUT | POLLHUP | POLLERR)

/* Sleep until *count moves on from what it is now. */
static int wait_partner(struct pipe *p, const unsigned int *count)
{
	unsigned int before = *count;
	int err = 0;

	while (*count == before && !err)
		err = waitq_sleep(&p->wait, PARTNER, WAIT_FOREVER);
	return *count == before ? restartable(err) : 0;
}

static int open_reader(struct pipe *p, struct file *f)
{
	int err = 0;

	p->opens_r++;
	if (!p->readers++)
		waitq_wake_all(&p->wait, PARTNER);
	if (p->writers)
		return 0;
	if (f->flags & O_NONBLOCK) {
		f->pos = p->opens_w; /* no hang-up before a first writer */
		return 0;
	}
	err = wait_partner(p, &p->opens_w);
	if (err && !--p->readers)
		waitq_wake_all(&p->wait, PARTNER);
	return err;
}

static int open_writer(struct pipe *p, struct file *f)
{
	int err = 0;

	if ((f->flags & O_NONBLOCK) && !p->readers)
		return -ENXIO;
	p->opens_w++;
	if (!p->writers++)
		waitq_wake_all(&p->wait, PARTNER);
	if (p->readers)
		return 0;
	err = wait_partner(p, &p->opens_r);
	if (err && !--p->writers)
		waitq_wake_all(&p->wait, PARTNER);
	return err;
}

int fifo_open(struct vnode *v, struct file *f)
{
	struct pipe *p = v->fifo;
	int err = 0;

	if ((f->flags & O_ACCMODE) == O_ACCMODE)
		return -EINVAL;
	if (p) {
		p->files++;
	} else {
		p = v->fifo = pipe_create();
		if (!p)
			return -ENOMEM;
	}
	switch (f->flags & O_ACCMODE) {
	case O_RDONLY:
		err = open_reader(p, f);
		break;
	case O_WRONLY:
		err = open_writer(p, f);
		break;
	default:
		p->opens_r++;
		p->opens_w++;
		p->readers++;
		p->writers++;
		waitq_wake_all(&p->wait, PARTNER);
	}
	if (err) {
		if (p->files == 1)
			v->fifo = NULL;
		pipe_put(p);
		return err;
	}
	f->ops = &pipe_ops;
	f->priv = p;
	return 0;
}
