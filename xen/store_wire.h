/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * store_wire.h: messages to and from xenstore as bytes (xen/io/xs_wire.h,
 * docs/misc/xenstore.txt of Xen): a head of four words, then up to 4096 bytes.
 * They pass through rings of 1024 bytes, so both ways in pieces. Pure, so that
 * tests/unit/xen_store can check it natively.
 */
#ifndef XEN_STORE_WIRE_H
#define XEN_STORE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <asm/errno.h>
#include <xen/io/xs_wire.h>

/* A message on its way out: the head, then the parts. */
#define STORE_PARTS 5
struct store_out {
	struct xsd_sockmsg head;
	struct {
		const char *p;
		uint32_t n;
	} parts[STORE_PARTS];
	unsigned int nr;
	uint32_t sent; /* bytes of head and parts */
};

/* Add n bytes at p, which stay valid until the message is sent; a string is
 * added with or without its NUL. */
void store_out_add(struct store_out *m, const char *p, uint32_t n);
/* Put as much of m as fits into a ring that has room for so many bytes at
 * prod: how many were put. */
uint32_t store_out_put(struct store_out *m, char *ring, uint32_t prod,
		       uint32_t room);
static inline bool store_out_sent(const struct store_out *m)
{
	return m->sent == sizeof(m->head) + m->head.len;
}

/* What comes in. Zeroed ones are ready. */
struct store_in {
	struct xsd_sockmsg head;
	uint32_t have; /* bytes of head and body */
	char *body;    /* where it goes; NULL: nowhere */
};

struct store_sink {
	/* A head is complete: a place for head->len + 1 bytes, or NULL if the
	 * body is not wanted or there is no memory for it. */
	char *(*begin)(const struct xsd_sockmsg *head);
	/* The body is too, with a NUL behind; NULL if begin() said so. */
	void (*end)(const struct xsd_sockmsg *head, char *body);
};

/* Take n bytes that came. -EIO: no store says such things, and what follows
 * cannot be understood either. */
int store_in_feed(struct store_in *in, const char *p, uint32_t n,
		  const struct store_sink *sink);

/* -errno for an error's name, which is -EIO when it is none of the ABI's. */
int store_error(const char *name);

/* The two strings of a watch's event, path and token, or false. body has a NUL
 * behind its len bytes. */
bool store_event_parse(const char *body, uint32_t len, const char **path,
		       const char **token);

#endif
