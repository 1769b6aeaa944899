/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memp.c: lwIP's pools and heap (lwip/memp.h, lwip/mem.h), in place of its
 * memp.c and mem.c, and the stack's own pools (pool.h).
 *
 * A pool hands out objects of one size from page frames of its own. A frame
 * begins with a struct slab, so an object finds its pool by its address. The
 * pool's free objects hang on their slab; slabs with a free object are in a
 * list, the one used last first. A slab whose last object comes back returns
 * its frame, except one for each pool, so that a lone object that comes and
 * goes does not take a frame along each time.
 *
 * The heap is a set of pools by size; what is too large for these gets frames
 * in one piece, which begin with the same header and no pool.
 */
#include <lwip/memp.h>
#include <lwip/mem.h>
#include <lwip/igmp.h>
#include <lwip/mld6.h>
#include <lwip/nd6.h>
#include <lwip/pbuf.h>
#include <lwip/raw.h>
#include <lwip/udp.h>
#include <lwip/ip4_frag.h>
#include <lwip/ip6_frag.h>
#include <lwip/etharp.h>
#include <lwip/priv/nd6_priv.h>
#include <lwip/priv/tcp_priv.h>
#include <posixen/mem.h>
#include "pool.h"
#include "tcp_recovery.h"

/* At the start of a frame; a multiple of 16 bytes, as objects must be aligned.
 */
struct slab {
	struct list link; /* pool->partial, or itself when nothing is free */
	void *free; /* each free object begins with the next one's place */
	struct pool *pool; /* NULL: a large block */
	uint32_t used;
	uint32_t order; /* of a large block */
	size_t size;	/* of a large block */
};

#define ROOM (PAGE_SIZE - sizeof(struct slab))

static struct slab *slab_of(const void *p)
{
	return (struct slab *)PAGE_DOWN((uintptr_t)p);
}

/* A fresh frame's objects, linked. */
static struct slab *grow(struct pool *pool)
{
	pfn_t pfn = page_alloc(PAGE_KERNEL, 0);
	struct slab *s;
	char *at;

	if (pfn == PFN_NONE)
		return NULL;
	s = pfn_to_virt(pfn);
	s->pool = pool;
	s->used = 0;
	s->free = NULL;
	for (at = (char *)(s + 1); at + pool->size <= (char *)s + PAGE_SIZE;
	     at += pool->size) {
		*(void **)at = s->free;
		s->free = at;
	}
	list_push(&pool->partial, &s->link);
	pool->spare++;
	return s;
}

void *pool_alloc(struct pool *pool)
{
	struct slab *s;
	void *p;

	if (unlikely(pool->max && pool->used >= pool->max))
		return NULL;
	if (unlikely(!pool->partial.next)) /* never used before */
		list_init(&pool->partial);
	if (unlikely(list_empty(&pool->partial))) {
		s = grow(pool);
		if (!s)
			return NULL;
	} else {
		s = list_first(&pool->partial, struct slab, link);
	}
	p = s->free;
	s->free = *(void **)p;
	if (!s->used++)
		pool->spare--;
	if (!s->free)
		list_del(&s->link);
	pool->used++;
	return p;
}

void pool_free(void *p)
{
	struct slab *s = slab_of(p);
	struct pool *pool = s->pool;

	if (!s->free)
		list_push(&pool->partial, &s->link);
	*(void **)p = s->free;
	s->free = p;
	pool->used--;
	if (--s->used)
		return;
	if (pool->spare) {
		list_del(&s->link);
		page_free(virt_to_pfn(s), 0);
	} else {
		pool->spare = 1;
	}
}

/* lwIP's objects: its list of pools, read as ours. */
#define POOL_SIZE(size) ALIGN_UP((size), MEM_ALIGNMENT)
static struct pool pools[] = {
#define LWIP_MEMPOOL(name, num, bytes, desc) {.size = POOL_SIZE(bytes)},
#include <lwip/priv/memp_std.h>
};

/* Where lwIP relies on a pool's end: it drops the oldest packet that waits for
 * a neighbour, the oldest datagram that lacks fragments. */
void memp_init(void)
{
	pools[MEMP_TCP_PCB].size += DEMUX_ROOM + TCP_RECOVERY_ROOM;
	pools[MEMP_TCP_PCB_LISTEN].size += DEMUX_ROOM;
	pools[MEMP_TCP_SEG].size += TCP_SEG_ROOM;
	pools[MEMP_ND6_QUEUE].max = MEMP_NUM_ND6_QUEUE;
	pools[MEMP_REASSDATA].max = MEMP_NUM_REASSDATA;
	pools[MEMP_IP6_REASSDATA].max = MEMP_NUM_REASSDATA;
}

/* What we keep of an object lies in front of it. */
static size_t room_before(memp_t type)
{
	switch (type) {
	case MEMP_TCP_PCB:
		return DEMUX_ROOM + TCP_RECOVERY_ROOM;
	case MEMP_TCP_PCB_LISTEN:
		return DEMUX_ROOM;
	case MEMP_TCP_SEG:
		return TCP_SEG_ROOM;
	default:
		return 0;
	}
}

void *memp_malloc(memp_t type)
{
	char *p = pool_alloc(&pools[type]);
	size_t room = room_before(type);

	if (!room)
		return p;
	if (!p) {
		if (type != MEMP_TCP_SEG)
			demux_show();
		return NULL;
	}
	memset(p, 0, room);
	p += room;
	if (type == MEMP_TCP_PCB)
		tcp_recovery_born((struct tcp_pcb *)p);
	return p;
}

void memp_free(memp_t type, void *p)
{
	if (!p)
		return;
	if (type == MEMP_TCP_PCB)
		tcp_recovery_gone(p);
	if (type == MEMP_TCP_PCB || type == MEMP_TCP_PCB_LISTEN)
		demux_gone(p);
	pool_free((char *)p - room_before(type));
}

/* The heap. Most of what lwIP asks for are headers of packets: less than 256
 * bytes with struct pbuf. */
static struct pool heap[] = {
	{.size = 64},  {.size = 128},  {.size = 192},
	{.size = 256}, {.size = 384},  {.size = 560},
	{.size = 784}, {.size = 1328}, {.size = ALIGN_DOWN(ROOM / 2, 16)},
};

static void *large_alloc(size_t n)
{
	struct slab *s;
	uint32_t order = 0;
	pfn_t pfn;

	while ((PAGE_SIZE << order) < n + sizeof(*s))
		order++;
	if (order > PAGE_MAX_ORDER)
		return NULL;
	pfn = page_alloc(PAGE_KERNEL, order);
	if (pfn == PFN_NONE)
		return NULL;
	s = pfn_to_virt(pfn);
	s->pool = NULL;
	s->order = order;
	return s + 1;
}

void mem_init(void)
{
}

void *mem_malloc(mem_size_t n)
{
	for (size_t i = 0; i < ARRAY_SIZE(heap); i++)
		if (n <= heap[i].size)
			return pool_alloc(&heap[i]);
	return large_alloc(n);
}

/* Blocks only shrink in place: lwip/mem.h. */
void *mem_trim(void *p, mem_size_t n)
{
	return p;
}

void mem_free(void *p)
{
	struct slab *s = slab_of(p);

	if (!p)
		return;
	if (s->pool)
		pool_free(p);
	else
		page_free(virt_to_pfn(s), s->order);
}
