/* SPDX-License-Identifier: BSD-2-Clause */
/* utimes.c: utimensat(2), futimesat(2), utimes(2), utime(2). */
#include <posixen/ktime.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include <linux/time.h>
#include <linux/utime.h>
#include "internal.h"
#include "notify.h"

/* The same values as in every libc's <sys/stat.h>; no UAPI header has them. */
#define UTIME_NOW  ((1L << 30) - 1)
#define UTIME_OMIT ((1L << 30) - 2)

static bool valid(const struct __kernel_timespec *t)
{
	return t->tv_nsec == UTIME_NOW || t->tv_nsec == UTIME_OMIT ||
	       (t->tv_nsec >= 0 && t->tv_nsec < (long)NSEC_PER_SEC);
}

/* "Now" for both is what writing the file would do as well. */
static int may_set_times(struct vnode *v, bool both_now)
{
	if (fs_owns(v))
		return 0;
	return both_now ? vnode_permission(v, MAY_WRITE) : -EPERM;
}

static void choose(const struct __kernel_timespec *t, unsigned int bit,
		   struct kattr *a, struct __kernel_timespec *out)
{
	if (t->tv_nsec == UTIME_OMIT)
		return;
	a->mask |= bit;
	*out = t->tv_nsec == UTIME_NOW ? ns_to_timespec(clock_realtime_ns())
				       : *t;
}

/* To set one of the times is what a read or a write would do. */
static uint32_t event_of(unsigned int mask)
{
	if (mask == ATTR_ATIME)
		return IN_ACCESS;
	return mask == ATTR_MTIME ? IN_MODIFY : IN_ATTRIB;
}

/* times NULL: both now. */
static int set_times(const struct path *p,
		     const struct __kernel_timespec *times)
{
	struct vnode *v = p->dentry->vnode;
	struct kattr a = {.mask = 0};
	bool both_now = !times || (times[0].tv_nsec == UTIME_NOW &&
				   times[1].tv_nsec == UTIME_NOW);
	int err;

	if (times && (!valid(&times[0]) || !valid(&times[1])))
		return -EINVAL;
	err = mount_want_write(p->mount);
	if (!err)
		err = may_set_times(v, both_now);
	if (err)
		return err;
	if (both_now) {
		a.mask = ATTR_ATIME | ATTR_MTIME;
		a.atime = a.mtime = ns_to_timespec(clock_realtime_ns());
	} else {
		choose(&times[0], ATTR_ATIME, &a, &a.atime);
		choose(&times[1], ATTR_MTIME, &a, &a.mtime);
	}
	err = vnode_setattr(v, &a);
	if (!err)
		notify_dentry(p->dentry, event_of(a.mask));
	return err;
}

static long set_times_fd(int fd, const struct __kernel_timespec *times)
{
	struct file *f = fd_get(fd);
	struct path p;
	long err;

	if (!f)
		return -EBADF;
	p = (struct path){f->mount, f->dentry};
	err = f->dentry ? set_times(&p, times) : -EINVAL;
	file_put(f);
	return err;
}

static long set_times_at(int dirfd, const char *upath,
			 const struct __kernel_timespec *times, int flags)
{
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : WALK_FOLLOW;
	struct path_arg path;
	struct path p;
	long err;

	if (!upath && dirfd != AT_FDCWD)
		return flags ? -EINVAL : set_times_fd(dirfd, times);
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		how |= WALK_EMPTY;
	err = path_arg_get(&path, upath, how & WALK_EMPTY);
	if (err)
		return err;
	err = path_lookup(dirfd, path.s, how, &p);
	path_arg_put(&path);
	if (err)
		return err;
	err = set_times(&p, times);
	path_put(&p);
	return err;
}

long sys_utimensat(int dirfd, const char *path, const void *utimes, int flags)
{
	struct __kernel_timespec t[2];

	if (!utimes)
		return set_times_at(dirfd, path, NULL, flags);
	if (copy_in(t, utimes, sizeof(t)))
		return -EFAULT;
	/* Nothing to do: not even the path is looked at (utimensat(2)). */
	if (t[0].tv_nsec == UTIME_OMIT && t[1].tv_nsec == UTIME_OMIT)
		return 0;
	return set_times_at(dirfd, path, t, flags);
}

/* Old calls with microseconds. */
long sys_futimesat(int dirfd, const char *path, const void *utimes)
{
	struct __kernel_old_timeval tv[2];
	struct __kernel_timespec t[2];

	if (!utimes)
		return set_times_at(dirfd, path, NULL, 0);
	if (copy_in(tv, utimes, sizeof(tv)))
		return -EFAULT;
	for (int i = 0; i < 2; i++) {
		if (tv[i].tv_usec < 0 || tv[i].tv_usec >= 1000000)
			return -EINVAL;
		t[i].tv_sec = tv[i].tv_sec;
		t[i].tv_nsec = tv[i].tv_usec * 1000;
	}
	return set_times_at(dirfd, path, t, 0);
}

long sys_utimes(const char *path, const void *utimes)
{
	return sys_futimesat(AT_FDCWD, path, utimes);
}

long sys_utime(const char *path, const void *utimes)
{
	struct __kernel_timespec t[2] = {{0}};
	struct utimbuf old;

	if (!utimes)
		return set_times_at(AT_FDCWD, path, NULL, 0);
	if (copy_in_obj(&old, utimes))
		return -EFAULT;
	t[0].tv_sec = old.actime;
	t[1].tv_sec = old.modtime;
	return set_times_at(AT_FDCWD, path, t, 0);
}
