/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll.c: see epoll.h. */
#include <posixen/fs.h>
#include <posixen/mem.h>
#include <asm/fcntl.h>
#include <linux/stat.h>
#include "epoll.h"
#include "poll.h"
#include "special.h"

#define FIRST_BUCKETS 8u
#define MAX_NESTS     4 /* epoll instances below one another, as in Linux */

static bool is_ready(const struct epoll_item *it)
{
	return !list_empty(&it->ready);
}

static void make_ready(struct epoll_item *it)
{
	struct epoll *ep = it->ep;

	if (!is_ready(it))
		list_append(&ep->ready, &it->ready);
	waitq_wake_one(&ep->sleepers, EV_IN);
	waitq_wake_all(&ep->pollers, EV_IN);
}

/* With EPOLLEXCLUSIVE an event that is a reading or a writing one is for an
 * instance that has somebody to wake; all others leave it to the next too. */
static bool item_wake(struct waiter *w, unsigned int mask)
{
	struct epoll_item *it = container_of(w, struct epoll_item, waiter);
	bool sleepers = !list_empty(&it->ep->sleepers.waiters);
	bool both = (mask & POLLIN) && (mask & POLLOUT);

	make_ready(it);
	return (it->event.events & EPOLLEXCLUSIVE) && sleepers && !both;
}

/* What is true now of what was asked for. */
static unsigned int item_poll(struct epoll_item *it)
{
	struct waitq *q;

	return file_poll(it->file, &q) & it->event.events & ~EPOLL_MODES;
}

static struct epoll_item **bucket(struct epoll *ep, int fd)
{
	return &ep->table[(unsigned int)fd & (ep->buckets - 1)];
}

/* Failing to grow only makes the chains longer. */
static void grow(struct epoll *ep)
{
	unsigned int old = ep->buckets;
	struct epoll_item **was = ep->table;
	struct epoll_item **table = kzalloc(2 * old * sizeof(*table));

	if (!table)
		return;
	ep->table = table;
	ep->buckets = 2 * old;
	for (unsigned int i = 0; i < old; i++) {
		while (was[i]) {
			struct epoll_item *it = was[i];

			was[i] = it->next;
			it->next = *bucket(ep, it->fd);
			*bucket(ep, it->fd) = it;
		}
	}
	kfree(was);
}

struct epoll_item *epoll_find(struct epoll *ep, struct file *f, int fd)
{
	struct epoll_item *it = *bucket(ep, fd);

	while (it && (it->fd != fd || it->file != f))
		it = it->next;
	return it;
}

static void forget_file(struct file *f)
{
	while (f->watchers)
		epoll_remove(f->watchers);
}

/* The most instances that stand below f, itself included; MAX_NESTS + 1 when
 * there are more or when one of them is stop. */
static int nests_below(struct file *f, const struct epoll *stop, int room)
{
	struct epoll *ep = epoll_of(f);
	int most = 0;

	if (!ep)
		return 0;
	if (ep == stop || !room)
		return MAX_NESTS + 1;
	for (unsigned int i = 0; i < ep->buckets; i++) {
		for (struct epoll_item *it = ep->table[i]; it; it = it->next) {
			int n = nests_below(it->file, stop, room - 1);

			if (n > MAX_NESTS)
				return n;
			most = MAX(most, n);
		}
	}
	return most + 1;
}

static void watch(struct epoll_item *it, struct file *f)
{
	it->file_next = f->watchers;
	it->file_prev = &f->watchers;
	if (it->file_next)
		it->file_next->file_prev = &it->file_next;
	f->watchers = it;
}

/* ERR and HUP are always reported. */
static void set_event(struct epoll_item *it, const struct epoll_event *ev)
{
	it->event = *ev;
	it->event.events |= POLLERR | POLLHUP;
	it->waiter.events = poll_widen(it->event.events & ~EPOLL_MODES);
	if (ev->events & EPOLLEXCLUSIVE)
		it->waiter.events |= WAIT_EXCLUSIVE;
}

int epoll_add(struct epoll *ep, struct file *f, int fd,
	      const struct epoll_event *ev)
{
	struct epoll_item *it;
	struct waitq *q;

	if (nests_below(f, ep, MAX_NESTS) > MAX_NESTS)
		return -ELOOP;
	it = kzalloc(sizeof(*it));
	if (!it)
		return -ENOMEM;
	epoll_forget = forget_file;
	it->ep = ep;
	it->file = f;
	it->fd = fd;
	it->waiter.wake = item_wake;
	list_init(&it->waiter.link);
	list_init(&it->ready);
	set_event(it, ev);
	if (ep->count++ >= 2 * ep->buckets)
		grow(ep);
	it->next = *bucket(ep, fd);
	*bucket(ep, fd) = it;
	watch(it, f);
	file_poll(f, &q);
	/* As on Linux who only looks comes first, the latest before all. */
	if (q && (ev->events & EPOLLEXCLUSIVE))
		waitq_add(q, &it->waiter);
	else if (q)
		list_push(&q->waiters, &it->waiter.link);
	if (item_poll(it))
		make_ready(it);
	return 0;
}

