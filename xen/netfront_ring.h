/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_ring.h: arithmetic of the two rings of a network device, and what
 * may be believed of an answer (xen/io/netif.h, xen/io/ring.h).
 *
 * Indices run freely and wrap at 2^32. What lies in the shared page can change
 * at any moment and may be anything: each field is read once, into memory of
 * ours, and only the copy is checked and used. Pure: nothing here but reads and
 * writes of the ring that is passed.
 */
#ifndef XEN_NETFRONT_RING_H
#define XEN_NETFRONT_RING_H

#include <posixen/lib.h>
#include <posixen/types.h>
#include "abi.h"

/* What ring.h wants of whoever includes it. x86 keeps the order of reads and of
 * writes; only a read may pass a write before it. */
#define xen_mb()  __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define xen_rmb() barrier()
#define xen_wmb() barrier()
#include <xen/io/netif.h>

/* Slots of each ring: a page of 12, of 8 bytes and 64 of indices. */
#define TX_SLOTS 256u
#define RX_SLOTS 256u
_Static_assert(TX_SLOTS == __CONST_RING_SIZE(netif_tx, PAGE_SIZE), "tx ring");
_Static_assert(RX_SLOTS == __CONST_RING_SIZE(netif_rx, PAGE_SIZE), "rx ring");

/* Of one packet at most, extra info not counted: XEN_NETIF_NR_SLOTS_MIN, what
 * every backend takes; Linux drops a packet of more and closes the device at
 * some more again. */
#define PACKET_SLOTS 18u

/*
 * One end's view of a ring: requests [rsp_cons, req_prod) are without answer as
 * far as we know; the other side has been shown those before pushed.
 */
struct ring_view {
	uint32_t req_prod, pushed, rsp_cons;
};

static inline uint32_t ring_load(const uint32_t *shared)
{
	return *(const volatile uint32_t *)shared;
}

static inline void ring_store(uint32_t *shared, uint32_t value)
{
	*(volatile uint32_t *)shared = value;
}

static inline uint32_t ring_outstanding(const struct ring_view *v)
{
	return v->req_prod - v->rsp_cons;
}

/* Answers there can be up to index prod: how many; false when the other side
 * claims more than it was asked. */
static inline bool ring_answers(const struct ring_view *v, uint32_t prod,
				uint32_t *n)
{
	*n = prod - v->rsp_cons;
	return *n <= v->pushed - v->rsp_cons;
}

/* Show requests up to v->req_prod to the other side. True: it wants an event
 * (one of the new ones is the one it waits for). */
static inline bool ring_push(struct ring_view *v, uint32_t *req_prod,
			     const uint32_t *req_event)
{
	uint32_t old = v->pushed, new = v->req_prod;

	if (old == new)
		return false;
	/* The requests are there before the index says so. */
	xen_wmb();
	ring_store(req_prod, new);
	v->pushed = new;
	/* The other side first sets req_event and then looks for requests; we
	 * the other way round, so one of us sees the other. */
	xen_mb();
	return new - ring_load(req_event) < new - old;
}

/* Ask for an event when answer number at (an index) has been given. True: it is
 * there already and no event will come for it. */
static inline bool ring_ask_event(uint32_t *rsp_event, const uint32_t *rsp_prod,
				  uint32_t at)
{
	ring_store(rsp_event, at);
	xen_mb();
	return (int32_t)(ring_load(rsp_prod) - at) >= 0;
}

/* Copies, read once. */
static inline struct netif_tx_response tx_answer(const struct netif_tx_sring *s,
						 uint32_t i)
{
	return *(const volatile struct netif_tx_response *)&s
			->ring[i & (TX_SLOTS - 1)]
			.rsp;
}

static inline struct netif_rx_response rx_answer(const struct netif_rx_sring *s,
						 uint32_t i)
{
	return *(const volatile struct netif_rx_response *)&s
			->ring[i & (RX_SLOTS - 1)]
			.rsp;
}

/* Extra info lies where an answer would. */
static inline struct netif_extra_info rx_extra(const struct netif_rx_sring *s,
					       uint32_t i)
{
	struct netif_extra_info x;
	const volatile uint32_t *from =
		(const volatile uint32_t *)&s->ring[i & (RX_SLOTS - 1)].rsp;
	uint32_t word[2] = {from[0], from[1]};

	_Static_assert(sizeof(x) == sizeof(word), "extra info fills a slot");
	memcpy(&x, word, sizeof(x));
	return x;
}

/* Answers of the rx ring come at the place of their request, whose id is that
 * place. The data lie within one page. */
static inline bool rx_answer_ok(const struct netif_rx_response *r, uint32_t i)
{
	return r->id == (i & (RX_SLOTS - 1)) && r->status > 0 &&
	       r->offset < PAGE_SIZE &&
	       (uint32_t)r->status <= PAGE_SIZE - r->offset &&
	       !(r->flags & NETRXF_gso_prefix);
}

/*
 * A received packet: slots answers from rsp_cons on, of which nr hold data.
 */
struct rx_packet {
	unsigned int slots, nr;
	struct {
		uint32_t index; /* of the ring */
		uint16_t off, len;
	} part[PACKET_SLOTS];
	unsigned int len;
	unsigned int csum; /* NETRXF_ flags of the first */
	unsigned int gso_type, gso_size;
};

enum rx_parsed {
	RX_PACKET, /* p is good */
	RX_BAD,	   /* p->slots are to be passed over */
	RX_PART,   /* its end is not there yet */
};

/* The packet that begins at index from, with answers before prod (of which
 * there is at least one). netfront_ring.c */
enum rx_parsed rx_parse(const struct netif_rx_sring *s, uint32_t from,
			uint32_t prod, struct rx_packet *p);

/*
 * Ids of the tx ring. An id is in use from the request to its answer.
 */
enum tx_kind {
	TX_FREE,
	TX_PAGE,   /* at: the txpage it holds a reference of */
	TX_BOUNCE, /* at: a piece of our own memory */
	TX_DUMMY,  /* neither */
};

struct tx_ids {
	struct {
		void *at;
		uint16_t next; /* free id after this one */
		uint8_t kind;
	} id[TX_SLOTS];
	uint16_t first; /* free id, TX_SLOTS if none */
	uint16_t used;
	/* Slots of extra info without answer; the answer has no id. */
	uint16_t extras;
};

void tx_ids_init(struct tx_ids *t);
/* There must be one, as there is when the ring has room. */
uint16_t tx_id_take(struct tx_ids *t, enum tx_kind kind, void *at);
/* What an answer's id stood for, which is free now; TX_FREE: it stood for
 * nothing, and nothing has changed. */
enum tx_kind tx_id_answered(struct tx_ids *t, uint16_t id, void **at);

#endif
