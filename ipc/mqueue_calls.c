/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue_calls.c: mq_open(2) and kin. Errors come in the order of Linux's
 * ipc/mqueue.c.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include "message.h"
#include "mqueue.h"

/* A name and its NUL; longer ones are ENAMETOOLONG anyway. */
struct mq_name {
	char s[NAME_MAX + 1];
};

static int name_in(struct mq_name *n, const char *uname)
{
	ssize_t len = copy_in_str(n->s, uname, sizeof(n->s));

	if (len < 0)
		return (int)len;
	return len ? 0 : -ENOENT;
}

long sys_mq_open(const char *uname, int flags, unsigned int mode,
		 const void *uattr)
{
	struct mq_attr attr;
	struct mq_name name;
	struct file *f;
	int fd, err;

	SUBSYSTEM_REQUIRE(mqueue);
	if (uattr && copy_in_obj(&attr, uattr))
		return -EFAULT;
	err = name_in(&name, uname);
	if (err)
		return err;
	fd = fd_reserve(0);
	if (fd < 0)
		return fd;
	mode &= ~current_process()->fs->umask;
	f = mqueue_open(name.s, flags, mode, uattr ? &attr : NULL);
	if (is_err(f)) {
		fd_release(fd);
		return ptr_err(f);
	}
	fd_install(fd, f, true);
	return fd;
}

long sys_mq_unlink(const char *uname)
{
	struct mq_name name;
	int err;

	SUBSYSTEM_REQUIRE(mqueue);
	err = name_in(&name, uname);
	return err ? err : mqueue_unlink(name.s);
}

/* The queue's open file, with a reference; NULL: -EBADF. */
static struct file *get_queue(int fd)
{
	struct file *f = fd_get(fd);

	if (f && f->ops != &mqueue_file_ops) {
		file_put(f);
		f = NULL;
	}
	return f;
}

/* Even a time-out that will not be needed must be a good one. */
static int when_in(const void *uwhen, uint64_t *when)
{
	struct __kernel_timespec ts;

	*when = MQ_FOREVER;
	if (!uwhen)
		return 0;
	if (copy_in_obj(&ts, uwhen))
		return -EFAULT;
	if (timespec_to_ns(&ts, when))
		return -EINVAL;
	*when = MAX(*when, MQ_NOWAIT + 1ULL);
	return 0;
}

static uint64_t patience(const struct file *f, uint64_t when)
{
	return f->flags & O_NONBLOCK ? MQ_NOWAIT : when;
}

long sys_mq_timedsend(int fd, const void *ubuf, size_t len, unsigned int prio,
		      const void *uwhen)
{
	struct ipc_msg *m;
	uint64_t when;
	struct file *f;
	long err = when_in(uwhen, &when);

	if (err)
		return err;
	if (prio >= MQ_PRIO_MAX)
		return -EINVAL;
	f = get_queue(fd);
	if (!f)
		return -EBADF;
	if (!file_writable(f)) {
		err = -EBADF;
		goto out;
	}
	if (len > (size_t)mq_of(f)->attr.mq_msgsize) {
		err = -EMSGSIZE;
		goto out;
	}
	m = ipc_msg_in(ubuf, len);
	if (is_err(m)) {
		err = ptr_err(m);
		goto out;
	}
	m->type = prio;
	err = mq_send(mq_of(f), m, patience(f, when));
	if (err)
		ipc_msg_free(m);
	else
		vnode_touch(f->vnode, ATTR_ATIME | ATTR_MTIME);
out:
	file_put(f);
	return err;
}

/* The message is gone even if the program cannot have it, as on Linux. */
static long msg_to_user(struct ipc_msg *m, void *ubuf, unsigned int *uprio)
{
	long ret = (long)m->len;
	unsigned int prio = (unsigned int)m->type;

	if ((uprio && copy_out_obj(uprio, &prio)) ||
	    ipc_msg_out(ubuf, m, m->len))
		ret = -EFAULT;
	ipc_msg_free(m);
	return ret;
}

long sys_mq_timedreceive(int fd, void *ubuf, size_t len, unsigned int *uprio,
			 const void *uwhen)
{
	struct ipc_msg *m;
	uint64_t when;
	struct file *f;
	long err = when_in(uwhen, &when);

	if (err)
		return err;
	f = get_queue(fd);
	if (!f)
		return -EBADF;
	if (!file_readable(f))
		err = -EBADF;
	else if (len < (size_t)mq_of(f)->attr.mq_msgsize)
		err = -EMSGSIZE;
	else
		err = mq_receive(mq_of(f), &m, patience(f, when));
	if (!err) {
		vnode_touch(f->vnode, ATTR_ATIME | ATTR_MTIME);
		err = msg_to_user(m, ubuf, uprio);
	}
	file_put(f);
	return err;
}

long sys_mq_notify(int fd, const void *uev)
{
	struct process *self = current_process();
	struct mq_notice notice = {0};
	struct mqueue *q;
	struct file *f;
	long err = uev ? mq_notice_in(&notice, uev) : 0;

	if (err)
		return err;
	f = get_queue(fd);
	if (!f) {
		mq_notice_drop(&notice);
		return -EBADF;
	}
	q = mq_of(f);
	if (!uev) {
		if (q->owner == self)
			mq_forget(q);
	} else if (q->owner) {
		mq_notice_drop(&notice);
		err = -EBUSY;
	} else {
		q->notice = notice;
		q->owner = self;
	}
	if (!err)
		vnode_touch(f->vnode, ATTR_ATIME | ATTR_MODE);
	file_put(f);
	return err;
}

long sys_mq_getsetattr(int fd, const void *unew, void *uold)
{
	struct mq_attr new, old;
	struct file *f;

	if (unew && copy_in_obj(&new, unew))
		return -EFAULT;
	if (unew && (new.mq_flags & ~(long)O_NONBLOCK))
		return -EINVAL;
	f = get_queue(fd);
	if (!f)
		return -EBADF;
	old = mq_of(f)->attr;
	old.mq_flags = f->flags & O_NONBLOCK;
	if (unew) {
		f->flags &= ~O_NONBLOCK;
		f->flags |= (int)new.mq_flags;
		vnode_touch(f->vnode, ATTR_ATIME | ATTR_MODE);
	}
	file_put(f);
	return uold ? copy_out_obj((struct mq_attr *)uold, &old) : 0;
}
