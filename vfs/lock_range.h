/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock_range.h: the locks of one file as a list of byte ranges, without files,
 * waiting or system calls (vfs/lock_range.c): the unit test compares it with a
 * model that has one cell per byte.
 */
#ifndef VFS_LOCK_RANGE_H
#define VFS_LOCK_RANGE_H

#include <posixen/list.h>

#define LOCK_END INT64_MAX /* the last byte that can be locked */

enum lock_kind {
	LOCK_POSIX, /* owner: a process */
	LOCK_OFD,   /* owner: an open file */
	LOCK_FLOCK, /* owner: an open file; does not meet the other kinds */
};

struct lock {
	struct list link;
	int64_t start, end; /* both inclusive */
	enum lock_kind kind;
	short type; /* F_RDLCK, F_WRLCK; in a request also F_UNLCK */
	const void *owner;
	int pid; /* -1 for an open file's */
};

/* The lock with the lowest start that keeps req out, or NULL. */
struct lock *lock_conflict(struct list *locks, const struct lock *req);
/*
 * Give req's owner req's type on req's range: what the owner has there before
 * is cut, replaced, or joined with its neighbours of the same type. *changed
 * tells if a waiter may now get what it waits for. 0 or -ENOLCK (no memory;
 * then nothing happened).
 */
int lock_apply(struct list *locks, const struct lock *req, bool *changed);
/* Remove all of an owner's locks of one kind; true if there were any. */
bool lock_remove_owner(struct list *locks, enum lock_kind kind,
		       const void *owner);

#endif
