/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devpts.c: the filesystem "devpts": a directory whose names 0, 1, 2 ... are
 * the slaves of pseudo-terminals whose master is open, and ptmx, which makes
 * one. Each mount is an instance with numbers of its own, as on Linux since
 * 4.7. Mounted on /dev/pts with the options that distributions give it.
 *
 * Images without this have neither /dev/ptmx nor /dev/pts. What requires it is
 * libc's openpty(3), posix_openpt(3) and kin by way of px_pty, and syscall(2)
 * with a variable number: a path cannot be seen at link time.
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/stat.h>
#include "internal.h"
#include "pty.h"
#include "special.h"

#define PTMX_INO    2
#define FIRST_INO   3	 /* of 0, as Linux numbers them */
#define PTY_MAX	    4096 /* of an instance; pty(7), kernel.pty.max */
#define SLAVE_MAJOR 136

/* An instance: super.priv. */
struct devpts {
	bool has_uid, has_gid;
	uint32_t uid, gid, mode, ptmx_mode;
	uint64_t max;
	uint64_t used[PTY_MAX / 64];
};

static int ptmx_node_open(struct vnode *v, struct file *f)
{
	return pty_master_open(f);
}

/* The node's master may be gone while somebody still holds its path. */
static int slave_node_open(struct vnode *v, struct file *f)
{
	return v->priv ? pty_slave_open(v->priv, f) : -EIO;
}

static const struct vnode_ops dir_vnode_ops = {};
static const struct vnode_ops ptmx_vnode_ops = {.open = ptmx_node_open};
static const struct vnode_ops slave_vnode_ops = {.open = slave_node_open};

static int parse_mode(const char *s, uint32_t *mode)
{
	uint32_t val = 0;

	if (!*s)
		return -EINVAL;
	for (; *s; s++) {
		if (*s < '0' || *s > '7')
			return -EINVAL;
		val = val * 8 + (uint32_t)(*s - '0');
	}
	*mode = val & 07777;
	return 0;
}

static int one_option(struct devpts *o, const char *name, const char *val)
{
	uint64_t x;

	if (!strcmp(name, "newinstance"))
		return *val ? -EINVAL : 0;
	if (!strcmp(name, "mode"))
		return parse_mode(val, &o->mode);
	if (!strcmp(name, "ptmxmode"))
		return parse_mode(val, &o->ptmx_mode);
	if (parse_u64(val, &x, NULL))
		return -EINVAL;
	if (!strcmp(name, "uid")) {
		o->has_uid = true;
		o->uid = (uint32_t)x;
	} else if (!strcmp(name, "gid")) {
		o->has_gid = true;
		o->gid = (uint32_t)x;
	} else if (!strcmp(name, "max") && x <= 1 << 20) {
		o->max = MIN(x, (uint64_t)PTY_MAX);
	} else {
		return -EINVAL;
	}
	return 0;
}

static int parse_options(struct devpts *o, const char *options)
{
	char *copy, *p, *next, *val;
	int err = 0;

	if (!options || !*options)
		return 0;
	copy = kstrdup(options);
	if (!copy)
		return -ENOMEM;
	for (p = copy; p && !err; p = next) {
		next = strchr(p, ',');
		if (next)
			*next++ = '\0';
		val = strchr(p, '=');
		if (val)
			*val++ = '\0';
		if (*p)
			err = one_option(o, p, val ? val : "");
	}
	kfree(copy);
	return err;
}

/* Make a device node in the root of s. A reference in *out, or none if NULL. */
static int add_node(struct super *s, const char *name, struct vnode *v,
		    struct dentry **out)
{
	struct dentry *d = dentry_child(s->root, name, strlen(name));

	if (is_err(d)) {
		vnode_put(v);
		return (int)ptr_err(d);
	}
	dentry_attach(d, v);
	dentry_pin(d);
	vnode_touch(s->root->vnode, ATTR_MTIME);
	if (out)
		*out = d;
	else
		dentry_put(d);
	return 0;
}

static int add_ptmx(struct super *s, uint32_t mode)
{
	struct vnode *v = vnode_alloc(s, &ptmx_vnode_ops, S_IFCHR | mode);

	if (!v)
		return -ENOMEM;
	v->rdev = makedev(5, 2);
	v->ino = PTMX_INO;
	return add_node(s, "ptmx", v, NULL);
}

static int fill(struct super *s, const char *options)
{
	struct devpts *o = s->priv;
	struct vnode *root;
	int err;

	o->mode = 0600;
	o->max = PTY_MAX;
	err = parse_options(o, options);
	if (err)
		return err;
	root = vnode_alloc(s, &dir_vnode_ops, S_IFDIR | 0755);
	if (!root)
		return -ENOMEM;
	root->file_ops = &ramfs_dir_file_ops;
	root->ino = 1;
	root->nlink = 2;
	s->root = dentry_alloc(s, NULL, "/", 1);
	if (!s->root) {
		vnode_put(root);
		return -ENOMEM;
	}
	dentry_attach(s->root, root);
	err = add_ptmx(s, o->ptmx_mode);
	if (err)
		dentry_put(s->root);
	return err;
}

