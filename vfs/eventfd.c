/* SPDX-License-Identifier: BSD-2-Clause */
/* eventfd.c: eventfd(2), a counter that can be waited for. */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include "poll.h"
#include "special.h"

#define EFD_SEMAPHORE 1
#define COUNT_MAX     (UINT64_MAX - 1)

struct eventfd {
	uint64_t count;
	bool semaphore;
	struct waitq wait;
};

static int wait_for(struct file *f, struct waitq *q, unsigned int events)
{
	if (f->flags & O_NONBLOCK)
		return -EAGAIN;
	return restartable(waitq_sleep(q, events, WAIT_FOREVER));
}

static ssize_t event_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct eventfd *e = f->priv;
	uint64_t val;
	int err;

	if (u->left < sizeof(val))
		return -EINVAL;
	while (!e->count) {
		err = wait_for(f, &e->wait, EV_IN);
		if (err)
			return err;
	}
	val = e->semaphore ? 1 : e->count;
	e->count -= val;
	waitq_wake_all(&e->wait, EV_OUT);
	/* As on Linux the count is gone even if the program cannot have it. */
	if (uio_write(&val, sizeof(val), u) != sizeof(val))
		return -EFAULT;
	return sizeof(val);
}

static ssize_t event_write(struct file *f, struct uio *u, loff_t *pos)
{
	struct eventfd *e = f->priv;
	uint64_t val;
	int err;

	if (u->left < sizeof(val))
		return -EINVAL;
	if (uio_read(&val, sizeof(val), u) != sizeof(val))
		return -EFAULT;
	if (val > COUNT_MAX)
		return -EINVAL;
	while (COUNT_MAX - e->count < val) {
		err = wait_for(f, &e->wait, EV_OUT);
		if (err)
			return err;
	}
	e->count += val;
	waitq_wake_all(&e->wait, EV_IN);
	return sizeof(val);
}

static unsigned int event_poll(struct file *f, struct waitq **q)
{
	struct eventfd *e = f->priv;
	unsigned int ev = 0;

	*q = &e->wait;
	if (e->count)
		ev |= POLLIN;
	if (e->count < COUNT_MAX)
		ev |= POLLOUT;
	return ev;
}

static void event_release(struct file *f)
{
	kfree(f->priv);
}

static int event_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, 0600, st);
	return 0;
}

static const struct file_ops eventfd_ops = {
	.read = event_read,
	.write = event_write,
	.poll = event_poll,
	.release = event_release,
	.stat = event_stat,
};

bool is_eventfd(const struct file *f)
{
	return f->ops == &eventfd_ops;
}

void eventfd_add(struct file *f)
{
	struct eventfd *e = f->priv;

	if (e->count < COUNT_MAX)
		e->count++;
	waitq_wake_all(&e->wait, EV_IN);
}

long sys_eventfd2(px_uint count, px_efdflags flags)
{
	struct eventfd *e;
	struct file *f;
	int fd;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK | EFD_SEMAPHORE))
		return -EINVAL;
	e = kzalloc(sizeof(*e));
	if (!e)
		return -ENOMEM;
	e->count = count;
	e->semaphore = flags & EFD_SEMAPHORE;
	waitq_init(&e->wait);
	f = file_alloc(&eventfd_ops, O_RDWR | (flags & O_NONBLOCK), e);
	if (!f) {
		kfree(e);
		return -ENOMEM;
	}
	f->anon_name = "anon_inode:[eventfd]";
	f->anon_ino = anon_ino_next();
	fd = fd_install_new(f, flags & O_CLOEXEC);
	if (fd < 0)
		file_put(f);
	return fd;
}

long sys_eventfd(px_uint count)
{
	return sys_eventfd2(count, 0);
}
