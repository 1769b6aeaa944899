/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock_range.c: cutting and joining locked ranges. The locks of one owner never
 * overlap, and neighbours of one type are always joined; so a change touches
 * what overlaps it and at most one neighbour on either side.
 */
#include <posixen/mem.h>
#include <linux/fcntl.h>
#include "lock_range.h"

static bool same_owner(const struct lock *a, const struct lock *b)
{
	return a->kind == b->kind && a->owner == b->owner;
}

static bool overlap(const struct lock *a, const struct lock *b)
{
	return a->start <= b->end && b->start <= a->end;
}

static bool touch(const struct lock *a, const struct lock *b)
{
	return (a->end != LOCK_END && a->end + 1 == b->start) ||
	       (b->end != LOCK_END && b->end + 1 == a->start);
}

struct lock *lock_conflict(struct list *locks, const struct lock *req)
{
	struct lock *found = NULL;

	list_for_each (pos, locks) {
		struct lock *l = list_entry(pos, struct lock, link);

		if ((l->kind == LOCK_FLOCK) != (req->kind == LOCK_FLOCK))
			continue;
		if (same_owner(l, req) || !overlap(l, req))
			continue;
		if (l->type != F_WRLCK && req->type != F_WRLCK)
			continue;
		if (!found || l->start < found->start)
			found = l;
	}
	return found;
}

static void drop(struct lock *l)
{
	list_del(&l->link);
	kfree(l);
}

/* Take [start, end] of cut out of l. If both sides remain, *spare becomes the
 * right one. */
static void cut_out(struct lock *l, const struct lock *cut, struct lock **spare)
{
	bool left = l->start<cut->start, right = l->end> cut->end;

	if (left && right) {
		struct lock *r = *spare;

		*r = *l;
		r->start = cut->end + 1;
		list_insert_after(&l->link, &r->link);
		*spare = NULL;
	}
	if (left)
		l->end = cut->start - 1;
	else if (right)
		l->start = cut->end + 1;
	else
		drop(l);
}

int lock_apply(struct list *locks, const struct lock *req, bool *changed)
{
	struct lock *spare = kmalloc(sizeof(*spare));
	struct lock *fresh = kmalloc(sizeof(*fresh));

	*changed = false;
	if (!spare || !fresh) {
		kfree(spare);
		kfree(fresh);
		return -ENOLCK;
	}
	*fresh = *req;
	list_for_each_safe (pos, locks) {
		struct lock *l = list_entry(pos, struct lock, link);

		if (!same_owner(l, req))
			continue;
		if (l->type == req->type &&
		    (overlap(l, fresh) || touch(l, fresh))) {
			fresh->start = MIN(fresh->start, l->start);
			fresh->end = MAX(fresh->end, l->end);
			drop(l);
		} else if (overlap(l, req)) {
			cut_out(l, req, &spare);
			*changed = true;
		}
	}
	if (req->type == F_UNLCK)
		kfree(fresh);
	else
		list_append(locks, &fresh->link);
	kfree(spare);
	return 0;
}

bool lock_remove_owner(struct list *locks, enum lock_kind kind,
		       const void *owner)
{
	bool any = false;

	list_for_each_safe (pos, locks) {
		struct lock *l = list_entry(pos, struct lock, link);

		if (l->kind != kind || l->owner != owner)
			continue;
		drop(l);
		any = true;
	}
	return any;
}
