/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace.c: calls that make and remove names: mkdir(2), mknod(2),
 * symlink(2), link(2), unlink(2), rmdir(2). rename(2) has a file of its own.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "internal.h"
#include "notify.h"

/* "." and ".." and "/" exist. */
static bool is_plain_name(const char *s, size_t len)
{
	return len && !(s[0] == '.' && (len == 1 || (len == 2 && s[1] == '.')));
}

/* Errors in Linux's order: what exists, then trailing slashes, then a
 * read-only mount. */
static int new_name(const struct path *dir, const char *last, size_t len,
		    bool slash, bool want_dir, struct dentry **out)
{
	struct dentry *d;
	int err = 0;

	if (!is_plain_name(last, len))
		return -EEXIST;
	d = dentry_child(dir->dentry, last, len);
	if (is_err(d))
		return (int)ptr_err(d);
	if (d->vnode)
		err = -EEXIST;
	else if (slash && !want_dir)
		err = -ENOENT;
	else
		err = mount_want_write(dir->mount);
	if (err)
		dentry_put(d);
	else
		*out = d;
	return err;
}

int path_create(int dirfd, const char *path, bool want_dir, struct path *dir,
		struct dentry **d)
{
	const char *last;
	size_t len;
	bool slash;
	int err = path_lookup_parent(dirfd, path, 0, dir, &last, &len, &slash);

	if (err)
		return err;
	err = new_name(dir, last, len, slash, want_dir, d);
	if (err)
		path_put(dir);
	return err;
}

int vfs_mknod(const struct path *dir, struct dentry *d, uint32_t mode,
	      uint64_t rdev)
{
	const struct vnode_ops *ops = dir->dentry->vnode->ops;
	struct vnode *v = dir->dentry->vnode;
	int err = may_create(dir->dentry);

	if (err)
		return err;
	if (S_ISREG(mode))
		err = ops->create ? ops->create(v, d, mode & 07777) : -EACCES;
	else if (S_ISDIR(mode))
		err = ops->mkdir ? ops->mkdir(v, d, mode & 07777) : -EPERM;
	else if ((S_ISCHR(mode) || S_ISBLK(mode)) && !fs_capable())
		err = -EPERM;
	else
		err = ops->mknod ? ops->mknod(v, d, mode, rdev) : -EPERM;
	if (!err)
		notify_create(v, d);
	return err;
}

int vfs_symlink(const struct path *dir, struct dentry *d, const char *to)
{
	const struct vnode_ops *ops = dir->dentry->vnode->ops;
	int err = may_create(dir->dentry);

	if (err)
		return err;
	if (!ops->symlink)
		return -EPERM;
	err = ops->symlink(dir->dentry->vnode, d, to);
	if (!err)
		notify_create(dir->dentry->vnode, d);
	return err;
}

int vfs_link(const struct path *old, const struct path *dir, struct dentry *d)
{
	const struct vnode_ops *ops = dir->dentry->vnode->ops;
	struct vnode *v = old->dentry->vnode;
	int err = may_create(dir->dentry);

	if (err)
		return err;
	if (!ops->link || S_ISDIR(v->mode))
		return -EPERM;
	if (!v->nlink && !v->linkable)
		return -ENOENT;
	err = ops->link(dir->dentry->vnode, d, v);
	if (err)
		return err;
	v->linkable = false;
	notify_vnode(v, IN_ATTRIB);
	notify_create(dir->dentry->vnode, d);
	return 0;
}

/* Make a file of the type in mode under a path of the program's. */
static long make_node(int dirfd, const char *upath, uint32_t mode,
		      uint64_t rdev)
{
	struct path_arg path;
	struct dentry *d;
	struct path dir;
	long err = path_arg_get(&path, upath, false);

	if (err)
		return err;
	err = path_create(dirfd, path.s, S_ISDIR(mode), &dir, &d);
	if (!err) {
		mode &= ~fs_current()->umask;
		err = vfs_mknod(&dir, d, mode, rdev);
		dentry_put(d);
		path_put(&dir);
	}
	path_arg_put(&path);
	return err;
}

/* mkdir(2): permission bits and the sticky bit; the others come by
 * inheritance only. */
long sys_mkdirat(int dirfd, const char *path, unsigned int mode)
{
	return make_node(dirfd, path, S_IFDIR | (mode & 01777), 0);
}

long sys_mkdir(const char *path, unsigned int mode)
{
	return sys_mkdirat(AT_FDCWD, path, mode);
}

long sys_mknodat(int dirfd, const char *path, unsigned int mode,
		 unsigned long dev)
{
	switch (mode & S_IFMT) {
	case 0:
		mode |= S_IFREG;
		break;
	case S_IFREG:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		break;
	case S_IFDIR:
		return -EPERM;
	default:
		return -EINVAL;
	}
	if (!S_ISCHR(mode) && !S_ISBLK(mode))
		dev = 0;
	/* The program's encoding is the kernel's, in 32 bits. */
	return make_node(dirfd, path, mode & (S_IFMT | 07777), (uint32_t)dev);
}

long sys_mknod(const char *path, unsigned int mode, unsigned long dev)
{
	return sys_mknodat(AT_FDCWD, path, mode, dev);
}

