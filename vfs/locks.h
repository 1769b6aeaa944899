/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locks.h: POSIX record locks, open file description locks, and flock(2).
 *
 * An image whose program never locks a file does not contain vfs/locks.c: the
 * first lock sets lock_hooks, and until then closing a file has nothing to do.
 */
#ifndef VFS_LOCKS_H
#define VFS_LOCKS_H

#include <posixen/file.h>

struct lock_hooks {
	void (*close)(struct file *f);
	void (*release)(struct file *f);
};
extern const struct lock_hooks *lock_hooks; /* vfs/lock_hooks.c */

/* fcntl(F_GETLK, F_SETLK, F_SETLKW and F_OFD_*); F_GETLEASE, F_SETLEASE too. */
long fcntl_lock(struct file *f, unsigned int cmd, unsigned long arg);

/* A descriptor of f is being closed: the process's POSIX locks on its file go,
 * whichever descriptor they were made through (fcntl(2)). */
static inline void locks_close(struct file *f)
{
	if (lock_hooks)
		lock_hooks->close(f);
}

/* The last reference to f is going: its OFD and flock locks go. */
static inline void locks_release_file(struct file *f)
{
	if (lock_hooks)
		lock_hooks->release(f);
}

#endif
