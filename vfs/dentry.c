/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dentry.c: names in directories.
 *
 * Rules. A dentry holds a reference on its parent for as long as it lives. A
 * positive dentry that has not been unlinked is in the hash table and in its
 * parent's list of children, which is ordered by cookie; a negative one is
 * only in its user's hands. Memory filesystems pin their dentries: the pin is
 * one reference, given up when the name goes.
 *
 * Nothing here blocks, so the kernel context alone guards the table.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "internal.h"
#include "notify.h"

#define FIRST_BUCKETS 64

static struct dentry *first_table[FIRST_BUCKETS];
static struct dentry **table = first_table;
static size_t buckets = FIRST_BUCKETS;
static size_t hashed;

/* Cookies 0 to 2 are the start of a directory, "." and "..". One counter for
 * all directories: a position never comes back to mean another name. */
static loff_t next_cookie = 3;

static uint32_t name_hash(const struct dentry *parent, const char *name,
			  size_t len)
{
	uint64_t h = (uintptr_t)parent >> 4;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)name[i]) * 0x100000001b3ULL;
	h ^= h >> 29;
	return (uint32_t)(h ^ (h >> 32));
}

/* Twice as many buckets once there are more names than buckets. Without the
 * memory for it the chains just grow longer. */
static void grow_table(void)
{
	size_t n = buckets * 2;
	struct dentry **t = kzalloc(n * sizeof(*t));

	if (!t)
		return;
	for (size_t i = 0; i < buckets; i++) {
		struct dentry *d = table[i], *next;

		for (; d; d = next) {
			next = d->hash_next;
			d->hash_next = t[d->hash & (n - 1)];
			t[d->hash & (n - 1)] = d;
		}
	}
	if (table != first_table)
		kfree(table);
	table = t;
	buckets = n;
}

static void hash_add(struct dentry *d)
{
	d->hash = name_hash(d->parent, d->name, d->len);
	if (hashed >= buckets)
		grow_table();
	d->hash_next = table[d->hash & (buckets - 1)];
	table[d->hash & (buckets - 1)] = d;
	hashed++;
}

static void hash_del(struct dentry *d)
{
	struct dentry **p = &table[d->hash & (buckets - 1)];

	while (*p != d) {
		assert(*p);
		p = &(*p)->hash_next;
	}
	*p = d->hash_next;
	d->hash_next = NULL;
	hashed--;
}

static bool is_linked(const struct dentry *d)
{
	return !list_empty(&d->child_link);
}

static void link_child(struct dentry *d)
{
	d->cookie = next_cookie++;
	list_append(&d->parent->children, &d->child_link);
	hash_add(d);
}

static void unlink_child(struct dentry *d)
{
	list_del(&d->child_link);
	hash_del(d);
}

struct dentry *dentry_alloc(struct super *s, struct dentry *parent,
			    const char *name, size_t len)
{
	struct dentry *d = kzalloc(sizeof(*d));

	if (!d)
		return NULL;
	d->name = kstrndup(name, len);
	if (!d->name) {
		kfree(d);
		return NULL;
	}
	d->len = (uint16_t)len;
	d->super = s;
	d->refs = 1;
	list_init(&d->child_link);
	list_init(&d->children);
	d->parent = parent ? parent : d;
	if (parent)
		dentry_get(parent);
	return d;
}

void dentry_attach(struct dentry *d, struct vnode *v)
{
	assert(!d->vnode);
	d->vnode = v;
	if (d->parent != d && !is_linked(d))
		link_child(d);
}

struct dentry *dentry_nameless(struct dentry *dir, struct vnode *v)
{
	char name[24];
	int len = snprintf(name, sizeof(name), "#%lu", v->ino);
	struct dentry *d = dentry_alloc(v->super, dir, name, (size_t)len);

	if (!d)
		return NULL;
	d->vnode = v;
	d->unlinked = true;
	return d;
}

void dentry_get(struct dentry *d)
{
	d->refs++;
}

