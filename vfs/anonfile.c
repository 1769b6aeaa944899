/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * anonfile.c: files that have no name in any directory. /proc/self/fd shows
 * them as "pipe:[7]" or "anon_inode:[eventpoll]"; anon_name holds what stands
 * before the number, or the whole of it when it has a colon.
 */
#include <posixen/fs.h>
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <asm/fcntl.h>
#include "console.h"
#include "pipe.h"
#include "special.h"

/* Linux numbers the nodes of its unnamed filesystems from its first device of
 * major 0; only that the two differ matters to a program. */
#define ANON_DEV makedev(0, 15)

uint64_t anon_ino_next(void)
{
	static uint64_t last = 1024;

	return ++last;
}

void anon_stat(const struct file *f, uint32_t mode, struct kstat *st)
{
	struct process *p = current_process();

	memset(st, 0, sizeof(*st));
	st->dev = ANON_DEV;
	st->ino = f->anon_ino;
	st->mode = mode;
	st->nlink = 1;
	st->uid = p->cred.fsuid;
	st->gid = p->cred.fsgid;
	st->blksize = PAGE_SIZE;
	st->atime = st->mtime = st->ctime = st->btime =
		ns_to_timespec(clock_realtime_ns() - plat_monotonic_ns());
}

struct file *anon_reopen(struct file *f, int flags)
{
	struct file *n;

	/* A stream of the program goes one way; its other side is outside. */
	if (f->ops == &stream_ops) {
		if ((flags & O_ACCMODE) != (f->flags & O_ACCMODE))
			return err_ptr(-EACCES);
		n = stream_file((int)(uintptr_t)f->priv, flags);
	} else if (f->ops == &tty_ops) {
		n = file_alloc(&tty_ops, flags, NULL);
		if (n) {
			n->anon_name = f->anon_name;
			n->anon_ino = f->anon_ino;
		}
	} else if (f->ops == &pipe_ops) {
		n = pipe_file(f->priv, flags);
		if (n)
			waitq_wake_all(&((struct pipe *)f->priv)->wait, ~0u);
	} else {
		return err_ptr(-ENXIO);
	}
	return n ? n : err_ptr(-ENOMEM);
}
