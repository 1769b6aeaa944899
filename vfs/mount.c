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
#include "notify.h"
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
static uint64_t next_dev(void)
{
	return makedev(0, next_minor++);
}

static int super_create(const struct fs_type *t, const char *source,
			const char *options, struct super **out)
{
	int err = t->mount(t, source, options, out);

	if (err)
		return err;
	(*out)->refs++; /* not the first if t has one instance only */
	if (!(*out)->dev)
		(*out)->dev = next_dev();
	return 0;
}

static void super_put(struct super *s)
{
	if (--s->refs)
		return;
	if (notify_hooks)
		notify_hooks->unmount(s);
	if (s->type->unmount)
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

/* One step up from *p; false at root and at the top of everything. */
static bool step_up(struct path *p, const struct path *root)
{
	for (;;) {
		if (p->mount == root->mount && p->dentry == root->dentry)
			return false;
		if (p->dentry != p->mount->root)
			break;
		if (!p->mount->parent)
			return false;
		p->dentry = p->mount->mountpoint;
		p->mount = p->mount->parent;
	}
	p->dentry = p->dentry->parent;
	return true;
}

/* At the root ".." stays, but finds what was mounted over it meanwhile. */
bool path_up(struct path *p, const struct path *root)
{
	struct path up = *p;
	bool moved = step_up(&up, root);

	if (moved) {
		path_get(&up);
		path_put(p);
		*p = up;
	}
	path_cross(p);
	return moved;
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

/* Always on top of what lies there already. */
static void mount_attach(struct mount *m, const struct path *at)
{
	if (at) {
		struct path top = *at;

		path_get(&top);
		path_cross(&top);
		m->parent = top.mount;
		m->mountpoint = top.dentry;
		top.dentry->mountpoint = true;
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
	if (m)
		s->readonly = flags & MS_RDONLY;
	super_put(s);
	if (!m)
		return -ENOMEM;
	mount_attach(m, at);
	return 0;
}

int mount_hidden(const struct fs_type *t, struct mount **out)
{
	struct mount *m = kzalloc(sizeof(*m));
	int err;

	if (!m)
		return -ENOMEM;
	err = super_create(t, NULL, NULL, &m->super);
	if (err) {
		kfree(m);
		return err;
	}
	m->root = m->super->root;
	m->refs = 1;
	list_init(&m->link);
	*out = m;
	return 0;
}

int mount_bind(const struct path *from, const struct path *at)
{
	struct mount *m;

	if (S_ISDIR(from->dentry->vnode->mode) !=
	    S_ISDIR(at->dentry->vnode->mode))
		return -ENOTDIR;
	if (from->dentry->unlinked)
		return -ENOENT;
	m = mount_alloc(from->mount->super, from->dentry, from->mount->source,
			from->mount->flags);
	if (!m)
		return -ENOMEM;
	mount_attach(m, at);
	return 0;
}

bool mount_attached(const struct mount *m)
{
	return !list_empty(&m->link);
}

static struct mount *child_of(const struct mount *m)
{
	list_for_each (l, &mount_list) {
		struct mount *c = list_entry(l, struct mount, link);

		if (c->parent == m)
			return c;
	}
	return NULL;
}

/* Out of the tree. Who is still inside finds nothing above its root. */
static void disconnect(struct mount *m)
{
	struct path at = {m->parent, m->mountpoint};

	list_del(&m->link);
	m->parent = NULL;
	m->mountpoint = NULL;
	at.dentry->mountpoint = still_covered(at.dentry);
	path_put(&at);
	mount_put(m);
}

/* held: references that the caller has itself. Lazily, all that is mounted
 * below goes as well. */
int mount_detach(struct mount *m, bool lazy, unsigned int held)
{
	struct mount *leaf, *c;

	if (!m->parent)
		return -EINVAL;
	if (!lazy && (child_of(m) || m->refs > 1 + held))
		return -EBUSY;
	do {
		for (leaf = m; (c = child_of(leaf)); leaf = c)
			;
		disconnect(leaf);
	} while (leaf != m);
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
