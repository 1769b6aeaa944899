/* SPDX-License-Identifier: BSD-2-Clause */
/* attr.c: chmod(2), chown(2) and their relatives, umask(2). */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "internal.h"
#include "notify.h"

#define KEEP ((uint32_t)-1) /* chown(2): leave this id alone */

/* The set-group-ID bit is for members of the group only. */
static int change_mode(const struct path *p, uint32_t mode)
{
	struct vnode *v = p->dentry->vnode;
	struct kattr a = {.mask = ATTR_MODE, .mode = mode & 07777};
	int err = mount_want_write(p->mount);

	if (err)
		return err;
	if (S_ISLNK(v->mode))
		return -EOPNOTSUPP;
	if (!fs_owns(v))
		return -EPERM;
	if (!fs_in_group(v->gid) && !fs_capable())
		a.mode &= ~(uint32_t)S_ISGID;
	err = vnode_setattr(v, &a);
	if (!err)
		notify_dentry(p->dentry, IN_ATTRIB);
	return err;
}

/* chown(2): root may do all, an owner may give a file to a group of theirs. */
static bool may_chown(const struct vnode *v, uint32_t uid, uint32_t gid)
{
	bool owner = fs_cred()->fsuid == v->uid;

	if (fs_capable())
		return true;
	if (uid != KEEP && !(owner && uid == v->uid))
		return false;
	return gid == KEEP || (owner && (gid == v->gid || fs_in_group(gid)));
}

static int change_owner(const struct path *p, uint32_t uid, uint32_t gid)
{
	struct vnode *v = p->dentry->vnode;
	struct kattr a = {.mask = ATTR_MODE, .mode = v->mode & 07777};
	int err = mount_want_write(p->mount);
	bool changed;

	if (err)
		return err;
	if (!may_chown(v, uid, gid))
		return -EPERM;
	if (uid != KEEP) {
		a.mask |= ATTR_UID;
		a.uid = uid;
	}
	if (gid != KEEP) {
		a.mask |= ATTR_GID;
		a.gid = gid;
	}
	/* Who runs the file must not run as somebody else by surprise. */
	if (!S_ISDIR(v->mode))
		a.mode &= ~vnode_priv_bits(v);
	/* chown(-1, -1) needs no right unless that changes something. */
	if (a.mode != (v->mode & 07777) && !fs_owns(v))
		return -EPERM;
	changed = a.mask != ATTR_MODE || a.mode != (v->mode & 07777);
	err = vnode_setattr(v, &a);
	if (!err && changed)
		notify_dentry(p->dentry, IN_ATTRIB);
	return err;
}

/* The path behind a descriptor that is not O_PATH. */
static int path_of_fd(int fd, struct path *p)
{
	struct file *f = fd_get(fd);
	int err = 0;

	if (!f)
		return -EBADF;
	if (f->dentry) {
		*p = (struct path){f->mount, f->dentry};
		path_get(p);
	} else {
		err = -EINVAL;
	}
	file_put(f);
	return err;
}

static long lookup_arg(int dirfd, const char *upath, unsigned int how,
		       struct path *p)
{
	struct path_arg path;
	long err = path_arg_get(&path, upath, how & WALK_EMPTY);

	if (err)
		return err;
	err = path_lookup(dirfd, path.s, how, p);
	path_arg_put(&path);
	return err;
}

long sys_fchmodat(int dirfd, const char *path, unsigned int mode)
{
	struct path p;
	long err = lookup_arg(dirfd, path, WALK_FOLLOW, &p);

	if (err)
		return err;
	err = change_mode(&p, mode);
	path_put(&p);
	return err;
}

long sys_chmod(const char *path, unsigned int mode)
{
	return sys_fchmodat(AT_FDCWD, path, mode);
}

long sys_fchmod(int fd, unsigned int mode)
{
	struct path p;
	long err = path_of_fd(fd, &p);

	if (err)
		return err;
	err = change_mode(&p, mode);
	path_put(&p);
	return err;
}

long sys_fchownat(int dirfd, const char *path, unsigned int uid,
		  unsigned int gid, int flags)
{
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : WALK_FOLLOW;
	struct path p;
	long err;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		how |= WALK_EMPTY;
	err = lookup_arg(dirfd, path, how, &p);
	if (err)
		return err;
	err = change_owner(&p, uid, gid);
	path_put(&p);
	return err;
}

long sys_chown(const char *path, unsigned int uid, unsigned int gid)
{
	return sys_fchownat(AT_FDCWD, path, uid, gid, 0);
}

long sys_lchown(const char *path, unsigned int uid, unsigned int gid)
{
	return sys_fchownat(AT_FDCWD, path, uid, gid, AT_SYMLINK_NOFOLLOW);
}

long sys_fchown(int fd, unsigned int uid, unsigned int gid)
{
	struct path p;
	long err = path_of_fd(fd, &p);

	if (err)
		return err;
	err = change_owner(&p, uid, gid);
	path_put(&p);
	return err;
}

long sys_umask(unsigned int mask)
{
	struct fs_context *c = fs_current();
	long old = c->umask;

	c->umask = mask & 0777;
	return old;
}