long sys_symlinkat(const char *uto, int dirfd, const char *upath)
{
	struct path_arg to, path;
	struct dentry *d;
	struct path dir;
	long err = path_arg_get(&to, uto, false);

	if (err)
		return err;
	err = path_arg_get(&path, upath, false);
	if (err)
		goto out;
	err = path_create(dirfd, path.s, false, &dir, &d);
	if (!err) {
		err = vfs_symlink(&dir, d, to.s);
		dentry_put(d);
		path_put(&dir);
	}
	path_arg_put(&path);
out:
	path_arg_put(&to);
	return err;
}

long sys_symlink(const char *to, const char *path)
{
	return sys_symlinkat(to, AT_FDCWD, path);
}

static int link_to(const struct path *old, int newdir, const char *unew)
{
	struct path_arg new;
	struct dentry *d;
	struct path dir;
	int err = path_arg_get(&new, unew, false);

	if (err)
		return err;
	err = path_create(newdir, new.s, false, &dir, &d);
	if (!err) {
		err = old->mount == dir.mount ? vfs_link(old, &dir, d) : -EXDEV;
		dentry_put(d);
		path_put(&dir);
	}
	path_arg_put(&new);
	return err;
}

/* The new path's text is looked at only once the old path is found. */
long sys_linkat(int olddir, const char *uold, int newdir, const char *unew,
		int flags)
{
	unsigned int how = flags & AT_SYMLINK_FOLLOW ? WALK_FOLLOW : 0;
	bool empty = flags & AT_EMPTY_PATH;
	struct path_arg old;
	struct path from;
	long err;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (empty && !fs_capable())
		return -ENOENT;
	err = path_arg_get(&old, uold, empty);
	if (err)
		return err;
	err = path_lookup(olddir, old.s, how | (empty ? WALK_EMPTY : 0), &from);
	path_arg_put(&old);
	if (err)
		return err;
	err = link_to(&from, newdir, unew);
	path_put(&from);
	return err;
}

long sys_link(const char *old, const char *new)
{
	return sys_linkat(AT_FDCWD, old, AT_FDCWD, new, 0);
}

/* The caller holds the only reference on d unless the file is in use; then it
 * goes at once, and says so before its directory does. */
static void tell_removed(struct vnode *dir, struct dentry *d, bool was_dir)
{
	if (!notify_hooks)
		return;
	if (!was_dir)
		notify_hooks->vnode(d->vnode, IN_ATTRIB);
	if (d->refs == 1)
		notify_gone(d->vnode);
	notify_hooks->name(dir, d->name, d->vnode, IN_DELETE, 0);
}

int vfs_remove(const struct path *dir, struct dentry *d, bool want_dir)
{
	const struct vnode_ops *ops = dir->dentry->vnode->ops;
	struct vnode *v = dir->dentry->vnode;
	int err = may_delete(dir->dentry, d, want_dir);

	if (err)
		return err;
	if (d->mountpoint)
		return -EBUSY;
	if (want_dir)
		err = ops->rmdir ? ops->rmdir(v, d) : -EPERM;
	else
		err = ops->unlink ? ops->unlink(v, d) : -EPERM;
	if (!err)
		tell_removed(v, d, want_dir);
	return err;
}

static int remove_file(const struct path *dir, struct dentry *d, bool slash)
{
	if (!d->vnode)
		return -ENOENT;
	if (slash)
		return S_ISDIR(d->vnode->mode) ? -EISDIR : -ENOTDIR;
	return vfs_remove(dir, d, false);
}

/* rmdir(2): what cannot be removed by that name. */
static int odd_name_error(const char *last, size_t len, bool want_dir)
{
	if (is_plain_name(last, len))
		return 0;
	if (!want_dir)
		return -EISDIR;
	if (!len)
		return -EBUSY;
	return len == 1 ? -EINVAL : -ENOTEMPTY;
}

static long remove_path(int dirfd, const char *path, bool want_dir)
{
	const char *last;
	struct dentry *d;
	struct path dir;
	size_t len;
	bool slash;
	long err =
		path_lookup_parent(dirfd, path, 0, &dir, &last, &len, &slash);

	if (err)
		return err;
	err = odd_name_error(last, len, want_dir);
	if (!err)
		err = mount_want_write(dir.mount);
	if (err)
		goto out;
	d = dentry_child(dir.dentry, last, len);
	if (is_err(d)) {
		err = ptr_err(d);
		goto out;
	}
	err = want_dir ? vfs_remove(&dir, d, true)
		       : remove_file(&dir, d, slash);
	dentry_put(d);
out:
	path_put(&dir);
	return err;
}

long sys_unlinkat(int dirfd, const char *upath, int flags)
{
	struct path_arg path;
	long err;

	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	err = path_arg_get(&path, upath, false);
	if (err)
		return err;
	err = remove_path(dirfd, path.s, flags & AT_REMOVEDIR);
	path_arg_put(&path);
	return err;
}

long sys_unlink(const char *path)
{
	return sys_unlinkat(AT_FDCWD, path, 0);
}

long sys_rmdir(const char *path)
{
	return sys_unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}
