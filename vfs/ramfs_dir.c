/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs_dir.c: names of the memory filesystem. The dentries are the directory:
 * each name is a pinned dentry, and there is no lookup operation because what
 * is not in memory does not exist.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <linux/fs.h>
#include <linux/stat.h>
#include "ramfs.h"

/* A name came or went (n = +1, -1). */
static void dir_changed(struct vnode *dir, int n)
{
	dir->size += (uint64_t)(n * RAMFS_DIRENT_SIZE);
	vnode_touch(dir, ATTR_MTIME);
}

/* Put the new file v (takes the reference) under the name d. */
static int add_name(struct vnode *dir, struct dentry *d, struct vnode *v)
{
	if (is_err(v))
		return (int)ptr_err(v);
	vnode_inherit(v, dir);
	dentry_attach(d, v);
	dentry_pin(d);
	dir_changed(dir, 1);
	if (S_ISDIR(v->mode))
		dir->nlink++;
	return 0;
}

static int ramfs_mknod(struct vnode *dir, struct dentry *d, uint32_t mode,
		       uint64_t rdev)
{
	return add_name(dir, d, ramfs_vnode(dir->super, mode, rdev));
}

static int ramfs_create(struct vnode *dir, struct dentry *d, uint32_t mode)
{
	return ramfs_mknod(dir, d, S_IFREG | (mode & 07777), 0);
}

static int ramfs_mkdir(struct vnode *dir, struct dentry *d, uint32_t mode)
{
	return ramfs_mknod(dir, d, S_IFDIR | (mode & 07777), 0);
}

static int ramfs_symlink(struct vnode *dir, struct dentry *d, const char *to)
{
	return add_name(dir, d, ramfs_symlink_vnode(dir->super, to));
}

static int ramfs_link(struct vnode *dir, struct dentry *d, struct vnode *target)
{
	vnode_get(target);
	dentry_attach(d, target);
	dentry_pin(d);
	ramfs_links(target, 1);
	dir_changed(dir, 1);
	vnode_touch(target, ATTR_MODE);
	return 0;
}

static int ramfs_unlink(struct vnode *dir, struct dentry *d)
{
	struct vnode *v = d->vnode;

	ramfs_links(v, -1);
	vnode_touch(v, ATTR_MODE);
	dir_changed(dir, -1);
	dentry_drop(d);
	return 0;
}

static int ramfs_rmdir(struct vnode *dir, struct dentry *d)
{
	if (!dentry_empty(d))
		return -ENOTEMPTY;
	dir->nlink--;
	d->vnode->nlink--;
	return ramfs_unlink(dir, d);
}

static void move_link_count(struct vnode *from, struct vnode *to)
{
	from->nlink--;
	to->nlink++;
}

static int rename_exchange(struct vnode *from, struct dentry *d,
			   struct vnode *to, struct dentry *target)
{
	if (S_ISDIR(d->vnode->mode))
		move_link_count(from, to);
	if (S_ISDIR(target->vnode->mode))
		move_link_count(to, from);
	dentry_exchange(d, target);
	vnode_touch(d->vnode, ATTR_MODE);
	vnode_touch(target->vnode, ATTR_MODE);
	vnode_touch(from, ATTR_MTIME);
	vnode_touch(to, ATTR_MTIME);
	return 0;
}

/* What lies under the new name goes, as unlink and rmdir would have it. */
static void forget_target(struct vnode *to, struct vnode *gone)
{
	ramfs_links(gone, S_ISDIR(gone->mode) ? -2 : -1);
	if (S_ISDIR(gone->mode))
		to->nlink--;
	vnode_touch(gone, ATTR_MODE);
	to->size -= RAMFS_DIRENT_SIZE;
}

/* RENAME_WHITEOUT leaves a character device 0:0 under the old name. */
static int make_whiteout(struct vnode *dir, struct dentry *d,
			 struct dentry **out, struct vnode **v)
{
	*out = dentry_alloc(dir->super, d->parent, d->name, d->len);
	if (!*out)
		return -ENOMEM;
	*v = ramfs_vnode(dir->super, S_IFCHR, 0);
	if (is_err(*v)) {
		dentry_put(*out);
		*out = NULL;
		return (int)ptr_err(*v);
	}
	return 0;
}

static int ramfs_rename(struct vnode *from, struct dentry *d, struct vnode *to,
			struct dentry *target, unsigned int flags)
{
	struct vnode *gone = target->vnode, *white_v = NULL;
	struct dentry *white = NULL;
	int err = 0;

