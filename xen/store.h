/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store.h: xenstore client (store.c below, store_calls.c, store_watch.c),
 * xen/io/xs_wire.h and docs/misc/xenstore.txt of Xen.
 *
 * Several requests may be in flight; each blocks its own thread only. Paths are
 * absolute or relative to the domain's own (/local/domain/<id>). Errors come as
 * -errno, the store's own included (-ENOENT, -EACCES, -EAGAIN at the end of a
 * transaction: begin again). Thread context; all block, except where said.
 */
#ifndef XEN_STORE_H
#define XEN_STORE_H

#include <posixen/list.h>
#include <posixen/types.h>

#define STORE_NO_TRANSACTION 0u

/* The value, NUL-terminated, from the heap (the caller's to kfree()), or
 * err_ptr. Values up to XENSTORE_PAYLOAD_MAX bytes. *len (may be NULL) without
 * the NUL. */
char *store_read(uint32_t t, const char *path, size_t *len);
/* Numbers as the store keeps them: decimal. */
int store_read_uint(uint32_t t, const char *path, const char *leaf,
		    unsigned int *value);
/* As store_read() of path/leaf into buf: length or -errno, -ENAMETOOLONG. */
ssize_t store_read_into(uint32_t t, const char *path, const char *leaf,
			char *buf, size_t size);
int store_write(uint32_t t, const char *path, const char *leaf,
		const char *value);
int store_printf(uint32_t t, const char *path, const char *leaf,
		 const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Names below path, NUL-separated, total length in *len; from the heap or
 * err_ptr. Whole, however many there are (XS_DIRECTORY_PART). */
char *store_directory(uint32_t t, const char *path, size_t *len);

int store_transaction_start(uint32_t *t);
/* abort: undo. -EAGAIN: somebody else changed what was read; begin again. */
int store_transaction_end(uint32_t t, bool abort);

struct store_watch {
	struct list link;
	const char *path; /* stays valid while watched */
	/* In the xenbus thread, one call at a time, so it may block and use
	 * the store. path: what changed. First called at once, after setting.
	 */
	void (*changed)(struct store_watch *w, const char *path);
	/* Not the user's: an event came (event context). */
	void (*arrived)(struct store_watch *w, const char *path);
	bool again; /* changed() is due for all of path */
};
/* 0 or -errno; w is zeroed but for path and changed. */
int store_watch(struct store_watch *w);
/* After it returns changed() is not called any more. */
void store_unwatch(struct store_watch *w);

#endif