void epoll_modify(struct epoll_item *it, const struct epoll_event *ev)
{
	set_event(it, ev);
	/* What is on the list already is no news. */
	if (item_poll(it) && !is_ready(it))
		make_ready(it);
}

void epoll_remove(struct epoll_item *it)
{
	struct epoll_item **at = bucket(it->ep, it->fd);

	while (*at != it)
		at = &(*at)->next;
	*at = it->next;
	it->ep->count--;
	*it->file_prev = it->file_next;
	if (it->file_next)
		it->file_next->file_prev = it->file_prev;
	waitq_remove(&it->waiter);
	list_del(&it->ready);
	kfree(it);
}

/* One item off the list of candidates: 1 handed over, 0 not ready any more. */
static int collect_one(struct epoll_item *it, int i,
		       int (*put)(void *, int, const struct epoll_event *),
		       void *arg)
{
	struct epoll_event ev = it->event;
	int err;

	ev.events = item_poll(it);
	if (!ev.events)
		return 0;
	err = put(arg, i, &ev);
	if (err) {
		if (!is_ready(it))
			list_push(&it->ep->ready, &it->ready);
		return err;
	}
	if (it->event.events & EPOLLONESHOT) {
		it->event.events &= EPOLL_MODES;
		it->waiter.events = 0;
	} else if (!(it->event.events & EPOLLET) && !is_ready(it)) {
		list_append(&it->ep->ready, &it->ready);
	}
	return 1;
}

/* Move all of one list to the front of another. */
static void move_all(struct list *from, struct list *to)
{
	while (!list_empty(from)) {
		struct list *l = from->prev;

		list_del(l);
		list_push(to, l);
	}
}

int epoll_collect(struct epoll *ep, int max,
		  int (*put)(void *arg, int i, const struct epoll_event *ev),
		  void *arg)
{
	struct list candidates;
	int n = 0, did = 0;

	/* Asking a file may make others ready, so the candidates stand apart.
	 */
	list_init(&candidates);
	move_all(&ep->ready, &candidates);
	while (n < max && !list_empty(&candidates)) {
		struct epoll_item *it =
			list_first(&candidates, struct epoll_item, ready);

		list_del(&it->ready);
		did = collect_one(it, n, put, arg);
		if (did < 0)
			break;
		n += did;
	}
	move_all(&candidates, &ep->ready);
	if (!list_empty(&ep->ready))
		waitq_wake_one(&ep->sleepers, EV_IN);
	return n ? n : MIN(did, 0);
}

static unsigned int epoll_poll(struct file *f, struct waitq **q)
{
	struct epoll *ep = f->priv;

	*q = &ep->pollers;
	list_for_each_safe (pos, &ep->ready) {
		struct epoll_item *it =
			list_entry(pos, struct epoll_item, ready);

		if (item_poll(it))
			return EV_IN;
		list_del(&it->ready);
	}
	return 0;
}

static void epoll_release(struct file *f)
{
	struct epoll *ep = f->priv;

	for (unsigned int i = 0; i < ep->buckets; i++)
		while (ep->table[i])
			epoll_remove(ep->table[i]);
	kfree(ep->table);
	kfree(ep);
}

static int epoll_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, 0600, st);
	return 0;
}

static const struct file_ops epoll_ops = {
	.poll = epoll_poll,
	.release = epoll_release,
	.stat = epoll_stat,
};

struct epoll *epoll_of(struct file *f)
{
	return f->ops == &epoll_ops ? f->priv : NULL;
}

struct file *epoll_file(void)
{
	struct epoll *ep = kzalloc(sizeof(*ep));
	struct file *f = NULL;

	if (!ep)
		return NULL;
	list_init(&ep->ready);
	waitq_init(&ep->sleepers);
	waitq_init(&ep->pollers);
	ep->buckets = FIRST_BUCKETS;
	ep->table = kzalloc(ep->buckets * sizeof(*ep->table));
	if (ep->table)
		f = file_alloc(&epoll_ops, O_RDWR, ep);
	if (!f) {
		kfree(ep->table);
		kfree(ep);
		return NULL;
	}
	f->anon_name = "anon_inode:[eventpoll]";
	f->anon_ino = anon_ino_next();
	return f;
}
