/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_gc.c: sockets that nobody can reach any more. A socket may be sent to
 * itself, or two to one another, and then be closed: each has a reference, in a
 * message that nobody can receive.
 *
 * What has a reference from anywhere but a message is reachable, and so is what
 * lies in the queue of something reachable. Of the others the files are taken
 * out of their queues, which closes them. That is looked for whenever a socket
 * may have become unreachable, if any is on its way at all.
 */
#include "unix.h"

unsigned int unix_inflight;

static struct unix_sock *unix_of_file(struct file *f)
{
	struct socket *s = socket_of(f);

	return s && s->family == AF_UNIX ? s->priv : NULL;
}

void unix_rights_sent(struct unix_rights *r, int by)
{
	for (unsigned int i = 0; i < r->nr; i++) {
		struct unix_sock *u = unix_of_file(r->files[i]);

		if (!u)
			continue;
		u->inflight += by;
		unix_inflight += by;
	}
}

static void reach(struct unix_sock *u, struct list *todo)
{
	if (u->gc_seen)
		return;
	u->gc_seen = true;
	list_append(todo, &u->gc_link);
}

/* References that are not in messages. The one that is being closed does not
 * count any more. */
static bool is_root(const struct unix_sock *u, const struct file *closing)
{
	const struct file *f = u->s ? u->s->file : NULL;

	if (!u->s)
		return false;
	return !f || f->refs - (f == closing) > u->inflight;
}

static void reach_queue(struct unix_sock *u, struct list *todo)
{
	if (u->state == UNIX_LISTEN) {
		list_for_each (pos, &u->rx)
			reach(list_entry(pos, struct unix_sock, accept_link),
			      todo);
		return;
	}
	list_for_each (pos, &u->rx) {
		struct unix_rights *r =
			list_entry(pos, struct unix_msg, link)->rights;

		for (unsigned int i = 0; r && i < r->nr; i++) {
			struct unix_sock *v = unix_of_file(r->files[i]);

			if (v)
				reach(v, todo);
		}
	}
}

/* Take the files out of the queue of u, into *out. */
static void collect(struct unix_sock *u, struct unix_rights **out)
{
	if (u->state == UNIX_LISTEN)
		return;
	list_for_each (pos, &u->rx) {
		struct unix_msg *msg = list_entry(pos, struct unix_msg, link);

		if (!msg->rights)
			continue;
		unix_rights_sent(msg->rights, -1);
		msg->rights->next = *out;
		*out = msg->rights;
		msg->rights = NULL;
	}
}

static void mark(struct file *closing)
{
	struct list todo;

	list_init(&todo);
	list_for_each (pos, &unix_all)
		list_entry(pos, struct unix_sock, link)->gc_seen = false;
	list_for_each (pos, &unix_all) {
		struct unix_sock *u = list_entry(pos, struct unix_sock, link);

		if (is_root(u, closing))
			reach(u, &todo);
	}
	while (!list_empty(&todo)) {
		struct unix_sock *u =
			list_first(&todo, struct unix_sock, gc_link);

		list_del(&u->gc_link);
		reach_queue(u, &todo);
	}
}

void unix_gc(struct file *closing)
{
	struct unix_rights *garbage = NULL, *next;

	mark(closing);
	list_for_each (pos, &unix_all) {
		struct unix_sock *u = list_entry(pos, struct unix_sock, link);

		if (!u->gc_seen && (u->embryo || u->inflight))
			collect(u, &garbage);
	}
	/* What this closes may call unix_gc() again. */
	for (; garbage; garbage = next) {
		next = garbage->next;
		unix_rights_put(garbage);
	}
}