static int devpts_mount(const struct fs_type *t, const char *source,
			const char *options, struct super **out)
{
	struct super *s = kzalloc(sizeof(*s));
	int err;

	if (!s)
		return -ENOMEM;
	s->type = t;
	s->magic = DEVPTS_SUPER_MAGIC;
	s->blksize = 1024;
	s->priv = kzalloc(sizeof(struct devpts));
	err = s->priv ? fill(s, options) : -ENOMEM;
	if (err) {
		kfree(s->priv);
		kfree(s);
		return err;
	}
	*out = s;
	return 0;
}

/* No pair is left: each holds the mount. */
static void devpts_unmount(struct super *s)
{
	struct dentry *ptmx = dentry_find(s->root, "ptmx", 4);

	if (ptmx)
		dentry_drop(ptmx);
	dentry_put(s->root);
	kfree(s->priv);
	kfree(s);
}

static const struct fs_type devpts_type = {
	.name = "devpts",
	.nodev = true,
	.mount = devpts_mount,
	.unmount = devpts_unmount,
};

/* The instance that a ptmx node belongs to: its own, or the one on "pts"
 * beside it. References in *root. */
static int find_instance(struct file *f, struct path *root)
{
	struct dentry *pts;

	root->mount = f->mount;
	root->dentry = f->dentry->parent;
	path_get(root);
	if (f->mount->super->type == &devpts_type)
		return 0;
	pts = dentry_child(root->dentry, "pts", 3);
	if (is_err(pts)) {
		path_put(root);
		return (int)ptr_err(pts);
	}
	dentry_put(root->dentry);
	root->dentry = pts;
	if (pts->vnode)
		path_cross(root);
	if (pts->vnode && root->mount->super->type == &devpts_type)
		return 0;
	path_put(root);
	return -ENODEV;
}

static int take_index(struct devpts *o, unsigned int *index)
{
	for (unsigned int i = 0; i < o->max; i++) {
		if (o->used[i / 64] >> (i % 64) & 1)
			continue;
		o->used[i / 64] |= 1ULL << (i % 64);
		*index = i;
		return 0;
	}
	return -ENOSPC;
}

static void give_index(struct devpts *o, unsigned int i)
{
	o->used[i / 64] &= ~(1ULL << (i % 64));
}

static int add_slave(struct super *s, struct pty *p)
{
	const struct devpts *o = s->priv;
	const struct cred *c = fs_cred();
	struct vnode *v = vnode_alloc(s, &slave_vnode_ops, S_IFCHR | o->mode);
	char name[12];

	if (!v)
		return -ENOMEM;
	v->uid = o->has_uid ? o->uid : c->fsuid;
	v->gid = o->has_gid ? o->gid : c->fsgid;
	v->rdev = makedev(SLAVE_MAJOR + p->index / 256, p->index % 256);
	v->ino = FIRST_INO + p->index;
	v->priv = p;
	snprintf(name, sizeof(name), "%u", p->index);
	return add_node(s, name, v, &p->name);
}

int devpts_add(struct file *f, struct pty *p)
{
	struct path root;
	struct devpts *o;
	int err = find_instance(f, &root);

	if (err)
		return err;
	o = root.mount->super->priv;
	err = take_index(o, &p->index);
	if (!err) {
		err = add_slave(root.mount->super, p);
		if (err)
			give_index(o, p->index);
	}
	if (err) {
		path_put(&root);
		return err;
	}
	p->mount = root.mount; /* keeps that reference */
	dentry_put(root.dentry);
	return 0;
}

void devpts_remove(struct pty *p)
{
	struct dentry *d = p->name;

	d->vnode->priv = NULL;
	d->vnode->nlink = 0;
	dentry_drop(d);
	vnode_touch(p->mount->super->root->vnode, ATTR_MTIME);
	give_index(p->mount->super->priv, p->index);
	dentry_put(d);
	mount_put(p->mount);
	p->name = NULL;
	p->mount = NULL;
}

static struct chardev ptmx = {
	.name = "ptmx",
	.mode = 0666,
	.open = pty_master_open,
};

/* Best effort: a program's own /dev may be of another kind. */
static void mount_dev(void)
{
	struct dentry *d;
	struct path dev;
	int err;

	if (path_lookup(AT_FDCWD, "/dev", WALK_FOLLOW | WALK_DIRECTORY, &dev))
		return;
	d = dentry_child(dev.dentry, "ptmx", 4);
	if (!is_err(d)) {
		if (!d->vnode)
			vfs_mknod(&dev, d, S_IFCHR | ptmx.mode, ptmx.rdev);
		dentry_put(d);
	}
	d = dentry_child(dev.dentry, "pts", 3);
	if (!is_err(d)) {
		err = d->vnode ? 0 : vfs_mknod(&dev, d, S_IFDIR | 0755, 0);
		dentry_put(d);
		if (!err)
			vfs_mount("devpts", "/dev/pts", "devpts",
				  MS_NOSUID | MS_NOEXEC,
				  "gid=5,mode=620,ptmxmode=000");
	}
	path_put(&dev);
}

static int start(void)
{
	ptmx.rdev = makedev(5, 2);
	chardev_register(&ptmx);
	fs_register(&devpts_type);
	mount_dev();
	return 0;
}

SUBSYSTEM(pty, .name = "pseudo-terminals", .start = start);

/* For references from outside, which cannot see the row (compat/musl). */
extern const struct subsystem *const px_pty;
const struct subsystem *const px_pty = &subsystem_pty;
