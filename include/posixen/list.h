/* SPDX-License-Identifier: BSD-2-Clause */
/* list.h: circular doubly linked lists whose links lie in the objects. */
#ifndef POSIXEN_LIST_H
#define POSIXEN_LIST_H

#include <posixen/types.h>

struct list {
	struct list *next, *prev;
};

#define LIST_INIT(l)                                                           \
	{                                                                      \
		&(l), &(l)                                                     \
	}

static inline void list_init(struct list *l)
{
	l->next = l->prev = l;
}

static inline bool list_empty(const struct list *l)
{
	return l->next == l;
}

static inline void list_insert_after(struct list *at, struct list *n)
{
	n->next = at->next;
	n->prev = at;
	at->next->prev = n;
	at->next = n;
}

static inline void list_push(struct list *l, struct list *n)
{
	list_insert_after(l, n);
}

static inline void list_append(struct list *l, struct list *n)
{
	list_insert_after(l->prev, n);
}

/* Unlink n; it is an empty list afterwards, so a second call is harmless. */
static inline void list_del(struct list *n)
{
	n->prev->next = n->next;
	n->next->prev = n->prev;
	list_init(n);
}

#define list_entry(p, t, m) container_of(p, t, m)
#define list_first(l, t, m) list_entry((l)->next, t, m)
#define list_for_each(pos, l)                                                  \
	for (struct list *pos = (l)->next; pos != (l); pos = pos->next)
/* pos may be unlinked and freed in the body. */
#define list_for_each_safe(pos, l)                                             \
	for (struct list *pos = (l)->next, *pos##_next = pos->next;            \
	     pos != (l); pos = pos##_next, pos##_next = pos->next)

#endif
