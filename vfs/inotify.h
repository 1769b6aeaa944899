/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify.h: an inotify(7) instance, what it watches and what it has to tell.
 * inotify.c has the queue and the descriptor, inotify_watch.c the watches and
 * the hooks of notify.h, inotify_calls.c the system calls.
 *
 * A watch is in its instance's list and in a hash table by vnode, and holds a
 * reference on the vnode: so a file that is gone but watched keeps its memory
 * only until notify_gone() ends the watch.
 */
#ifndef VFS_INOTIFY_H
#define VFS_INOTIFY_H

#include <posixen/file.h>
#include <posixen/list.h>
#include <linux/inotify.h>

struct inotify {
	struct list events; /* inotify_queued.link, oldest first */
	struct list watches;
	struct waitq wait;
	unsigned int nr_events;
	size_t bytes;	 /* what reading all of them would give */
	bool overflowed; /* IN_Q_OVERFLOW is queued */
	int last_wd;
};

struct inotify_watch {
	struct list link;	    /* in instance->watches, by number */
	struct inotify_watch *next; /* in the hash table */
	struct inotify *instance;
	struct vnode *vnode;
	int wd;
	uint32_t mask; /* events, IN_ONESHOT and IN_EXCL_UNLINK */
};

struct file *inotify_file(int flags);	    /* NULL: no memory */
struct inotify *inotify_of(struct file *f); /* NULL if f is none */
/* Queue an event; name may be NULL. The same as the last one is dropped. */
void inotify_queue(struct inotify *in, int wd, uint32_t mask, uint32_t cookie,
		   const char *name);

/* Watch v for arg (inotify_add_watch(2)): the watch's number, -EEXIST, -ENOSPC
 * or -ENOMEM. */
int inotify_watch(struct inotify *in, struct vnode *v, uint32_t arg);
struct inotify_watch *inotify_find(struct inotify *in, int wd);
/* Take it away and queue IN_IGNORED. */
void inotify_unwatch(struct inotify_watch *w);
/* From now on the rest of vfs/ tells (notify.h). */
void inotify_hook(void);
extern unsigned int inotify_instances;

#endif
