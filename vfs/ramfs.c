/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs.c: instances of the memory filesystem. It is Linux's tmpfs(5) in all
 * that a program can see; "ramfs" and the root differ in name, magic number
 * and default size only.
 */
#include <posixen/lib.h>
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <linux/magic.h>
#include <linux/stat.h>
#include "ramfs.h"

/* Longer link targets take a page of the filesystem's space, as on Linux. */
#define SHORT_SYMLINK 128

bool ramfs_take_page(struct super *s)
{
	if (s->used_pages >= s->max_pages || !page_plenty(1))
		return false;
	s->used_pages++;
	return true;
}

void ramfs_give_pages(struct super *s, uint64_t n)
{
	s->used_pages -= n;
}

static const struct vnode_ops *ops_for(uint32_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return &ramfs_dir_ops;
	case S_IFREG:
		return &ramfs_reg_ops;
	case S_IFLNK:
		return &ramfs_lnk_ops;
	default:
		return &ramfs_special_ops;
	}
}

bool ramfs_is_regular(const struct vnode *v)
{
	return v->ops == &ramfs_reg_ops;
}

struct vnode *ramfs_vnode(struct super *s, uint32_t mode, uint64_t rdev)
{
	struct vnode *v;

	if (s->used_files >= s->max_files)
		return err_ptr(-ENOSPC);
	v = vnode_alloc(s, ops_for(mode), mode);
	if (!v)
		return err_ptr(-ENOMEM);
	s->used_files++;
	v->rdev = rdev;
	if (S_ISDIR(mode)) {
		v->file_ops = &ramfs_dir_file_ops;
		v->size = 2 * RAMFS_DIRENT_SIZE;
	} else if (S_ISREG(mode)) {
		v->file_ops = &ramfs_reg_file_ops;
		/* Only a memfd that asked for it can be sealed. */
		v->seals = F_SEAL_SEAL;
		v->priv = kzalloc(sizeof(struct ramfs_file));
		if (!v->priv) {
			vnode_put(v);
			return err_ptr(-ENOMEM);
		}
	}
	return v;
}

struct vnode *ramfs_symlink_vnode(struct super *s, const char *to)
{
	size_t len = strlen(to);
	struct vnode *v = ramfs_vnode(s, S_IFLNK | 0777, 0);

	if (is_err(v))
		return v;
	v->priv = kstrndup(to, len);
	if (!v->priv) {
		vnode_put(v);
		return err_ptr(-ENOMEM);
	}
	if (len >= SHORT_SYMLINK) {
		if (!ramfs_take_page(s)) {
			vnode_put(v);
			return err_ptr(-ENOSPC);
		}
		v->blocks = PAGE_SIZE / 512;
	}
	v->size = len;
	return v;
}

void ramfs_links(struct vnode *v, int n)
{
	bool had = v->nlink;

	v->nlink += (uint32_t)n;
	if (had && !v->nlink)
		v->super->removed++;
	else if (!had && v->nlink)
		v->super->removed--;
}

void ramfs_evict(struct vnode *v)
{
	if (!v->nlink)
		v->super->removed--;
	if (S_ISREG(v->mode) && v->priv) {
		ramfs_free_pages(v, 0, UINT64_MAX);
		assert(!v->blocks);
	}
	ramfs_give_pages(v->super, v->blocks / (PAGE_SIZE / 512));
	kfree(v->priv);
	v->super->used_files--;
}

/* size=N[KMG] or size=N%, nr_blocks, nr_inodes, mode, uid, gid: tmpfs(5). */
static int parse_size_option(const char *val, uint64_t *pages)
{
	size_t n = strlen(val);
	uint64_t x;

	if (n && val[n - 1] == '%') {
		const char *end;

		if (parse_u64(val, &x, &end) || *end != '%')
			return -EINVAL;
		*pages = page_total() * x / 100;
		return 0;
	}
	if (parse_size(val, &x))
		return -EINVAL;
	*pages = PAGE_UP(x) / PAGE_SIZE;
	return 0;
}

static int parse_octal(const char *s, uint32_t *val)
{
	*val = 0;
	if (!*s)
		return -EINVAL;
	for (; *s; s++) {
		if (*s < '0' || *s > '7')
			return -EINVAL;
		*val = *val * 8 + (uint32_t)(*s - '0');
	}
	return 0;
}