void dentry_put(struct dentry *d)
{
	while (d) {
		struct dentry *parent = d->parent != d ? d->parent : NULL;

		assert(d->refs);
		if (--d->refs)
			return;
		if (is_linked(d))
			unlink_child(d);
		if (d->vnode) {
			notify_gone(d->vnode);
			vnode_put(d->vnode);
		}
		kfree(d->name);
		kfree(d);
		d = parent;
	}
}

void dentry_pin(struct dentry *d)
{
	if (!d->pinned) {
		d->pinned = true;
		d->refs++;
	}
}

void dentry_drop(struct dentry *d)
{
	d->unlinked = true;
	if (is_linked(d))
		unlink_child(d);
	if (d->pinned) {
		d->pinned = false;
		dentry_put(d);
	}
}

struct dentry *dentry_find(struct dentry *dir, const char *name, size_t len)
{
	uint32_t h = name_hash(dir, name, len);
	struct dentry *d = table[h & (buckets - 1)];

	for (; d; d = d->hash_next)
		if (d->hash == h && d->parent == dir && d->len == len &&
		    !memcmp(d->name, name, len))
			return d;
	return NULL;
}

/* A name that its filesystem no longer knows leaves the tree; who holds it
 * keeps a deleted file. */
static bool still_valid(struct dentry *d)
{
	const struct vnode_ops *ops = d->parent->vnode->ops;

	if (d->mountpoint || !ops->revalidate || ops->revalidate(d))
		return true;
	dentry_drop(d);
	return false;
}

struct dentry *dentry_child(struct dentry *dir, const char *name, size_t len)
{
	struct vnode *v = dir->vnode;
	struct dentry *d;
	int err;

	/* Nothing is in a directory that is gone, nor can be. */
	if (dir->unlinked)
		return err_ptr(-ENOENT);
	if (len > NAME_MAX)
		return err_ptr(-ENAMETOOLONG);
	d = dentry_find(dir, name, len);
	if (d && still_valid(d)) {
		dentry_get(d);
		return d;
	}
	d = dentry_alloc(dir->super, dir, name, len);
	if (!d)
		return err_ptr(-ENOMEM);
	err = v->ops->lookup ? v->ops->lookup(v, d) : 0;
	if (err) {
		dentry_put(d);
		return err_ptr(err);
	}
	return d;
}

/*
 * An overwritten file may still be open and goes on by its old name, so d gets
 * a copy; an unused negative dentry can give up its own.
 */
int dentry_move(struct dentry *d, struct dentry *target)
{
	struct dentry *old = d->parent;
	char *name = target->name;

	if (target->vnode)
		name = kstrndup(target->name, target->len);
	if (!name)
		return -ENOMEM;
	unlink_child(d);
	if (is_linked(target)) {
		target->unlinked = true;
		unlink_child(target);
	}
	if (!target->vnode) {
		target->name = d->name;
		d->name = NULL;
	}
	kfree(d->name);
	d->name = name;
	d->len = target->len;
	d->parent = target->parent;
	dentry_get(d->parent);
	link_child(d);
	dentry_put(old);
	if (target->pinned) {
		target->pinned = false;
		dentry_put(target);
	}
	return 0;
}

void dentry_exchange(struct dentry *a, struct dentry *b)
{
	struct dentry *parent = a->parent;
	char *name = a->name;
	uint16_t len = a->len;

	unlink_child(a);
	unlink_child(b);
	a->name = b->name;
	a->len = b->len;
	a->parent = b->parent;
	b->name = name;
	b->len = len;
	b->parent = parent;
	link_child(a);
	link_child(b);
}

bool dentry_is_ancestor(const struct dentry *a, const struct dentry *d)
{
	for (;; d = d->parent) {
		if (d == a)
			return true;
		if (d->parent == d)
			return false;
	}
}

bool dentry_empty(const struct dentry *d)
{
	return list_empty(&d->children);
}
