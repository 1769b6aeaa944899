/* SPDX-License-Identifier: BSD-2-Clause */
/* locks.c: the record locks of fcntl(2), of processes and of open files. */
#include <posixen/fs.h>
#include <posixen/process.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include "lock_wait.h"
#include "locks.h"

/* l_start, l_len and l_whence as a range: fcntl(2), "Advisory record locking".
 */
static int range_of(struct file *f, const struct flock *fl, struct lock *l)
{
	int64_t base, start;

	switch (fl->l_whence) {
	case SEEK_SET:
		base = 0;
		break;
	case SEEK_CUR:
		base = f->pos;
		break;
	case SEEK_END:
		base = f->vnode->size;
		break;
	default:
		return -EINVAL;
	}
	if (__builtin_add_overflow(base, fl->l_start, &start))
		return fl->l_start > 0 ? -EOVERFLOW : -EINVAL;
	if (start < 0)
		return -EINVAL;
	if (fl->l_len > 0) {
		if (fl->l_len - 1 > LOCK_END - start)
			return -EOVERFLOW;
		l->start = start;
		l->end = start + (fl->l_len - 1);
	} else if (fl->l_len < 0) {
		if (start + fl->l_len < 0)
			return -EINVAL;
		l->start = start + fl->l_len;
		l->end = start - 1;
	} else {
		l->start = start;
		l->end = LOCK_END;
	}
	return 0;
}

/* The request as a lock of the caller. For the OFD commands l_pid must be 0. */
static int request_of(struct file *f, const struct flock *fl, bool ofd,
		      struct lock *l)
{
	int err = range_of(f, fl, l);

	if (err)
		return err;
	if (fl->l_type != F_RDLCK && fl->l_type != F_WRLCK &&
	    fl->l_type != F_UNLCK)
		return -EINVAL;
	if (ofd && fl->l_pid)
		return -EINVAL;
	l->type = fl->l_type;
	l->kind = ofd ? LOCK_OFD : LOCK_POSIX;
	l->owner = ofd ? (const void *)f : current_process();
	l->pid = ofd ? -1 : current_process()->pid;
	return 0;
}

static long get_lock(struct file *f, bool ofd, struct flock *ufl)
{
	struct flock fl;
	struct lock req, *held;
	int err = copy_in_obj(&fl, ufl);

	if (!err && fl.l_type != F_RDLCK && fl.l_type != F_WRLCK)
		err = -EINVAL;
	if (!err)
		err = request_of(f, &fl, ofd, &req);
	if (err)
		return err;
	held = lock_conflict(&f->vnode->locks, &req);
	fl.l_type = F_UNLCK;
	if (held) {
		fl.l_type = held->type;
		fl.l_whence = SEEK_SET;
		fl.l_start = held->start;
		fl.l_len =
			held->end == LOCK_END ? 0 : held->end - held->start + 1;
		fl.l_pid = held->pid;
	}
	return copy_out_obj(ufl, &fl);
}

static long set_lock(struct file *f, bool ofd, bool wait,
		     const struct flock *ufl)
{
	struct flock fl;
	struct lock req;
	int err = copy_in_obj(&fl, ufl);

	if (!err)
		err = request_of(f, &fl, ofd, &req);
	if (err)
		return err;
	if ((req.type == F_RDLCK && !file_readable(f)) ||
	    (req.type == F_WRLCK && !file_writable(f)))
		return -EBADF;
	return lock_set(f->vnode, &req, wait);
}

long fcntl_lock(struct file *f, unsigned int cmd, unsigned long arg)
{
	/* Leases are never given: nobody else could break one. */
	if (cmd == F_GETLEASE)
		return F_UNLCK;
	if (cmd == F_SETLEASE || !f->vnode)
		return -EINVAL;
	switch (cmd) {
	case F_GETLK:
	case F_OFD_GETLK:
		return get_lock(f, cmd == F_OFD_GETLK, (struct flock *)arg);
	case F_SETLK:
	case F_SETLKW:
		return set_lock(f, false, cmd == F_SETLKW,
				(const struct flock *)arg);
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return set_lock(f, true, cmd == F_OFD_SETLKW,
				(const struct flock *)arg);
	default:
		return -EINVAL;
	}
}