static int one_option(struct super *s, struct vnode *root, const char *name,
		      const char *val)
{
	uint64_t x;
	int err;

	if (!strcmp(name, "size"))
		return parse_size_option(val, &s->max_pages);
	if (!strcmp(name, "nr_blocks"))
		return parse_size(val, &s->max_pages);
	if (!strcmp(name, "nr_inodes"))
		return parse_size(val, &s->max_files);
	if (!strcmp(name, "mode")) {
		uint32_t mode;

		err = parse_octal(val, &mode);
		if (!err && root)
			root->mode = S_IFDIR | (mode & 07777);
		return err;
	}
	err = parse_u64(val, &x, NULL);
	if (err)
		return err;
	if (!strcmp(name, "uid") && root)
		root->uid = (uint32_t)x;
	else if (!strcmp(name, "gid") && root)
		root->gid = (uint32_t)x;
	else if (strcmp(name, "uid") && strcmp(name, "gid"))
		return -EINVAL;
	return 0;
}

/* root NULL: a remount, which cannot change the root's attributes. A limit of
 * 0 means none. */
int ramfs_options(struct super *s, struct vnode *root, const char *options)
{
	char *copy, *p, *next;
	int err = 0;

	if (!options || !*options)
		return 0;
	copy = kstrdup(options);
	if (!copy)
		return -ENOMEM;
	for (p = copy; p && !err; p = next) {
		char *val = strchr(p, '=');

		next = strchr(p, ',');
		if (val && next && val > next)
			val = NULL;
		if (next)
			*next++ = '\0';
		if (val)
			*val++ = '\0';
		if (*p)
			err = one_option(s, root, p, val ? val : "");
	}
	kfree(copy);
	if (!s->max_pages)
		s->max_pages = UINT64_MAX;
	if (!s->max_files)
		s->max_files = UINT64_MAX;
	return err;
}

/* Half of memory, like tmpfs; the root may have all that the kernel does not
 * need, which page_plenty() watches over. */
static void default_limits(struct super *s)
{
	uint64_t half = page_total() / 2;

	s->max_pages = half;
	s->max_files = half;
	if (s->type != &tmpfs_type)
		s->max_pages = s->max_files = page_total();
}

static int ramfs_mount(const struct fs_type *t, const char *source,
		       const char *options, struct super **out)
{
	struct super *s = kzalloc(sizeof(*s));
	struct vnode *root;
	int err;

	if (!s)
		return -ENOMEM;
	s->type = t;
	s->magic = t == &tmpfs_type ? TMPFS_MAGIC : RAMFS_MAGIC;
	s->blksize = PAGE_SIZE;
	default_limits(s);
	root = ramfs_vnode(s, S_IFDIR | (t == &tmpfs_type ? 01777 : 0755), 0);
	if (is_err(root)) {
		kfree(s);
		return (int)ptr_err(root);
	}
	err = ramfs_options(s, root, options);
	s->root = err ? NULL : dentry_alloc(s, NULL, "/", 1);
	if (!s->root) {
		vnode_put(root);
		kfree(s);
		return err ? err : -ENOMEM;
	}
	dentry_attach(s->root, root);
	*out = s;
	return 0;
}

/* Nothing of it is in use any more: take away the names, leaves first. */
static void ramfs_unmount(struct super *s)
{
	struct dentry *d = s->root;

	while (d) {
		struct dentry *parent = d->parent;

		if (!list_empty(&d->children)) {
			d = list_first(&d->children, struct dentry, child_link);
			continue;
		}
		if (d == s->root)
			break;
		dentry_drop(d);
		d = parent;
	}
	dentry_put(s->root);
	assert(!s->used_files);
	kfree(s);
}

const struct fs_type ramfs_type = {
	.name = "ramfs",
	.nodev = true,
	.mount = ramfs_mount,
	.unmount = ramfs_unmount,
};

const struct fs_type tmpfs_type = {
	.name = "tmpfs",
	.nodev = true,
	.mount = ramfs_mount,
	.unmount = ramfs_unmount,
};

const struct fs_type rootfs_type = {
	.name = "rootfs",
	.nodev = true,
	.mount = ramfs_mount,
	.unmount = ramfs_unmount,
};
