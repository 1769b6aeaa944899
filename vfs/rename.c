/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rename.c: rename(2), renameat(2), renameat2(2).
 *
 * All that can be wrong is found before anything changes, in Linux's order:
 * rename(2) lists over twenty errors, and programs depend on which comes first.
 */
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/stat.h>
#include "internal.h"
#include "notify.h"

/* One of the two names. */
struct end {
	struct path dir;
	const char *last;
	size_t len;
	bool slash;
	struct dentry *d;
};

static bool is_odd(const struct end *e)
{
	return !e->len || (e->last[0] == '.' &&
			   (e->len == 1 || (e->len == 2 && e->last[1] == '.')));
}

static bool is_dir(const struct dentry *d)
{
	return d->vnode && S_ISDIR(d->vnode->mode);
}

static int find(struct end *e)
{
	struct dentry *d = dentry_child(e->dir.dentry, e->last, e->len);

	if (is_err(d))
		return (int)ptr_err(d);
	e->d = d;
	return 0;
}

/* What the names alone forbid. */
static int check_names(const struct end *old, const struct end *new,
		       unsigned int flags)
{
	bool exchange = flags & RENAME_EXCHANGE;

	if ((flags & RENAME_NOREPLACE) && new->d->vnode)
		return -EEXIST;
	if (exchange && !new->d->vnode)
		return -ENOENT;
	if (exchange && !is_dir(new->d) && new->slash)
		return -ENOTDIR;
	if (!is_dir(old->d) && (old->slash || (!exchange && new->slash)))
		return -ENOTDIR;
	if (dentry_is_ancestor(old->d, new->dir.dentry))
		return -EINVAL;
	if (new->d->vnode && dentry_is_ancestor(new->d, old->dir.dentry))
		return exchange ? -EINVAL : -ENOTEMPTY;
	return 0;
}

/* Moving a directory changes its "..". */
static int may_reparent(const struct dentry *d)
{
	return is_dir(d) ? vnode_permission(d->vnode, MAY_WRITE) : 0;
}

static int check_permission(const struct end *old, const struct end *new,
			    unsigned int flags)
{
	bool exchange = flags & RENAME_EXCHANGE;
	int err = may_delete(old->dir.dentry, old->d, is_dir(old->d));

	if (!err && !new->d->vnode)
		err = may_create(new->dir.dentry);
	else if (!err)
		err = may_delete(new->dir.dentry, new->d,
				 exchange ? is_dir(new->d) : is_dir(old->d));
	if (err || old->dir.dentry == new->dir.dentry)
		return err;
	err = may_reparent(old->d);
	if (!err && exchange)
		err = may_reparent(new->d);
	return err;
}

/* d was moved out of from, where its name was was. */
static void tell_moved(struct vnode *from, const char *was, struct vnode *to,
		       struct dentry *d)
{
	uint32_t cookie = notify_hooks->cookie();

	notify_hooks->name(from, was, d->vnode, IN_MOVED_FROM, cookie);
	notify_hooks->name(to, d->name, d->vnode, IN_MOVED_TO, cookie);
}

static void tell_renamed(const struct end *old, const struct end *new,
			 unsigned int flags)
{
	struct vnode *from = old->dir.dentry->vnode;
	struct vnode *to = new->dir.dentry->vnode;
	struct vnode *other = new->d->vnode;
	bool exchange = flags & RENAME_EXCHANGE;
	char was[NAME_MAX + 1];

	memcpy(was, old->last, old->len);
	was[old->len] = '\0';
	tell_moved(from, was, to, old->d);
	if (other && !exchange)
		notify_vnode(other, IN_ATTRIB);
	notify_vnode(old->d->vnode, IN_MOVE_SELF);
	if (exchange) {
		tell_moved(to, old->d->name, from, new->d);
		notify_vnode(other, IN_MOVE_SELF);
	}
}

static int rename_dentries(const struct end *old, const struct end *new,
			   unsigned int flags)
{
	struct vnode *from = old->dir.dentry->vnode;
	int err;

	if (!old->d->vnode)
		return -ENOENT;
	err = check_names(old, new, flags);
	if (err)
		return err;
	/* Two names of one file: nothing happens (POSIX). */
	if (old->d->vnode == new->d->vnode)
		return 0;
	err = check_permission(old, new, flags);
	if (err)
		return err;
	if (!from->ops->rename)
		return -EPERM;
	if (old->d->mountpoint || new->d->mountpoint)
		return -EBUSY;
	err = from->ops->rename(from, old->d, new->dir.dentry->vnode, new->d,
				flags);
	if (!err && notify_hooks)
		tell_renamed(old, new, flags);
	return err;
}

static int rename_ends(struct end *old, struct end *new, unsigned int flags)
{
	int err;

	if (old->dir.mount != new->dir.mount)
		return -EXDEV;
	if (is_odd(old))
		return -EBUSY;
	if (is_odd(new))
		return flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	err = mount_want_write(old->dir.mount);
	if (err)
		return err;
	err = find(old);
	if (err)
		return err;
	err = old->d->vnode ? find(new) : -ENOENT;
	if (!err) {
		err = rename_dentries(old, new, flags);
		dentry_put(new->d);
	}
	dentry_put(old->d);
	return err;
}

static int parent_of(int dirfd, const char *path, struct end *e)
{
	return path_lookup_parent(dirfd, path, 0, &e->dir, &e->last, &e->len,
				  &e->slash);
}

/* As on Linux, what is wrong with the new path's text is found only after the
 * walk to the old one. */
static int rename_paths(int olddir, const char *oldpath, int newdir,
			const char *unew, unsigned int flags)
{
	struct path_arg newpath;
	struct end old, new;
	int err = parent_of(olddir, oldpath, &old);

	if (err)
		return err;
	err = path_arg_get(&newpath, unew, false);
	if (err)
		goto out;
	err = parent_of(newdir, newpath.s, &new);
	if (!err) {
		err = rename_ends(&old, &new, flags);
		path_put(&new.dir);
	}
	path_arg_put(&newpath);
out:
	path_put(&old.dir);
	return err;
}

long sys_renameat2(int olddir, const char *uold, int newdir, const char *unew,
		   unsigned int flags)
{
	struct path_arg old;
	long err;

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT))
		return -EINVAL;
	if ((flags & RENAME_EXCHANGE) &&
	    (flags & (RENAME_NOREPLACE | RENAME_WHITEOUT)))
		return -EINVAL;
	err = path_arg_get(&old, uold, false);
	if (err)
		return err;
	err = rename_paths(olddir, old.s, newdir, unew, flags);
	path_arg_put(&old);
	return err;
}

long sys_renameat(int olddir, const char *old, int newdir, const char *new)
{
	return sys_renameat2(olddir, old, newdir, new, 0);
}

long sys_rename(const char *old, const char *new)
{
	return sys_renameat2(AT_FDCWD, old, AT_FDCWD, new, 0);
}
