/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store_core.h: requests to xenstore without waiting (store.c), on which
 * store_calls.c, store_watch.c and shutdown.c stand. Kernel context, any;
 * nothing here blocks.
 */
#ifndef XEN_STORE_CORE_H
#define XEN_STORE_CORE_H

#include "store.h"
#include "store_wire.h"

/* The ring can be used from here on; needs event_init(). */
void store_init(void);

/*
 * A request on its way. It and what it points to stay where they are until
 * done() is called, in event context or from within store_submit(): with the
 * reply's body, which is valid for the call only and has a NUL behind its len
 * bytes, or with len = -errno.
 */
struct store_request {
	struct list link;
	struct store_out out;
	void (*done)(struct store_request *r, const char *body, int len);
};

/* Fill r in: a request of transaction t about path, or path/leaf if leaf is not
 * NULL. More can be added with store_out_add(). */
void store_request_init(struct store_request *r, enum xsd_sockmsg_type type,
			uint32_t t, const char *path, const char *leaf);
void store_submit(struct store_request *r);

/* All watches; arrived() is called for events of those that are here. */
extern struct list store_watches;
#define STORE_TOKEN_SIZE 20
/* What events of w are known by. */
void store_token(const struct store_watch *w, char token[STORE_TOKEN_SIZE]);

/* Wait for a request whose reply says only that it was done, with n bytes more
 * behind its path: 0 or -errno. Thread context, blocks. */
int store_order(enum xsd_sockmsg_type type, uint32_t t, const char *path,
		const char *leaf, const char *more, size_t n);

/* The store does not answer: fail what waits and all that comes. */
void store_give_up(const char *why);

#endif
