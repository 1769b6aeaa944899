/* SPDX-License-Identifier: BSD-2-Clause */
/* access.c: access(2), faccessat(2), faccessat2(2). */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "internal.h"

static int check(const struct path *p, int mode)
{
	struct vnode *v = p->dentry->vnode;
	int err;

	if ((mode & MAY_EXEC) && S_ISREG(v->mode) &&
	    (p->mount->flags & MS_NOEXEC))
		return -EACCES;
	err = path_permission(p, mode);
	if (!err && (mode & MAY_WRITE) && !vnode_is_special(v))
		err = mount_want_write(p->mount);
	return err;
}

static long access_at(int dirfd, const char *upath, int mode, int flags)
{
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : WALK_FOLLOW;
	struct path_arg path;
	struct path p;
	long err = path_arg_get(&path, upath, flags & AT_EMPTY_PATH);

	if (err)
		return err;
	if (flags & AT_EMPTY_PATH)
		how |= WALK_EMPTY;
	err = path_lookup(dirfd, path.s, how, &p);
	path_arg_put(&path);
	if (err)
		return err;
	if (mode)
		err = check(&p, mode);
	path_put(&p);
	return err;
}

/* access(2) asks for the real user. Nothing sleeps on the way, so the file
 * system ids can be lent out for the time. */
static long access_as_real(int dirfd, const char *upath, int mode, int flags)
{
	struct cred *c = &current_process()->cred;
	uint32_t uid = c->fsuid, gid = c->fsgid;
	long err;

	c->fsuid = c->uid;
	c->fsgid = c->gid;
	err = access_at(dirfd, upath, mode, flags);
	c->fsuid = uid;
	c->fsgid = gid;
	return err;
}

long sys_faccessat2(int dirfd, const char *path, int mode, int flags)
{
	if (mode & ~(MAY_READ | MAY_WRITE | MAY_EXEC))
		return -EINVAL;
	if (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EACCESS)
		return access_at(dirfd, path, mode, flags);
	return access_as_real(dirfd, path, mode, flags);
}

long sys_faccessat(int dirfd, const char *path, int mode)
{
	return sys_faccessat2(dirfd, path, mode, 0);
}

long sys_access(const char *path, int mode)
{
	return sys_faccessat2(AT_FDCWD, path, mode, 0);
}
