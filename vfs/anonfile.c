/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * anonfile.c: files that have no name in any directory. /proc/self/fd shows
 * them as "pipe:[7]" or "anon_inode:[eventpoll]"; anon_name holds what stands
 * before the number, or the whole of it when it ends in a bracket.
 */
#include <posixen/fs.h>
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <asm/fcntl.h>
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
