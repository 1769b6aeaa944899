/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * demux.c: finding TCP connections among many (demux.h).
 *
 * lwIP is left to believe that it searches its lists. A segment whose
 * connection is known finds that one at the head of the list; for one that
 * belongs to none, to a connection in TIME_WAIT or to a listener, the lists
 * that would be walked in vain are hidden while lwIP looks at it.
 *
 * Connections hang in a hash table by name (both addresses and ports), which
 * grows and shrinks with their number, and all pcbs in one by local port: there
 * the pcbs of a port are a ring, one of which is in the port's bucket.
 */
#include <lwip/ip.h>
#include <lwip/prot/tcp.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/random.h>
#include "demux.h"

#undef tcp_input

enum demux_list { NOWHERE, LISTENING, BOUND, ACTIVE, WAITING };

#define FEW   64u
#define PORTS 256u
static struct tcp_pcb *few[FEW];
static struct tcp_pcb **names = few;
static unsigned int nr_buckets = FEW, nr_named;
static struct tcp_pcb *ports[PORTS];
static unsigned int nr_waiting;

/* Out of lwIP's sight. */
static struct tcp_pcb *hidden_active, *hidden_waiting;
static bool hiding;

/* Peers choose names: a secret keeps them from choosing one bucket. */
static uint64_t secret[2];

