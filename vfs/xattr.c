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

/* Linux copies the value before it looks who could keep it. */
static long check_value(const char *uvalue, size_t size)
{
	char buf[256];

	if (size > XATTR_SIZE_MAX)
		return -E2BIG;
	for (size_t at = 0; at < size; at += sizeof(buf))
		if (copy_in(buf, uvalue + at, MIN(sizeof(buf), size - at)))
			return -EFAULT;
	return 0;
}

static long check_set(long err, const char *uname, const void *uvalue,
		      size_t size, int flags)
{
	if (err)
		return err;
	if (flags & ~(XATTR_CREATE | XATTR_REPLACE))
		return -EINVAL;
	err = check_name(uname);
	if (!err)
		err = check_value(uvalue, size);
	return err ? err : -EOPNOTSUPP;
}

long sys_setxattr(const char *path, const char *name, const void *value,
		  size_t size, int flags)
{
	return check_set(check_path(path, WALK_FOLLOW), name, value, size,
			 flags);
}

long sys_lsetxattr(const char *path, const char *name, const void *value,
		   size_t size, int flags)
{
	return check_set(check_path(path, 0), name, value, size, flags);
}

long sys_fsetxattr(int fd, const char *name, const void *value, size_t size,
		   int flags)
{
	return check_set(check_fd(fd), name, value, size, flags);
}

long sys_getxattr(const char *path, const char *name, void *value, size_t size)
{
	return refuse(check_path(path, WALK_FOLLOW), name);
}

long sys_lgetxattr(const char *path, const char *name, void *value, size_t size)
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
