/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xattr.c: extended attributes. Memory filesystems have none, as Linux's tmpfs
 * had no user attributes before 6.6: to set, read or remove one is
 * -EOPNOTSUPP, and the list of them is empty.
 */
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <linux/limits.h>
#include <linux/xattr.h>
#include "internal.h"

/* The file must exist, and the name must be one (xattr(7)). */
static long check_name(const char *uname)
{
	char name[XATTR_NAME_MAX + 1];
	ssize_t n = copy_in_str(name, uname, sizeof(name));

	if (n == -ENAMETOOLONG || !n)
		return -ERANGE;
	return n < 0 ? n : 0;
}

static long check_path(const char *upath, unsigned int how)
{
	struct path_arg path;
	struct path p;
	long err = path_arg_get(&path, upath, false);

	if (err)
		return err;
	err = path_lookup(AT_FDCWD, path.s, how, &p);
	path_arg_put(&path);
	if (!err)
		path_put(&p);
	return err;
}

static long check_fd(int fd)
{
	struct file *f = fd_get(fd);

	if (!f)
		return -EBADF;
	file_put(f);
	return 0;
}

static long refuse(long err, const char *uname)
{
	if (!err)
		err = check_name(uname);
	return err ? err : -EOPNOTSUPP;
}

static long check_set(long err, const char *uname, size_t size, int flags)
{
	if (err)
		return err;
	if (flags & ~(XATTR_CREATE | XATTR_REPLACE))
		return -EINVAL;
	err = check_name(uname);
	if (err)
		return err;
	return size > XATTR_SIZE_MAX ? -E2BIG : -EOPNOTSUPP;
}

long sys_setxattr(const char *path, const char *name, const void *value,
		  size_t size, int flags)
{
	return check_set(check_path(path, WALK_FOLLOW), name, size, flags);
}

long sys_lsetxattr(const char *path, const char *name, const void *value,
		   size_t size, int flags)
{
	return check_set(check_path(path, 0), name, size, flags);
}

long sys_fsetxattr(int fd, const char *name, const void *value, size_t size,
		   int flags)
{
	return check_set(check_fd(fd), name, size, flags);
}

long sys_getxattr(const char *path, const char *name, void *value, size_t size)
{
	return refuse(check_path(path, WALK_FOLLOW), name);
}

long sys_lgetxattr(const char *path, const char *name, void *value,
		   size_t size)
{
	return refuse(check_path(path, 0), name);
}

long sys_fgetxattr(int fd, const char *name, void *value, size_t size)
{
	return refuse(check_fd(fd), name);
}

long sys_listxattr(const char *path, void *list, size_t size)
{
	return check_path(path, WALK_FOLLOW);
}

long sys_llistxattr(const char *path, void *list, size_t size)
{
	return check_path(path, 0);
}

long sys_flistxattr(int fd, void *list, size_t size)
{
	return check_fd(fd);
}

long sys_removexattr(const char *path, const char *name)
{
	return refuse(check_path(path, WALK_FOLLOW), name);
}

long sys_lremovexattr(const char *path, const char *name)
{
	return refuse(check_path(path, 0), name);
}

long sys_fremovexattr(int fd, const char *name)
{
	return refuse(check_fd(fd), name);
}
