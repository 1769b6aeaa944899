/* SPDX-License-Identifier: BSD-2-Clause */
/* pipe_size.c: F_GETPIPE_SZ and F_SETPIPE_SZ of fcntl(2). */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <linux/fcntl.h>
#include <asm/poll.h>
#include "pipe.h"
#include "special.h"

/* Change the number of slots: 0, -EBUSY, -ENOMEM. */
static int resize(struct pipe *p, unsigned int slots)
{
	struct pipe_buf *bufs;
	unsigned int used = pipe_used(p);

	if (used > slots)
		return -EBUSY;
	bufs = kmalloc(slots * sizeof(*bufs));
	if (!bufs)
		return -ENOMEM;
	for (unsigned int i = 0; i < used; i++)
		bufs[i] = *pipe_slot(p, p->tail + i);
	kfree(p->bufs);
	p->bufs = bufs;
	p->slots = slots;
	p->tail = 0;
	p->head = used;
	if (!pipe_full(p))
		waitq_wake_all(&p->wait, POLLOUT | POLLWRNORM);
	return 0;
}

long pipe_fcntl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct pipe *p = pipe_of(f);
	unsigned int size = arg, slots = 1;
	int err;

	if (!p)
		return -EBADF;
	if (cmd == F_GETPIPE_SZ)
		return p->slots * PAGE_SIZE;
	/* Rounded up to a power of two of pages, at least one. */
	if (size > 1u << 31)
		return -EINVAL;
	while ((uint64_t)slots * PAGE_SIZE < size)
		slots *= 2;
	if (slots > p->slots && slots > PIPE_MAX_SLOTS &&
	    !cred_capable(&current_process()->cred))
		return -EPERM;
	err = resize(p, slots);
	return err ? err : (long)(p->slots * PAGE_SIZE);
}
