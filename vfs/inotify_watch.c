/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify_watch.c: who watches which file, and the hooks that are called when
 * something happens to one. See inotify.h.
 *
 * One table for all instances, by vnode. A chain may change while an event is
 * told only in that the watch that was just told ends (IN_ONESHOT).
 */
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <linux/stat.h>
#include "inotify.h"
#include "internal.h"
#include "notify.h"
#include "special.h"

#define MAX_WATCHES   65536u /* proc(5): fs.inotify.max_user_watches */
#define FIRST_BUCKETS 64u

static struct inotify_watch *first_table[FIRST_BUCKETS];
static struct inotify_watch **table = first_table;
static unsigned int buckets = FIRST_BUCKETS;
static unsigned int nr_watches;

static struct inotify_watch **bucket(const struct vnode *v)
{
	uint64_t h = ((uintptr_t)v >> 4) * 0x9e3779b97f4a7c15ULL;

	return &table[(h >> 32) & (buckets - 1)];
}

/* Without the memory for it the chains just grow longer. */
static void grow(void)
{
	struct inotify_watch **was = table;
	unsigned int old = buckets;
	struct inotify_watch **t = kzalloc(2 * old * sizeof(*t));

	if (!t)
		return;
	table = t;
	buckets = 2 * old;
	for (unsigned int i = 0; i < old; i++) {
		while (was[i]) {
			struct inotify_watch *w = was[i];

			was[i] = w->next;
			w->next = *bucket(w->vnode);
			*bucket(w->vnode) = w;
		}
	}
	if (was != first_table)
		kfree(was);
}

static struct inotify_watch *find_vnode(const struct inotify *in,
					const struct vnode *v)
{
	struct inotify_watch *w = *bucket(v);

	while (w && (w->vnode != v || w->instance != in))
		w = w->next;
	return w;
}

struct inotify_watch *inotify_find(struct inotify *in, int wd)
{
	list_for_each (pos, &in->watches) {
		struct inotify_watch *w =
			list_entry(pos, struct inotify_watch, link);

		if (w->wd == wd)
			return w;
	}
	return NULL;
}

/* As on Linux numbers are not used again. */
static int add(struct inotify *in, struct vnode *v, uint32_t mask)
{
	struct inotify_watch *w;

	if (nr_watches >= MAX_WATCHES || in->last_wd == INT32_MAX)
		return -ENOSPC;
	w = kzalloc(sizeof(*w));
	if (!w)
		return -ENOMEM;
	if (nr_watches++ >= buckets)
		grow();
	vnode_get(v);
	w->vnode = v;
	w->instance = in;
	w->mask = mask;
	w->wd = ++in->last_wd;
	w->next = *bucket(v);
	*bucket(v) = w;
	list_append(&in->watches, &w->link);
	return w->wd;
}

int inotify_watch(struct inotify *in, struct vnode *v, uint32_t arg)
{
	struct inotify_watch *w = find_vnode(in, v);
	uint32_t mask = arg & (IN_ALL_EVENTS | IN_ONESHOT | IN_EXCL_UNLINK);

	if (!w)
		return add(in, v, mask);
	if (arg & IN_MASK_CREATE)
		return -EEXIST;
	w->mask = arg & IN_MASK_ADD ? w->mask | mask : mask;
	return w->wd;
}

void inotify_unwatch(struct inotify_watch *w)
{
	struct inotify_watch **at = bucket(w->vnode);

	while (*at != w) {
		assert(*at);
		at = &(*at)->next;
	}
	*at = w->next;
	list_del(&w->link);
	nr_watches--;
	inotify_queue(w->instance, w->wd, IN_IGNORED, 0, NULL);
	vnode_put(w->vnode);
	kfree(w);
}

/* Tell who watches v: the caller holds a reference on it. unlinked: the event
 * came by a name that is gone. */
static void tell(struct vnode *v, uint32_t mask, uint32_t cookie,
		 const char *name, bool unlinked)
{
	struct inotify_watch *w = *bucket(v), *next;

	for (; w; w = next) {
		next = w->next;
		if (w->vnode != v || !(w->mask & mask & IN_ALL_EVENTS))
			continue;
		if (unlinked && (w->mask & IN_EXCL_UNLINK))
			continue;
		inotify_queue(w->instance, w->wd, mask, cookie, name);
		if (w->mask & IN_ONESHOT)
			inotify_unwatch(w);
	}
}

static uint32_t dir_bit(const struct vnode *v)
{
	return S_ISDIR(v->mode) ? IN_ISDIR : 0;
}

static void on_file(struct dentry *d, uint32_t mask, bool opened)
{
	struct vnode *v = d->vnode;
	bool unlinked = opened && d->unlinked;

	if (!nr_watches || !v)
		return;
	mask |= dir_bit(v);
	/* Who watches /dev shall not learn when somebody types: Linux does not
	 * tell a directory of reads and writes of a device. */
	if (d->parent != d &&
	    !(vnode_is_special(v) && (mask & (IN_ACCESS | IN_MODIFY))))
		tell(d->parent->vnode, mask, 0, d->name, unlinked);
	tell(v, mask, 0, NULL, unlinked);
}

/* Linux never said IN_ISDIR with these two. */
static void on_vnode(struct vnode *v, uint32_t mask)
{
	if (!(mask & (IN_MOVE_SELF | IN_DELETE_SELF)))
		mask |= dir_bit(v);
	tell(v, mask, 0, NULL, false);
}

static void on_name(struct vnode *dir, const char *name, struct vnode *v,
		    uint32_t mask, uint32_t cookie)
{
	tell(dir, mask | dir_bit(v), cookie, name, false);
}

/* All watches on v end, with a last event for everyone. */
static void end_all(struct vnode *v)
{
	struct inotify_watch *w = *bucket(v), *next;

	for (; w; w = next) {
		next = w->next;
		if (w->vnode == v)
			inotify_unwatch(w);
	}
}

static void on_gone(struct vnode *v)
{
	on_vnode(v, IN_DELETE_SELF);
	end_all(v);
}

/* IN_UNMOUNT comes whether it was asked for or not. */
static void on_unmount(struct super *s)
{
	for (unsigned int i = 0; i < buckets; i++) {
		struct inotify_watch *w = table[i], *next;

		for (; w; w = next) {
			next = w->next;
			if (w->vnode->super != s)
				continue;
			inotify_queue(w->instance, w->wd,
				      IN_UNMOUNT | dir_bit(w->vnode), 0, NULL);
			inotify_unwatch(w);
		}
	}
}

static uint32_t next_cookie(void)
{
	static uint32_t last;

	return ++last;
}

void inotify_hook(void)
{
	static const struct notify_hooks hooks = {
		.file = on_file,
		.vnode = on_vnode,
		.name = on_name,
		.gone = on_gone,
		.unmount = on_unmount,
		.cookie = next_cookie,
	};

	notify_hooks = &hooks;
}
