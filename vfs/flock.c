/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flock.c: flock(2). The lock belongs to the open file, so duplicates of the
 * descriptor share it. A conversion gives up the old lock first, as Linux does:
 * if the new one then cannot be had, the old one is lost.
 */
#include <posixen/fs.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include "lock_wait.h"

static short held_type(struct file *f)
{
	list_for_each (pos, &f->vnode->locks) {
		struct lock *l = list_entry(pos, struct lock, link);

		if (l->kind == LOCK_FLOCK && l->owner == f)
			return l->type;
	}
	return F_UNLCK;
}

static long flock_file(struct file *f, short type, bool wait)
{
	struct lock req = {
		.end = LOCK_END,
		.kind = LOCK_FLOCK,
		.type = type,
		.owner = f,
		.pid = -1,
	};
	short held = held_type(f);
	int err = 0;

	if (held == type)
		return 0;
	if (held != F_UNLCK && type != F_UNLCK) {
		req.type = F_UNLCK;
		err = lock_set(f->vnode, &req, false);
		req.type = type;
	}
	return err ? err : lock_set(f->vnode, &req, wait);
}

long sys_flock(px_fd fd, px_flockop op)
{
	static const short types[] = {
		[LOCK_SH] = F_RDLCK,
		[LOCK_EX] = F_WRLCK,
		[LOCK_UN] = F_UNLCK,
	};
	unsigned int what = op & ~LOCK_NB;
	struct file *f;
	long ret;

	if (what != LOCK_SH && what != LOCK_EX && what != LOCK_UN)
		return -EINVAL;
	f = fd_get(fd);
	if (!f)
		return -EBADF;
	ret = f->vnode ? flock_file(f, types[what], !(op & LOCK_NB)) : -EINVAL;
	file_put(f);
	return ret;
}