static uint64_t mix(uint64_t h, uint64_t w)
{
	unsigned __int128 m = (unsigned __int128)(h ^ w) * secret[0];

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static uint32_t hash_name(const ip_addr_t *local, uint16_t lport,
			  const ip_addr_t *remote, uint16_t rport)
{
	uint64_t h;

	if (unlikely(!secret[0])) {
		random_bytes(secret, sizeof(secret));
		secret[0] |= 1;
	}
	h = mix(secret[1], (uint64_t)lport << 16 | rport);
	if (!IP_IS_V6(local))
		return (uint32_t)mix(h, (uint64_t)ip_2_ip4(local)->addr << 32 |
						ip_2_ip4(remote)->addr);
	for (int i = 0; i < 4; i++)
		h = mix(h, (uint64_t)ip_2_ip6(local)->addr[i] << 32 |
				   ip_2_ip6(remote)->addr[i]);
	return (uint32_t)h;
}

/* By name. */

static struct tcp_pcb **bucket(uint32_t hash)
{
	return &names[hash & (nr_buckets - 1)];
}

static void link_name(struct tcp_pcb *p)
{
	struct tcp_pcb **at = bucket(demux_node(p)->hash);

	demux_node(p)->next_named = *at;
	*at = p;
}

static unsigned int order_of(unsigned int n)
{
	unsigned int order = 0;

	while ((PAGE_SIZE << order) < n * sizeof(*names))
		order++;
	return order;
}

static void resize(unsigned int n)
{
	struct tcp_pcb **old = names, **fresh = few;
	unsigned int nr_old = nr_buckets;
	pfn_t pfn;

	if (n > FEW) {
		if (order_of(n) > PAGE_MAX_ORDER)
			return;
		pfn = page_alloc(PAGE_KERNEL, order_of(n));
		if (pfn == PFN_NONE)
			return;
		fresh = pfn_to_virt(pfn);
	}
	memset(fresh, 0, n * sizeof(*fresh));
	names = fresh;
	nr_buckets = n;
	for (unsigned int i = 0; i < nr_old; i++)
		for (struct tcp_pcb *p = old[i], *next; p; p = next) {
			next = demux_node(p)->next_named;
			link_name(p);
		}
	if (old != few)
		page_free(virt_to_pfn(old), order_of(nr_old));
}

static void add_name(struct tcp_pcb *p)
{
	struct demux_node *n = demux_node(p);

	/* A page at least, once it is more than a few. */
	if (nr_named >= nr_buckets)
		resize(MAX(nr_buckets * 2, PAGE_SIZE / sizeof(*names)));
	n->hash = hash_name(&p->local_ip, p->local_port, &p->remote_ip,
			    p->remote_port);
	link_name(p);
	n->named = true;
	nr_named++;
}

static void remove_name(struct tcp_pcb *p)
{
	struct demux_node *n = demux_node(p);
	struct tcp_pcb **at = bucket(n->hash);

	while (*at != p)
		at = &demux_node(*at)->next_named;
	*at = n->next_named;
	n->named = false;
	if (--nr_named < nr_buckets / 8 && nr_buckets > FEW)
		resize(nr_buckets * sizeof(*names) > PAGE_SIZE ? nr_buckets / 2
							       : FEW);
}

struct tcp_pcb *demux_find(const ip_addr_t *local, uint16_t lport,
			   const ip_addr_t *remote, uint16_t rport)
{
	uint32_t hash = hash_name(local, lport, remote, rport);
	struct tcp_pcb *p;

	for (p = *bucket(hash); p; p = demux_node(p)->next_named)
		if (demux_node(p)->hash == hash && p->local_port == lport &&
		    p->remote_port == rport &&
		    ip_addr_cmp(&p->remote_ip, remote) &&
		    ip_addr_cmp(&p->local_ip, local))
			return p;
	return NULL;
}

/* By port. */

/* Where the pcb hangs that stands for port, or would. */
static struct tcp_pcb **port_place(uint16_t port)
{
	struct tcp_pcb **at = &ports[port % PORTS];

	while (*at && demux_node(*at)->port != port)
		at = &demux_node(*at)->next_port;
	return at;
}

struct tcp_pcb *demux_port(uint16_t port)
{
	return *port_place(port);
}

static void add_port(struct tcp_pcb *p)
{
	struct tcp_pcb **at = port_place(p->local_port), *first = *at;
	struct demux_node *n = demux_node(p);

	n->port = p->local_port;
	n->next_port = NULL;
	if (!first) {
		n->ring_next = n->ring_prev = p;
		*at = p;
		return;
	}
	n->ring_next = first;
	n->ring_prev = demux_node(first)->ring_prev;
	demux_node(n->ring_prev)->ring_next = p;
	demux_node(first)->ring_prev = p;
}

static void remove_port(struct tcp_pcb *p)
{
	struct demux_node *n = demux_node(p);
	struct tcp_pcb **at = port_place(n->port), *heir = n->ring_next;

	if (*at == p) {
		if (heir == p) {
			*at = n->next_port;
			return;
		}
		demux_node(heir)->next_port = n->next_port;
		*at = heir;
	}
	demux_node(n->ring_prev)->ring_next = heir;
	demux_node(heir)->ring_prev = n->ring_prev;
}

/* lwIP's lists. */

static enum demux_list list_of(struct tcp_pcb **list)
{
	if (list == &tcp_active_pcbs)
		return ACTIVE;
	if (list == &tcp_tw_pcbs)
		return WAITING;
	return list == &tcp_bound_pcbs ? BOUND : LISTENING;
}

static void push(struct tcp_pcb **list, struct tcp_pcb *p)
{
	p->next = *list;
	if (p->next)
		demux_node(p->next)->prev = p;
	demux_node(p)->prev = NULL;
	*list = p;
}

/* p, not the first, leaves its list. */
static void take_out(struct tcp_pcb *p)
{
	struct tcp_pcb *prev = demux_node(p)->prev;

	prev->next = p->next;
	if (p->next)
		demux_node(p->next)->prev = prev;
}

/* p is no longer in a list, or about to leave it. */
static void forget(struct tcp_pcb *p)
{
	struct demux_node *n = demux_node(p);

	remove_port(p);
	if (n->named)
		remove_name(p);
	if (n->where == WAITING)
		nr_waiting--;
	n->where = NOWHERE;
}

void demux_add(struct tcp_pcb **list, struct tcp_pcb *p)
{
	struct demux_node *n = demux_node(p);

	push(list, p);
	n->where = list_of(list);
	if (n->where == WAITING)
		nr_waiting++;
	add_port(p);
	if (n->where == ACTIVE || n->where == WAITING)
		add_name(p);
	tcp_timer_needed();
}

void demux_remove(struct tcp_pcb **list, struct tcp_pcb *p)
{
	struct demux_node *n = demux_node(p);

	if (n->where == NOWHERE)
		return;
	if (*list != p && !n->prev)
		demux_show();
	if (n->where == LISTENING) {
		/* lwIP moves them about (tcp_input()). */
		while (*list != p)
			list = &(*list)->next;
		*list = p->next;
	} else if (*list == p) {
		*list = p->next;
		if (p->next)
			demux_node(p->next)->prev = NULL;
	} else {
		take_out(p);
	}
	p->next = NULL;
	forget(p);
}

void demux_gone(void *pcb)
{
	struct tcp_pcb *p = pcb;

	if (demux_node(p)->where == NOWHERE)
		return;
	/* Its neighbours know of each other but for this. */
	if (p->next)
		demux_node(p->next)->prev = demux_node(p)->prev;
	forget(p);
}

unsigned int demux_time_wait(void)
{
	return nr_waiting;
}

/* Segments. */

static void hide(bool waiting)
{
	hiding = true;
	hidden_active = tcp_active_pcbs;
	tcp_active_pcbs = NULL;
	hidden_waiting = NULL;
	if (waiting) {
		hidden_waiting = tcp_tw_pcbs;
		tcp_tw_pcbs = NULL;
	}
}

/* What was hidden comes behind what is new. */
static void append(struct tcp_pcb **list, struct tcp_pcb *hidden)
{
	struct tcp_pcb *last = NULL;

	for (; *list; list = &last->next)
		last = *list;
	*list = hidden;
	if (hidden)
		demux_node(hidden)->prev = last;
}

void demux_show(void)
{
	if (!hiding)
		return;
	hiding = false;
	append(&tcp_active_pcbs, hidden_active);
	append(&tcp_tw_pcbs, hidden_waiting);
}

static void to_front(struct tcp_pcb *p)
{
	if (tcp_active_pcbs == p)
		return;
	take_out(p);
	push(&tcp_active_pcbs, p);
}

/*
 * A peer that begins a new connection with the name of one that waits here,
 * whose sequence numbers are beyond that one's, may have it (RFC 9293, 3.6.1):
 * clients come round to the same port in less than a minute. lwIP would refuse
 * it. If they are not (RCV.NXT itself is not, as on Linux), it is told how far
 * the old one was, and its reset, which says that it knows of no such
 * connection, ends the wait as on Linux (its tcp_rfc1337 is 0): the next SYN
 * finds who listens.
 */
static bool ends_wait(const struct tcp_pcb *p, const struct tcp_hdr *h)
{
	uint32_t seq = lwip_ntohl(h->seqno);
	u8_t flags = TCPH_FLAGS(h);

	if (flags & TCP_RST)
		return seq == p->rcv_nxt;
	return (flags & (TCP_SYN | TCP_ACK)) == TCP_SYN &&
	       TCP_SEQ_GT(seq, p->rcv_nxt);
}

/*
 * Nothing but an acknowledgement, in order, while o offers no window: that is
 * acceptable (RFC 9293, 3.10.7.4), but lwIP would answer it. Two that offer
 * each other nothing would answer each other for ever, over lo without a pause.
 */
static bool is_ack_for_no_window(const struct tcp_pcb *o,
				 const struct tcp_hdr *h, const struct pbuf *p)
{
	return !o->rcv_wnd && o->state >= ESTABLISHED &&
	       !(TCPH_FLAGS(h) & (TCP_SYN | TCP_FIN | TCP_RST)) &&
	       p->tot_len == TCPH_HDRLEN_BYTES(h) &&
	       lwip_ntohl(h->seqno) == o->rcv_nxt;
}

/* lwIP sees a window of one byte, which is nowhere said to the peer. */
static void input_ack(struct tcp_pcb *o, struct pbuf *p, struct netif *in)
{
	ip_addr_t local = o->local_ip, remote = o->remote_ip;
	uint16_t lport = o->local_port, rport = o->remote_port;

	o->rcv_wnd = 1;
	tcp_input(p, in);
	/* The acknowledgement may have been all that it waited for. */
	if (demux_find(&local, lport, &remote, rport) == o && o->rcv_wnd)
		o->rcv_wnd--;
}

/*
 * For o, which waits and goes on waiting. A SYN inside its window, be it
 * RCV.NXT itself, lwIP answers with RST, which says to a client that nobody
 * listens; one outside with an ACK, as RFC 5961 (4.2) and Linux answer both. No
 * SYN is inside of a window that goes all the way round.
 */
static void input_waiting(struct tcp_pcb *o, struct pbuf *p, struct netif *in)
{
	tcpwnd_size_t window = o->rcv_wnd;

	o->rcv_wnd = UINT32_MAX;
	/* It changes no list, nor frees o: lwIP's tcp_timewait_input(). */
	hide(false);
	tcp_input(p, in);
	demux_show();
	o->rcv_wnd = window;
}

static struct tcp_pcb *owner(const struct tcp_hdr *h)
{
	struct tcp_pcb *p =
		demux_find(ip_current_dest_addr(), lwip_ntohs(h->dest),
			   ip_current_src_addr(), lwip_ntohs(h->src));

	if (p && p->netif_idx != NETIF_NO_INDEX &&
	    p->netif_idx != netif_get_index(ip_current_input_netif()))
		return NULL;
	return p;
}

/* In place of lwIP's tcp_input(): p begins with what should be a header of
 * TCP. */
void demux_input(struct pbuf *p, struct netif *in)
{
	const struct tcp_hdr *h = p->payload;
	struct tcp_pcb *o = p->len >= TCP_HLEN ? owner(h) : NULL;

	if (o && o->state == TIME_WAIT && ends_wait(o, h)) {
		tcp_abort(o);
		o = NULL;
	}
	if (o && o->state != TIME_WAIT) {
		to_front(o);
		if (unlikely(is_ack_for_no_window(o, h, p)))
			input_ack(o, p, in);
		else
			tcp_input(p, in);
		return;
	}
	if (o) {
		input_waiting(o, p, in);
		return;
	}
	hide(true);
	tcp_input(p, in);
	demux_show();
}
