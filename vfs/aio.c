/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * aio.c: io_setup(2), io_submit(2) and their kin, the "native AIO" of libaio.
 *
 * An operation is done when it is submitted, as Linux does it for files that it
 * has in its page cache, and ours are in memory. What a caller can tell of that
 * is only that io_cancel(2) comes too late.
 *
 * A context is known by the address of a page that is mapped for it: libaio
 * looks for a ring there and, as it finds none, asks for events by the call.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/list.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/vm.h>
#include <linux/aio_abi.h>
#include <linux/mman.h>
#include <linux/uio.h>
#include "internal.h"
#include "poll.h"
#include "special.h"

#define MAX_EVENTS 65536u /* fs.aio-max-nr of Linux */
#define EVENT_DONE 1u	  /* what waiters wait for */

struct aio_context {
	struct list link;
	uintptr_t id;
	unsigned int size, first, count; /* of events */
	unsigned int refs;
	bool gone;
	struct waitq wait;
	struct io_event events[];
};

static struct list contexts = LIST_INIT(contexts);

static struct aio_context *find(uintptr_t id)
{
	list_for_each (pos, &contexts) {
		struct aio_context *c =
			list_entry(pos, struct aio_context, link);

		if (c->id == id) {
			c->refs++;
			return c;
		}
	}
	return NULL;
}

static void put(struct aio_context *c)
{
	if (--c->refs == 0)
		kfree(c);
}

long sys_io_setup(unsigned int nr, void *uid)
{
	struct vm_space *vm = current_process()->vm;
	struct aio_context *c;
	uintptr_t id;
	long page;

	if (copy_in_obj(&id, (uintptr_t *)uid))
		return -EFAULT;
	if (id || !nr)
		return -EINVAL;
	if (nr > MAX_EVENTS)
		return -EAGAIN;
	c = kzalloc(sizeof(*c) + nr * sizeof(c->events[0]));
	if (!c)
		return -ENOMEM;
	page = vm_mmap(vm, 0, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
		       NULL, 0);
	if (page < 0) {
		kfree(c);
		return page;
	}
	c->id = page;
	c->size = nr;
	c->refs = 1;
	waitq_init(&c->wait);
	if (copy_out_obj((uintptr_t *)uid, &c->id)) {
		vm_munmap(vm, page, PAGE_SIZE);
		kfree(c);
		return -EFAULT;
	}
	list_append(&contexts, &c->link);
	return 0;
}

long sys_io_destroy(unsigned long id)
{
	struct aio_context *c = find(id);

	if (!c)
		return -EINVAL;
	list_del(&c->link);
	c->gone = true;
	waitq_wake_all(&c->wait, EVENT_DONE);
	vm_munmap(current_process()->vm, id, PAGE_SIZE);
	put(c);
	put(c);
	return 0;
}

static void complete(struct aio_context *c, const struct iocb *cb,
		     const struct iocb *ucb, long res)
{
	unsigned int at = (c->first + c->count++) % c->size;

	c->events[at] = (struct io_event){
		.data = cb->aio_data,
		.obj = (uintptr_t)ucb,
		.res = res,
	};
	waitq_wake_all(&c->wait, EVENT_DONE);
}

/* The vector of a read or write: the program's, or the one buffer. */
static int get_vector(const struct iocb *cb, bool vector, struct iov_arg *v,
		      struct iovec *one)
{
	if (vector)
		return iov_arg_get(v, (const void *)cb->aio_buf,
				   cb->aio_nbytes);
	one->iov_base = (void *)cb->aio_buf;
	one->iov_len = MIN(cb->aio_nbytes, (uint64_t)MAX_RW_COUNT);
	if (!user_half(one->iov_base, one->iov_len))
		return -EFAULT;
	memset(v, 0, sizeof(*v));
	v->uio.iov = one;
	v->uio.nr = 1;
	v->uio.left = one->iov_len;
	return 0;
}

/* The error of an operation that cannot begin, else 0 and what came of it in
 * *res: fs/aio.c, aio_read() and aio_write(). */
static int do_rw(const struct iocb *cb, struct file *f, long *res)
{
	bool vector = cb->aio_lio_opcode >= IOCB_CMD_PREADV;
	bool write = cb->aio_lio_opcode == IOCB_CMD_PWRITE ||
		     cb->aio_lio_opcode == IOCB_CMD_PWRITEV;
	loff_t at = cb->aio_offset;
	struct iovec one;
	struct iov_arg v;
	int err;

	if (cb->aio_rw_flags & ~(RWF_HIPRI | RWF_DSYNC | RWF_SYNC | RWF_APPEND))
		return -EOPNOTSUPP;
	if (write ? !file_writable(f) : !file_readable(f))
		return -EBADF;
	if (write ? !f->ops->write : !f->ops->read)
		return -EINVAL;
	err = get_vector(cb, vector, &v, &one);
	if (err)
		return err;
	v.uio.rwf = cb->aio_rw_flags;
	if (f->ops->llseek && at < 0)
		err = -EINVAL;
	else
		*res = (write ? file_write : file_read)(
			f, &v.uio, f->ops->llseek ? &at : NULL);
	if (vector)
		iov_arg_put(&v);
	if (*res == -ERESTARTSYS)
		*res = -EINTR;
	return err;
}

