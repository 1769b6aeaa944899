/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store.c: the page shared with xenstore. Requests go out in the order they
 * come, in pieces when the ring is full; replies find theirs by its number,
 * watch events their watch by its token.
 *
 * We own req_prod and rsp_cons, the store req_cons and rsp_prod. What comes is
 * copied before it is looked at. This file is in every image: keep it small.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "domain.h"
#include "event.h"
#include "ring.h"
#include "store_core.h"

struct list store_watches = LIST_INIT(store_watches);

static struct list requests = LIST_INIT(requests);
static uint32_t last_id;
static bool broken;

static struct store_in in;
/* Most replies are OK, a number or an error's name: these need no memory. */
static char small[16];

static struct xenstore_domain_interface *ring(void)
{
	return domain.store;
}

static uint32_t index_now(const XENSTORE_RING_IDX *index)
{
	return *(const volatile XENSTORE_RING_IDX *)index;
}

static void finish(struct store_request *r, const char *body, int len)
{
	list_del(&r->link);
	r->done(r, body, len);
}

static void fire_all(void)
{
	list_for_each (pos, &store_watches) {
		struct store_watch *w =
			list_entry(pos, struct store_watch, link);

		w->arrived(w, w->path);
	}
}

void store_give_up(const char *why)
{
	if (!broken)
		klog("xenstore %s: going on without it\n", why);
	broken = true;
	while (!list_empty(&requests))
		finish(list_first(&requests, struct store_request, link), NULL,
		       -EIO);
	/* Who waits for a watch shall ask, and hear it. */
	fire_all();
}

/* Put into the ring what fits. */
static void pump(void)
{
	struct xenstore_domain_interface *s = ring();
	bool any = false;

	list_for_each (pos, &requests) {
		struct store_out *m =
			&list_entry(pos, struct store_request, link)->out;
		uint32_t prod = s->req_prod, cons = index_now(&s->req_cons), n;

		if (store_out_sent(m))
			continue;
		if (!ring_sane(prod, cons, XENSTORE_RING_SIZE)) {
			store_give_up("broke its ring");
			return;
		}
		/* The place is free before it is written: the load above comes
		 * first, because the stores need its result. */
		n = store_out_put(m, s->req, prod,
				  ring_free(prod, cons, XENSTORE_RING_SIZE));
		/* And the bytes are there before the index says so; x86 keeps
		 * the order of stores. */
		barrier();
		*(volatile XENSTORE_RING_IDX *)&s->req_prod = prod + n;
		any |= n > 0;
		/* The store rings when it has made room. */
		if (!store_out_sent(m))
			break;
	}
	if (any)
		event_send(domain.store_port);
}

void store_request_init(struct store_request *r, enum xsd_sockmsg_type type,
			uint32_t t, const char *path, const char *leaf)
{
	memset(r, 0, sizeof(*r));
	r->out.head.type = type;
	r->out.head.tx_id = t;
	store_out_add(&r->out, path, strlen(path));
	if (leaf) {
		store_out_add(&r->out, "/", 1);
		store_out_add(&r->out, leaf, strlen(leaf));
	}
	store_out_add(&r->out, "", 1);
}

void store_submit(struct store_request *r)
{
	r->out.head.req_id = ++last_id;
	list_append(&requests, &r->link);
	if (broken)
		finish(r, NULL, -EIO);
	else if (r->out.head.len > XENSTORE_PAYLOAD_MAX)
		finish(r, NULL, -E2BIG);
	else
		pump();
}

void store_token(const struct store_watch *w, char token[STORE_TOKEN_SIZE])
{
	snprintf(token, STORE_TOKEN_SIZE, "0x%lx", (unsigned long)w);
}

/* What came. */

static char *body_place(const struct xsd_sockmsg *head)
{
	return head->len < sizeof(small) ? small : kmalloc(head->len + 1);
}

static void watch_event(const char *body, uint32_t len)
{
	const char *path, *token;
	uint64_t which;

	if (!body) {
		/* No memory to learn which it is: any. */
		fire_all();
		return;
	}
	if (!store_event_parse(body, len, &path, &token) ||
	    parse_u64(token, &which, NULL))
		return;
	list_for_each (pos, &store_watches) {
		struct store_watch *w =
			list_entry(pos, struct store_watch, link);

		if ((uintptr_t)w == which)
			w->arrived(w, path);
	}
}

static void reply(const struct xsd_sockmsg *head, const char *body)
{
	list_for_each (pos, &requests) {
		struct store_request *r =
			list_entry(pos, struct store_request, link);
		int len = (int)head->len;

		if (r->out.head.req_id != head->req_id)
			continue;
		if (!body)
			len = -ENOMEM;
		else if (head->type == XS_ERROR)
			len = store_error(body);
		else if (head->type != r->out.head.type)
			len = -EIO;
		finish(r, body, len);
		return;
	}
}

static void message(const struct xsd_sockmsg *head, char *body)
{
	if (head->type == XS_WATCH_EVENT)
		watch_event(body, head->len);
	else
		reply(head, body);
	if (body != small)
		kfree(body);
}

/* Take what there is. The store waits for an event only when it finds the ring
 * full; with one look after the index is given back we know whether it did. */
static void receive(void)
{
	static const struct store_sink sink = {body_place, message};
	struct xenstore_domain_interface *s = ring();
	bool full = false;

	for (;;) {
		uint32_t cons = s->rsp_cons, prod = index_now(&s->rsp_prod);
		uint32_t at = MASK_XENSTORE_IDX(cons);
		uint32_t n = MIN(prod - cons, XENSTORE_RING_SIZE - at);

		if (n == 0)
			break;
		barrier(); /* the index before the bytes */
		if (!ring_sane(prod, cons, XENSTORE_RING_SIZE) ||
		    store_in_feed(&in, s->rsp + at, n, &sink)) {
			store_give_up("broke its ring");
			return;
		}
		/* The bytes were read before their place is given back, and
		 * that is seen before we look again. */
		__atomic_store_n(&s->rsp_cons, cons + n, __ATOMIC_SEQ_CST);
		full |= index_now(&s->rsp_prod) - cons == XENSTORE_RING_SIZE;
	}
	if (full)
		event_send(domain.store_port);
}

static void store_event(void *arg)
{
	if (broken)
		return;
	receive();
	if (!broken)
		pump();
}

void store_init(void)
{
	if (!domain.store || event_bind(domain.store_port, store_event, NULL))
		broken = true;
}
