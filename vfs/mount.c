/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount.c: filesystem types, their instances, and where these are mounted.
 *
 * A mount holds a reference on its super, its root and the path it covers;
 * being in mount_list is one reference on it, every path in use another.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <linux/stat.h>
#include "internal.h"
#include "mount.h"
#include "special.h"

#define MAX_FS_TYPES 16

static const struct fs_type *fs_types[MAX_FS_TYPES];
static unsigned int nr_fs_types;
static unsigned int next_minor = 20;
static int next_mount_id = 20;

struct list mount_list = LIST_INIT(mount_list);

void fs_register(const struct fs_type *t)
{
	assert(nr_fs_types < MAX_FS_TYPES);
	fs_types[nr_fs_types++] = t;
}

int fs_type_each(int (*fn)(void *arg, const struct fs_type *t), void *arg)
{
	int err = 0;

	for (unsigned int i = 0; !err && i < nr_fs_types; i++)
		err = fn(arg, fs_types[i]);
	return err;
}

const struct fs_type *fs_type_find(const char *name)
{
	for (unsigned int i = 0; i < nr_fs_types; i++)
		if (!strcmp(fs_types[i]->name, name))
			return fs_types[i];
	return NULL;
}

/* Linux numbers filesystems without a device the same way: major 0. */
uint64_t super_next_dev(void)
{
	return makedev(0, next_minor++);
}

int super_create(const struct fs_type *t, const char *source,
		 const char *options, struct super **out)
{
	int err = t->mount(t, source, options, out);

	if (err)
		return err;
	(*out)->refs = 1;
	if (!(*out)->dev)
		(*out)->dev = super_next_dev();
	return 0;
}

void super_put(struct super *s)
{
	if (!--s->refs && s->type->unmount)
		s->type->unmount(s);
}

void mount_get(struct mount *m)
{
	m->refs++;
}

void mount_put(struct mount *m)
{
	while (m) {
		struct mount *parent = m->parent;

		assert(m->refs);
		if (--m->refs)
			return;
		dentry_put(m->root);
		if (m->mountpoint)
			dentry_put(m->mountpoint);
		super_put(m->super);
		kfree(m->source);
		kfree(m);
		m = parent;
	}
}

static struct mount *mounted_at(const struct path *p)
{
	list_for_each (l, &mount_list) {
		struct mount *m = list_entry(l, struct mount, link);

		if (m->parent == p->mount && m->mountpoint == p->dentry)
			return m;
	}
	return NULL;
}

/* The covered directory keeps its mark while any mount lies on it, from
 * whichever bind mount it is seen. */
static bool still_covered(const struct dentry *d)
{
	list_for_each (l, &mount_list)
		if (list_entry(l, struct mount, link)->mountpoint == d)
			return true;
	return false;
}

bool path_cross(struct path *p)
{
	bool crossed = false;
	struct mount *m;

	while (p->dentry->mountpoint && (m = mounted_at(p))) {
		struct path root = {m, m->root};

		path_get(&root);
		path_put(p);
		*p = root;
		crossed = true;
	}
	return crossed;
}

void path_up(struct path *p, const struct path *root)
{
	struct path up = *p;

	while (up.dentry == up.mount->root) {
		if (up.mount == root->mount && up.dentry == root->dentry)
			return;
		if (!up.mount->parent)
			return;
		up.dentry = up.mount->mountpoint;
		up.mount = up.mount->parent;
	}
	if (up.mount == root->mount && up.dentry == root->dentry)
		return;
	up.dentry = up.dentry->parent;
	path_get(&up);
	path_put(p);
	*p = up;
	path_cross(p);
}

/* A mount of s with its own reference to root; at is where it will lie. */
static struct mount *mount_alloc(struct super *s, struct dentry *root,
				 const char *source, unsigned int flags)
{
	struct mount *m = kzalloc(sizeof(*m));

	if (!m)
		return NULL;
	m->source = kstrdup(source ? source : "none");
	if (!m->source) {
		kfree(m);
		return NULL;
	}
	m->super = s;
	m->root = root;
	m->flags = flags;
	m->id = next_mount_id++;
	m->refs = 1;
	s->refs++;
	dentry_get(root);
	return m;
}

static void mount_attach(struct mount *m, const struct path *at)
{
	if (at) {
		path_get(at);
		m->parent = at->mount;
		m->mountpoint = at->dentry;
		at->dentry->mountpoint = true;
	}
	list_append(&mount_list, &m->link);
}

int mount_new(const struct fs_type *t, const char *source,
	      const struct path *at, unsigned int flags, const char *options)
{
	struct super *s;
	struct mount *m;
	int err = super_create(t, source, options, &s);

	if (err)
		return err;
	m = mount_alloc(s, s->root, source, flags);
	super_put(s);
	if (!m)
		return -ENOMEM;
	mount_attach(m, at);
	return 0;
}

int mount_bind(const struct path *from, const struct path *at)
{
	struct mount *m;

	if (S_ISDIR(from->dentry->vnode->mode) !=
	    S_ISDIR(at->dentry->vnode->mode))
		return -ENOTDIR;
	m = mount_alloc(from->mount->super, from->dentry, from->mount->source,
			from->mount->flags);
	if (!m)
		return -ENOMEM;
	mount_attach(m, at);
	return 0;
}

static bool has_submounts(const struct mount *m)
{
	list_for_each (l, &mount_list)
		if (list_entry(l, struct mount, link)->parent == m)
			return true;
	return false;
}

/* held: references that the caller has itself. */
int mount_detach(struct mount *m, bool lazy, unsigned int held)
{
	if (!m->parent)
		return -EINVAL;
	if (!lazy && (has_submounts(m) || m->refs > 1 + held))
		return -EBUSY;
	list_del(&m->link);
	m->mountpoint->mountpoint = still_covered(m->mountpoint);
	mount_put(m);
	return 0;
}

int vfs_mount(const char *source, const char *target, const char *type,
	      unsigned int flags, const char *options)
{
	const struct fs_type *t = fs_type_find(type);
	struct path at;
	int err;

	if (!t)
		return -ENODEV;
	if (list_empty(&mount_list))
		return mount_new(t, source, NULL, flags, options);
	err = path_lookup(AT_FDCWD, target, WALK_FOLLOW | WALK_DIRECTORY, &at);
	if (err)
		return err;
	err = mount_new(t, source, &at, flags, options);
	path_put(&at);
	return err;
}
