/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * execve(2) and execveat(2) as far as the file: the image is the only program
 * that there is. A file that Linux would not run fails as on Linux; of any
 * other there is no loader that takes it, which is what ENOEXEC says.
 */
#include <posixen/fs.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include "internal.h"

#define MAX_STRINGS 0x7fffffffUL /* MAX_ARG_STRINGS of Linux */

/* The vectors are read before the file is looked at. */
static int check_strings(const char *const *v)
{
	for (unsigned long n = 0; v && n < MAX_STRINGS; n++) {
		const char *s;
		char first;

		if (copy_in_obj(&s, v + n))
			return -EFAULT;
		if (!s)
			break;
		if (copy_in(&first, s, 1))
			return -EFAULT;
	}
	return 0;
}

static int check_file(const struct path *p)
{
	struct vnode *v = p->dentry->vnode;

	if (S_ISLNK(v->mode))
		return -ELOOP; /* AT_SYMLINK_NOFOLLOW */
	if (!S_ISREG(v->mode) || (p->mount->flags & MS_NOEXEC))
		return -EACCES;
	return path_permission(p, MAY_EXEC);
}

long sys_execveat(int dirfd, const char *upath, const char *const *argv,
		  const char *const *envp, int flags)
{
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : WALK_FOLLOW;
	struct path_arg path;
	struct path p;
	int err;

	if (flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW))
		return -EINVAL;
	err = path_arg_get(&path, upath, flags & AT_EMPTY_PATH);
	if (err)
		return err;
	if (flags & AT_EMPTY_PATH)
		how |= WALK_EMPTY;
	err = check_strings(argv);
	if (!err)
		err = check_strings(envp);
	if (!err)
		err = path_lookup(dirfd, path.s, how, &p);
	path_arg_put(&path);
	if (err)
		return err;
	err = check_file(&p);
	path_put(&p);
	return err ? err : -ENOEXEC;
}

long sys_execve(const char *path, const char *const *argv,
		const char *const *envp)
{
	return sys_execveat(AT_FDCWD, path, argv, envp, 0);
}
