/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * perm.c: who may do what to a file (path_resolution(7), capabilities(7)).
 *
 * Linux asks for one of several capabilities; here a process has all of them
 * when its filesystem user is root, and none otherwise, which is what setuid
 * programs without file capabilities see on Linux.
 */
#include <posixen/process.h>
#include <linux/stat.h>
#include "internal.h"

/* Boot, before there is a process, acts as root. */
static const struct cred boot_cred;

const struct cred *fs_cred(void)
{
	struct process *p = current_process();

	return p ? &p->cred : &boot_cred;
}

bool fs_capable(void)
{
	return fs_cred()->fsuid == 0;
}

bool fs_in_group(uint32_t gid)
{
	return cred_in_group(fs_cred(), gid);
}

bool fs_owns(const struct vnode *v)
{
	return fs_cred()->fsuid == v->uid || fs_capable();
}

/* Root may read and write everything, and run what somebody may run. */
static bool root_may(const struct vnode *v, int mask)
{
	if (!fs_capable())
		return false;
	return !(mask & MAY_EXEC) || S_ISDIR(v->mode) || (v->mode & 0111);
}

int vnode_permission(struct vnode *v, int mask)
{
	uint32_t mode = v->mode;

	mask &= MAY_READ | MAY_WRITE | MAY_EXEC;
	if (v->ops && v->ops->permission)
		return v->ops->permission(v, mask);
	if (fs_cred()->fsuid == v->uid)
		mode >>= 6;
	else if (fs_in_group(v->gid))
		mode >>= 3;
	if (!((uint32_t)mask & ~mode & 7) || root_may(v, mask))
		return 0;
	return -EACCES;
}

/*
 * A read-only filesystem says so before anything about permission; a read-only
 * mount of another does so afterwards, in mount_want_write(). Devices, FIFOs
 * and sockets can be written on either.
 */
int path_permission(const struct path *p, int mask)
{
	struct vnode *v = p->dentry->vnode;

	if ((mask & MAY_WRITE) && p->mount->super->readonly &&
	    !vnode_is_special(v))
		return -EROFS;
	return vnode_permission(v, mask);
}

bool vnode_is_special(const struct vnode *v)
{
	return !S_ISREG(v->mode) && !S_ISDIR(v->mode) && !S_ISLNK(v->mode);
}

int mount_want_write(const struct mount *m)
{
	return (m->flags & MS_RDONLY) || m->super->readonly ? -EROFS : 0;
}

int may_create(struct dentry *dir)
{
	if (dir->unlinked)
		return -ENOENT;
	return vnode_permission(dir->vnode, MAY_WRITE | MAY_EXEC);
}

/* unlink(2): in a sticky directory only the owner of the directory or of the
 * file, or root, takes a name away. */
static bool sticky_forbids(const struct vnode *dir, const struct vnode *v)
{
	uint32_t uid = fs_cred()->fsuid;

	if (!(dir->mode & S_ISVTX))
		return false;
	return uid != v->uid && uid != dir->uid && !fs_capable();
}

int may_delete(struct dentry *dir, struct dentry *victim, bool want_dir)
{
	int err;

	if (!victim->vnode)
		return -ENOENT;
	err = vnode_permission(dir->vnode, MAY_WRITE | MAY_EXEC);
	if (err)
		return err;
	if (sticky_forbids(dir->vnode, victim->vnode))
		return -EPERM;
	if (want_dir) {
		if (!S_ISDIR(victim->vnode->mode))
			return -ENOTDIR;
		if (victim->parent == victim)
			return -EBUSY;
	} else if (S_ISDIR(victim->vnode->mode)) {
		return -EISDIR;
	}
	return dir->unlinked ? -ENOENT : 0;
}

/*
 * Owner and mode of a new file (inode(7), S_ISGID): in a set-group-ID
 * directory it gets the directory's group, and a new directory the bit as well.
 */
void vnode_inherit(struct vnode *v, const struct vnode *dir)
{
	if (!(dir->mode & S_ISGID))
		return;
	v->gid = dir->gid;
	if (S_ISDIR(v->mode))
		v->mode |= S_ISGID;
	else if ((v->mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) &&
		 !fs_in_group(dir->gid) && !fs_capable())
		v->mode &= ~(uint32_t)S_ISGID;
}

/*
 * The bits that a change of owner, or a write by someone without privilege,
 * takes away (write(2), chown(2)): set-user-ID, and set-group-ID unless it
 * means nothing (no group execution) and the caller is in the group.
 */
uint32_t vnode_priv_bits(const struct vnode *v)
{
	uint32_t bits = v->mode & S_ISUID;

	if ((v->mode & S_IXGRP) || !(fs_in_group(v->gid) || fs_capable()))
		bits |= v->mode & S_ISGID;
	return bits;
}

void vnode_kill_priv(struct vnode *v)
{
	if (S_ISREG(v->mode) && !fs_capable())
		v->mode &= ~vnode_priv_bits(v);
}
