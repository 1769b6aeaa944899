/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * demux.h: lwIP's TCP connections by name and by port (demux.c).
 *
 * lwIP keeps connections in singly linked lists, which it walks for each
 * segment, each new connection and each end of one. Here each pcb has a node,
 * which lies in front of it (memp.c), so that none of that depends on how many
 * there are. Kernel context; nothing blocks or allocates, but for the table,
 * which stays as it is when there is no memory for a better one.
 */
#ifndef NET_DEMUX_H
#define NET_DEMUX_H

#include <lwip/priv/tcp_priv.h>
#include <posixen/list.h>

struct demux_node {
	struct tcp_pcb *prev;	    /* in lwIP's list; not kept for listeners */
	struct tcp_pcb *next_named; /* in the bucket of its name */
	struct tcp_pcb *next_port;  /* port's first pcb: the next port's */
	/* All pcbs of one local port, in a ring. */
	struct tcp_pcb *ring_next, *ring_prev;
	uint32_t hash; /* of the name, if in a table by name */
	uint16_t port;
	bool named;    /* is in the table by name */
	uint8_t where; /* enum demux_list */
};

/* For memp.c: what stands in front of a pcb and of a listener. */
#define DEMUX_ROOM ALIGN_UP(sizeof(struct demux_node), 16)

static inline struct demux_node *demux_node(const void *pcb)
{
	return (struct demux_node *)((char *)pcb - DEMUX_ROOM);
}

/* memp.c: a pcb's memory, whose node was all zero to begin with, ends. lwIP's
 * timers take out of its lists what they free without a word. */
void demux_gone(void *pcb);

/* memp.c: there is no memory for a pcb. Show lwIP all it may give up. */
void demux_show(void);

/* The connection of that name, in whatever state but SYN_SENT's predecessors,
 * TIME_WAIT included; NULL. Ports are in host order. */
struct tcp_pcb *demux_find(const ip_addr_t *local, uint16_t lport,
			   const ip_addr_t *remote, uint16_t rport);

/* Some pcb with that local port, of any list, and round from it to the next:
 * it ends where it began. NULL: nobody has the port. */
struct tcp_pcb *demux_port(uint16_t port);

static inline struct tcp_pcb *demux_port_next(const struct tcp_pcb *p)
{
	return demux_node(p)->ring_next;
}

/* How many are in TIME_WAIT. */
unsigned int demux_time_wait(void);

#endif