	if (flags & RENAME_EXCHANGE)
		return rename_exchange(from, d, to, target);
	if (gone && S_ISDIR(gone->mode) && !dentry_empty(target))
		return -ENOTEMPTY;
	if (flags & RENAME_WHITEOUT)
		err = make_whiteout(from, d, &white, &white_v);
	if (!err)
		err = dentry_move(d, target);
	if (err && white) {
		vnode_put(white_v);
		dentry_put(white);
	}
	if (err)
		return err;
	if (gone)
		forget_target(to, gone);
	if (S_ISDIR(d->vnode->mode))
		move_link_count(from, to);
	dir_changed(from, -1);
	dir_changed(to, 1);
	vnode_touch(d->vnode, ATTR_MODE);
	if (white) {
		add_name(from, white, white_v);
		dentry_put(white);
	}
	return 0;
}

static int ramfs_tmpfile(struct vnode *dir, uint32_t mode, struct vnode **out)
{
	struct vnode *v = ramfs_vnode(dir->super, S_IFREG | (mode & 07777), 0);

	if (is_err(v))
		return (int)ptr_err(v);
	vnode_inherit(v, dir);
	ramfs_links(v, -1);
	*out = v;
	return 0;
}

static ssize_t ramfs_readlink(struct vnode *v, char *buf, size_t size)
{
	size_t n = MIN(size, v->size);

	memcpy(buf, v->priv, n);
	return (ssize_t)n;
}

/* Where a large directory is read on: f->priv remembers, with a reference, the
 * entry that found no room, and is believed if it still stands right behind
 * *pos. */
static struct list *first_from(struct file *f, loff_t pos)
{
	struct list *children = &f->dentry->children, *l;
	struct dentry *hint = f->priv;

	if (hint && !hint->unlinked && hint->parent == f->dentry) {
		l = &hint->child_link;
		if (hint->cookie >= pos &&
		    (l->prev == children ||
		     list_entry(l->prev, struct dentry, child_link)->cookie <
			     pos))
			return l;
	}
	for (l = children->next; l != children; l = l->next)
		if (list_entry(l, struct dentry, child_link)->cookie >= pos)
			break;
	return l;
}

static void set_hint(struct file *f, struct dentry *d)
{
	struct dentry *old = f->priv;

	if (d)
		dentry_get(d);
	f->priv = d;
	if (old)
		dentry_put(old);
}

static int ramfs_readdir(struct file *f, loff_t *pos,
			 int (*emit)(void *, const char *, size_t, uint64_t,
				     unsigned char, loff_t),
			 void *arg)
{
	struct list *children = &f->dentry->children, *l;
	struct dentry *d = NULL;

	if (!dir_emit_dots(f, pos, emit, arg))
		return 0;
	for (l = first_from(f, *pos); l != children; l = l->next) {
		d = list_entry(l, struct dentry, child_link);
		if (emit(arg, d->name, d->len, d->vnode->ino,
			 (d->vnode->mode & S_IFMT) >> 12, d->cookie + 1))
			break;
		*pos = d->cookie + 1;
	}
	set_hint(f, l != children ? d : NULL);
	return 0;
}

static void ramfs_dir_release(struct file *f)
{
	set_hint(f, NULL);
}

static int ramfs_setattr(struct vnode *v, const struct kattr *a)
{
	int err = 0;

	if (a->mask & ATTR_SIZE)
		err = ramfs_truncate(v, a->size);
	if (!err && (a->mask & ~ATTR_SIZE))
		vnode_setattr_simple(v, a);
	return err;
}

const struct vnode_ops ramfs_dir_ops = {
	.create = ramfs_create,
	.mkdir = ramfs_mkdir,
	.mknod = ramfs_mknod,
	.symlink = ramfs_symlink,
	.link = ramfs_link,
	.unlink = ramfs_unlink,
	.rmdir = ramfs_rmdir,
	.rename = ramfs_rename,
	.tmpfile = ramfs_tmpfile,
	.evict = ramfs_evict,
};

const struct vnode_ops ramfs_reg_ops = {
	.setattr = ramfs_setattr,
	.evict = ramfs_evict,
};

const struct vnode_ops ramfs_lnk_ops = {
	.readlink = ramfs_readlink,
	.evict = ramfs_evict,
};

const struct vnode_ops ramfs_special_ops = {
	.evict = ramfs_evict,
};

static int no_fsync(struct file *f, bool data_only)
{
	return 0;
}

const struct file_ops ramfs_dir_file_ops = {
	.llseek = dir_llseek,
	.readdir = ramfs_readdir,
	.fsync = no_fsync,
	.release = ramfs_dir_release,
};
