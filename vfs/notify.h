/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.h: how the rest of vfs/ tells inotify(7) what happens to files.
 *
 * An image whose program never watches a file does not contain inotify.c: the
 * first inotify_init(2) sets notify_hooks, and until then there is nobody to
 * tell. The masks are those of <linux/inotify.h>; the watcher adds IN_ISDIR
 * itself. Nothing here blocks or fails: an event for which there is no memory
 * becomes an overflow of its queue.
 */
#ifndef VFS_NOTIFY_H
#define VFS_NOTIFY_H

#include <posixen/fs.h>
#include <linux/inotify.h>

struct notify_hooks {
	/* Something was done to the file at d: it and its directory are told.
	 * opened: through an open file, which IN_EXCL_UNLINK minds. */
	void (*file)(struct dentry *d, uint32_t mask, bool opened);
	/* Something changed in v that has to do with no name of it. */
	void (*vnode)(struct vnode *v, uint32_t mask);
	/* The name of v in dir came or went; cookie joins two of a rename. */
	void (*name)(struct vnode *dir, const char *name, struct vnode *v,
		     uint32_t mask, uint32_t cookie);
	/* v has no name and no user any more: IN_DELETE_SELF, and the watches
	 * on it end. */
	void (*gone)(struct vnode *v);
	/* s is about to be unmounted: IN_UNMOUNT, and the watches end. */
	void (*unmount)(struct super *s);
	/* A number that no rename has had. */
	uint32_t (*cookie)(void);
};
extern const struct notify_hooks *notify_hooks; /* vfs/lock_hooks.c */

static inline void notify_dentry(struct dentry *d, uint32_t mask)
{
	if (notify_hooks)
		notify_hooks->file(d, mask, false);
}

/* Pipes, sockets and the like are in no directory. */
static inline void notify_file(struct file *f, uint32_t mask)
{
	if (notify_hooks && f->dentry && !(f->flags & O_PATH))
		notify_hooks->file(f->dentry, mask, true);
}

static inline void notify_vnode(struct vnode *v, uint32_t mask)
{
	if (notify_hooks)
		notify_hooks->vnode(v, mask);
}

/* d, a child of dir, is a new name. */
static inline void notify_create(struct vnode *dir, struct dentry *d)
{
	if (notify_hooks)
		notify_hooks->name(dir, d->name, d->vnode, IN_CREATE, 0);
}

static inline void notify_gone(struct vnode *v)
{
	if (notify_hooks && !v->nlink)
		notify_hooks->gone(v);
}

#endif
