/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.h: an epoll instance and what it watches. epoll.c keeps the set and
 * the list of ready items; epoll_calls.c has the system calls.
 *
 * An item's waiter lies on the watched file's queue for as long as the item
 * lives. An event puts the item on the ready list; epoll_collect() asks the
 * file what is true now. A level-triggered item that was reported stays on the
 * list until it is found not ready, an edge-triggered one leaves it.
 * Items hold no reference: the file's last file_put() removes them.
 */
#ifndef VFS_EPOLL_H
#define VFS_EPOLL_H

#include <posixen/file.h>
#include <linux/eventpoll.h>

struct epoll {
	struct list ready;	   /* epoll_item.ready */
	struct epoll_item **table; /* by descriptor */
	unsigned int buckets, count;
	struct waitq sleepers; /* epoll_wait */
	struct waitq pollers;  /* poll of the instance itself, nesting */
};

struct epoll_item {
	struct waiter waiter;
	struct list ready; /* an empty list while not ready */
	struct epoll *ep;
	struct epoll_item *next; /* in the table */
	struct epoll_item *file_next, **file_prev;
	struct file *file;
	int fd;
	struct epoll_event event;
};

/* Bits of events that are not events. */
#define EPOLL_MODES (EPOLLEXCLUSIVE | EPOLLWAKEUP | EPOLLONESHOT | EPOLLET)

struct file *epoll_file(void);		/* NULL: no memory */
struct epoll *epoll_of(struct file *f); /* NULL if f is none */
struct epoll_item *epoll_find(struct epoll *ep, struct file *f, int fd);
/* 0, -ENOMEM, -ELOOP */
int epoll_add(struct epoll *ep, struct file *f, int fd,
	      const struct epoll_event *ev);
void epoll_modify(struct epoll_item *it, const struct epoll_event *ev);
void epoll_remove(struct epoll_item *it);
/* Hand at most max ready events to put(); how many. Stops when put fails, and
 * returns its error if nothing was handed over. */
int epoll_collect(struct epoll *ep, int max,
		  int (*put)(void *arg, int i, const struct epoll_event *ev),
		  void *arg);

#endif