static int do_fsync(const struct iocb *cb, struct file *f, long *res)
{
	if (cb->aio_buf || cb->aio_offset || cb->aio_nbytes ||
	    cb->aio_rw_flags || !f->ops->fsync)
		return -EINVAL;
	*res = f->ops->fsync(f, cb->aio_lio_opcode == IOCB_CMD_FDSYNC);
	return 0;
}

static int perform(const struct iocb *cb, struct file *f, long *res)
{
	switch (cb->aio_lio_opcode) {
	case IOCB_CMD_PREAD:
	case IOCB_CMD_PWRITE:
	case IOCB_CMD_PREADV:
	case IOCB_CMD_PWRITEV:
		return do_rw(cb, f, res);
	case IOCB_CMD_FSYNC:
	case IOCB_CMD_FDSYNC:
		return do_fsync(cb, f, res);
	default: /* IOCB_CMD_POLL among them */
		return -EINVAL;
	}
}

/* The eventfd that is to tell of the end; NULL: none. */
static struct file *get_resfd(const struct iocb *cb)
{
	struct file *f;

	if (!(cb->aio_flags & IOCB_FLAG_RESFD))
		return NULL;
	f = fd_get(cb->aio_resfd);
	if (!f)
		return err_ptr(-EBADF);
	if (!is_eventfd(f)) {
		file_put(f);
		return err_ptr(-EINVAL);
	}
	return f;
}

static int submit_one(struct aio_context *c, struct iocb *ucb)
{
	struct file *f, *tell;
	uint32_t key = 0;
	struct iocb cb;
	long res = 0;
	int err;

	if (copy_in_obj(&cb, ucb))
		return -EFAULT;
	if (cb.aio_reserved2 || (int64_t)cb.aio_nbytes < 0)
		return -EINVAL;
	if (c->count == c->size)
		return -EAGAIN;
	f = fd_get(cb.aio_fildes);
	if (!f)
		return -EBADF;
	tell = get_resfd(&cb);
	err = is_err(tell) ? ptr_err(tell) : 0;
	if (!err && copy_out_obj((uint32_t *)&ucb->aio_key, &key))
		err = -EFAULT;
	if (!err)
		err = perform(&cb, f, &res);
	/* It may have slept, and others have used up the room. */
	if (!err && !c->gone && c->count < c->size)
		complete(c, &cb, ucb, res);
	if (!err && tell)
		eventfd_add(tell);
	if (tell && !is_err(tell))
		file_put(tell);
	file_put(f);
	return err;
}

long sys_io_submit(unsigned long id, long nr, void *ucbs)
{
	struct aio_context *c;
	long n = 0;
	int err = 0;

	if (nr < 0)
		return -EINVAL;
	c = find(id);
	if (!c)
		return -EINVAL;
	for (; n < nr && !err; n++) {
		struct iocb *ucb;

		err = copy_in_obj(&ucb, (struct iocb **)ucbs + n)
			      ? -EFAULT
			      : submit_one(c, ucb);
		if (err)
			break;
	}
	put(c);
	return n ? n : err;
}

/* All is done by the time that it could be cancelled. */
long sys_io_cancel(unsigned long id, void *ucb, void *uevent)
{
	uint32_t key;

	if (copy_in_obj(&key, (uint32_t *)&((struct iocb *)ucb)->aio_key))
		return -EFAULT;
	return -EINVAL;
}

/* Move events to the program: how many, or -EFAULT if not even one. */
static long take(struct aio_context *c, long max, struct io_event *uev)
{
	long n = 0;

	while (n < max && c->count) {
		if (copy_out_obj(uev + n, &c->events[c->first]))
			return n ? n : -EFAULT;
		c->first = (c->first + 1) % c->size;
		c->count--;
		n++;
	}
	return n;
}

static long get_events(unsigned long id, long min, long max, void *uevents,
		       uint64_t deadline)
{
	struct io_event *uev = uevents;
	struct aio_context *c = find(id);
	long n = 0, got;
	int err = 0;

	if (!c)
		return -EINVAL;
	if (min > max || min < 0) {
		put(c);
		return -EINVAL;
	}
	for (;;) {
		got = take(c, max - n, uev + n);
		if (got < 0)
			break;
		n += got;
		if (n >= min || err || c->gone)
			break;
		err = waitq_sleep(&c->wait, EVENT_DONE, deadline);
	}
	put(c);
	if (!n && got < 0)
		return got;
	return !n && err == -EINTR ? -EINTR : n;
}

long sys_io_getevents(unsigned long id, long min, long max, void *uev,
		      const void *uts)
{
	uint64_t deadline;
	int err = timeout_in(uts, &deadline);

	return err ? err : get_events(id, min, max, uev, deadline);
}

long sys_io_pgetevents(unsigned long id, long min, long max, void *uev,
		       const void *uts, void *usig)
{
	struct {
		const void *mask;
		size_t size;
	} sig = {NULL, 0};
	uint64_t deadline;
	bool armed;
	long ret = timeout_in(uts, &deadline);

	if (ret)
		return ret;
	if (usig && copy_in_obj(&sig, (typeof(sig) *)usig))
		return -EFAULT;
	ret = sigmask_begin(sig.mask, sig.size, &armed);
	if (ret)
		return ret;
	ret = get_events(id, min, max, uev, deadline);
	if (armed)
		signal_mask_end(ret == -EINTR);
	return ret;
}
