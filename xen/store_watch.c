/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store_watch.c: watches that are served in a thread, where one may wait
 * (store.h). The thread is started with the first of them.
 */
#include <posixen/kthread.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/thread.h>
#include "store_core.h"

struct event {
	struct list link;
	struct store_watch *watch;
	char path[];
};

static struct list events = LIST_INIT(events);
static struct waitq work = {LIST_INIT(work.waiters)};
static struct thread *server;
static bool started;
/* Whose changed() runs now, and who waits for its end. */
static struct store_watch *serving;
static struct waitq served = {LIST_INIT(served.waiters)};

static void arrived(struct store_watch *w, const char *path)
{
	struct event *e = kmalloc(sizeof(*e) + strlen(path) + 1);

	if (e) {
		e->watch = w;
		strlcpy(e->path, path, strlen(path) + 1);
		list_append(&events, &e->link);
	} else {
		w->again = true;
	}
	waitq_wake_all(&work, ~0u);
}

static void call(struct store_watch *w, const char *path)
{
	serving = w;
	w->changed(w, path);
	serving = NULL;
	waitq_wake_all(&served, ~0u);
}

/* Serve one watch, if there is one to serve. */
static bool serve_one(void)
{
	struct event *e;

	if (!list_empty(&events)) {
		e = list_first(&events, struct event, link);
		list_del(&e->link);
		call(e->watch, e->path);
		kfree(e);
		return true;
	}
	list_for_each (pos, &store_watches) {
		struct store_watch *w =
			list_entry(pos, struct store_watch, link);

		if (w->again) {
			w->again = false;
			call(w, w->path);
			return true;
		}
	}
	return false;
}

static void serve(void *arg)
{
	server = current();
	for (;;)
		if (!serve_one())
			waitq_block(&work, ~0u);
}

static int request(enum xsd_sockmsg_type type, struct store_watch *w)
{
	char token[STORE_TOKEN_SIZE];

	store_token(w, token);
	return store_order(type, STORE_NO_TRANSACTION, w->path, NULL, token,
			   strlen(token) + 1);
}

/* w is its owner's from here on. */
static void forget(struct store_watch *w)
{
	list_del(&w->link);
	list_for_each_safe (pos, &events) {
		struct event *e = list_entry(pos, struct event, link);

		if (e->watch == w) {
			list_del(&e->link);
			kfree(e);
		}
	}
	while (serving == w && current() != server)
		waitq_block(&served, ~0u);
}

int store_watch(struct store_watch *w)
{
	int err;

	if (!started) {
		err = kthread_start("xenbus", serve, NULL);
		if (err)
			return err;
		started = true;
	}
	w->arrived = arrived;
	w->again = false;
	/* Its first event may come before the reply; and a store that breaks
	 * makes one, too. */
	list_append(&store_watches, &w->link);
	err = request(XS_WATCH, w);
	if (err)
		forget(w);
	return err;
}

void store_unwatch(struct store_watch *w)
{
	/* The store may be gone: then no events come either. */
	request(XS_UNWATCH, w);
	forget(w);
}
