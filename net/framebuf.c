/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * framebuf.c: pbufs over page frames (framebuf.h): what a device received, and
 * copies of packets that this machine sends to itself.
 *
 * Small packets share frames: they lie in blocks of lwIP's heap, so that a
 * thousand datagrams of a few bytes in receive queues do not hold a thousand
 * frames.
 */
#include <posixen/lib.h>
#include <posixen/rxpage.h>
#include "framebuf.h"
#include "pool.h"

struct framebuf {
	struct pbuf_custom custom; /* first: lwIP hands out its pbuf */
	pfn_t pfn;
};

#define SMALL 1024u /* bytes that lie in the heap */

static struct pool framebufs = {.size = ALIGN_UP(sizeof(struct framebuf), 16)};

static void framebuf_free(struct pbuf *p)
{
	struct framebuf *f = (struct framebuf *)p;

	rxpage_put(f->pfn);
	pool_free(f);
}

struct pbuf *framebuf_wrap(pfn_t pfn, unsigned int off, unsigned int len)
{
	struct framebuf *f = pool_alloc(&framebufs);

	if (!f)
		return NULL;
	f->pfn = pfn;
	f->custom.custom_free_function = framebuf_free;
	return pbuf_alloced_custom(PBUF_RAW, len, PBUF_REF, &f->custom,
				   (char *)pfn_to_virt(pfn) + off, len);
}

/* An empty pbuf of n bytes, at most a frame's. */
static struct pbuf *fresh(size_t n)
{
	struct pbuf *p;
	pfn_t pfn;

	if (n <= SMALL)
		return pbuf_alloc(PBUF_RAW, n, PBUF_RAM);
	pfn = page_alloc(PAGE_KERNEL, 0);
	if (pfn == PFN_NONE)
		return NULL;
	p = framebuf_wrap(pfn, 0, n);
	if (!p)
		page_put(pfn);
	return p;
}

/* Empty pbufs for n bytes. */
static struct pbuf *fresh_chain(size_t n)
{
	struct pbuf *first = NULL, *p;

	do {
		size_t part = MIN(n, PAGE_SIZE);

		p = fresh(part);
		if (!p) {
			if (first)
				pbuf_free(first);
			return NULL;
		}
		if (first)
			pbuf_cat(first, p);
		else
			first = p;
		n -= part;
	} while (n);
	return first;
}

struct pbuf *framebuf_copy(const void *data, size_t n)
{
	struct pbuf *p = fresh_chain(n);

	for (struct pbuf *q = p; q; q = q->next) {
		memcpy(q->payload, data, q->len);
		data = (const char *)data + q->len;
	}
	return p;
}

struct pbuf *framebuf_clone(const struct pbuf *p)
{
	struct pbuf *to = fresh_chain(p->tot_len), *q = to;
	unsigned int at = 0; /* within q */

	for (; to && p; p = p->next) {
		const char *from = p->payload;
		unsigned int left = p->len;

		while (left) {
			unsigned int n = MIN(left, q->len - at);

			memcpy((char *)q->payload + at, from, n);
			from += n, left -= n, at += n;
			if (at == q->len)
				q = q->next, at = 0;
		}
	}
	return to;
}
