/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.h: signal-driven input and output (signal(7), fcntl(2), O_ASYNC). The
 * owner of a file is remembered in a struct of its own, made by the first call
 * that names one; without it O_ASYNC is only a flag, since nobody is told.
 */
#ifndef VFS_ASYNC_H
#define VFS_ASYNC_H

#include <posixen/file.h>

/* The part of fcntl(2) about owners and signals: F_SETOWN ... F_GETSIG; -EINVAL
 * for other commands. Kernel context; does not block. */
long async_fcntl(struct file *f, unsigned int cmd, unsigned long arg);

/* Can f signal at all? Else FIOASYNC is ENOTTY, as on Linux. */
static inline bool async_possible(const struct file *f)
{
	return f->ops->poll && f->ops->ioctl;
}

/*
 * Set by the first file with an owner, so that images without one do not
 * contain async.c. O_ASYNC of a file that has an owner is set or cleared
 * through descriptor fd; and the file, about to be released, is forgotten.
 */
struct async_hooks {
	void (*change)(struct file *f, int fd, bool on);
	void (*forget)(struct file *f);
};
extern const struct async_hooks *async_hooks; /* lock_hooks.c */

static inline void async_change(struct file *f, int fd, bool on)
{
	if (f->async)
		async_hooks->change(f, fd, on);
}

#endif
