/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify_calls.c: the system calls of inotify(7). */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include "inotify.h"
#include "internal.h"

#define MAX_INSTANCES 128 /* proc(5): fs.inotify.max_user_instances */
#define ALL_BITS                                                               \
	(IN_ALL_EVENTS | IN_UNMOUNT | IN_Q_OVERFLOW | IN_IGNORED |             \
	 IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_ADD |          \
	 IN_MASK_CREATE | IN_ISDIR | IN_ONESHOT)

long sys_inotify_init1(px_inflags flags)
{
	struct file *f;
	int fd;

	if (flags & ~(IN_CLOEXEC | IN_NONBLOCK))
		return -EINVAL;
	if (inotify_instances >= MAX_INSTANCES)
		return -EMFILE;
	f = inotify_file(flags & IN_NONBLOCK);
	if (!f)
		return -ENOMEM;
	fd = fd_install_new(f, flags & IN_CLOEXEC);
	if (fd < 0) {
		file_put(f);
		return fd;
	}
	inotify_hook();
	return fd;
}

long sys_inotify_init(void)
{
	return sys_inotify_init1(0);
}

/* inotify_add_watch(2): a file that cannot be read cannot be watched. */
static long watch_path(struct inotify *in, const char *upath, uint32_t mask)
{
	unsigned int how = mask & IN_DONT_FOLLOW ? 0 : WALK_FOLLOW;
	struct path_arg path;
	struct path p;
	long ret = path_arg_get(&path, upath, false);

	if (ret)
		return ret;
	if (mask & IN_ONLYDIR)
		how |= WALK_DIRECTORY;
	ret = path_lookup(AT_FDCWD, path.s, how, &p);
	path_arg_put(&path);
	if (ret)
		return ret;
	ret = path_permission(&p, MAY_READ);
	if (!ret)
		ret = inotify_watch(in, p.dentry->vnode, mask);
	path_put(&p);
	return ret;
}

long sys_inotify_add_watch(px_fd fd, px_path path, px_inmask mask)
{
	struct file *f;
	long ret = -EINVAL;

	if ((mask & ~ALL_BITS) || !(mask & ALL_BITS))
		return -EINVAL;
	f = fd_get(fd);
	if (!f)
		return -EBADF;
	if (inotify_of(f) && (mask & (IN_MASK_ADD | IN_MASK_CREATE)) !=
				     (IN_MASK_ADD | IN_MASK_CREATE))
		ret = watch_path(inotify_of(f), path, mask);
	file_put(f);
	return ret;
}

long sys_inotify_rm_watch(px_fd fd, px_int wd)
{
	struct file *f = fd_get(fd);
	struct inotify_watch *w;
	long ret = -EINVAL;

	if (!f)
		return -EBADF;
	w = inotify_of(f) ? inotify_find(inotify_of(f), wd) : NULL;
	if (w) {
		inotify_unwatch(w);
		ret = 0;
	}
	file_put(f);
	return ret;
}
