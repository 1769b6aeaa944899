/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_net.c: /proc/net and /proc/sys/net (proc(5)): sockets, interfaces and
 * routes as text, in the columns that Linux prints and programs parse.
 */
#include <lwip/netif.h>
#include <lwip/priv/nd6_priv.h>
#include <lwip/udp.h>
#include <posixen/procfs.h>
#include <hooks.h>
#include "config.h"
#include "dgram.h"
#include "interface.h"
#include "loop.h"
#include "netdev.h"
#include "proc_net.h"
#include "tcp.h"
#include "unix.h"

/* Fill the line that began at from with spaces to width, and end it. */
static void end_line(struct seq *s, size_t from, size_t width)
{
	while (!s->err && s->len - from < width)
		seq_write(s, " ", 1);
	seq_write(s, "\n", 1);
}

static void put_addr(struct seq *s, const ip_addr_t *ip, uint16_t port, bool v6)
{
	const uint32_t any[4] = {0};
	const uint32_t *a = any;

	if (!v6) {
		seq_printf(s, " %08X:%04X",
			   IP_IS_V4(ip) ? ip_2_ip4(ip)->addr : 0, port);
		return;
	}
	if (IP_IS_V6_VAL(*ip) && !IP_IS_ANY_TYPE_VAL(*ip))
		a = ip_2_ip6(ip)->addr;
	if (IP_IS_V4(ip) && ip_2_ip4(ip)->addr)
		seq_printf(s, " 0000000000000000FFFF0000%08X:%04X",
			   ip_2_ip4(ip)->addr, port);
	else
		seq_printf(s, " %08X%08X%08X%08X:%04X", a[0], a[1], a[2], a[3],
			   port);
}

/* A socket, as all the tables of internet sockets describe it. */
struct row {
	const ip_addr_t *local, *remote;
	uint16_t lport, rport;
	bool v6;
	int state;
	unsigned int tx, rx, uid;
	uint64_t ino;
};

static void put_row(struct seq *s, unsigned int *nr, int width,
		    const struct row *r)
{
	seq_printf(s, "%*u:", width, (*nr)++);
	put_addr(s, r->local, r->lport, r->v6);
	put_addr(s, r->remote, r->rport, r->v6);
	seq_printf(s, " %02X %08X:%08X %02X:%08X %08X %5u %8d %lu", r->state,
		   r->tx, r->rx, 0, 0, 0, r->uid, 0, r->ino);
}

/* Of which family is a pcb whose socket is closed, or not accepted yet? */
static bool is_v6(const struct inet *in, const ip_addr_t *local)
{
	return in && in->s ? in->s->family == AF_INET6 : IP_IS_V6(local);
}

static void put_tcp(struct seq *s, unsigned int *nr, const struct row *r)
{
	size_t from = s->len;

	put_row(s, nr, 4, r);
	seq_printf(s, " 1 0000000000000000");
	if (r->state == TCP_LISTEN)
		seq_printf(s, " 100 0 0 10 0");
	end_line(s, from, 149);
}

static void tcp_listeners(struct seq *s, bool v6, unsigned int *nr)
{
	for (struct tcp_pcb_listen *l = tcp_listen_pcbs.listen_pcbs; l;
	     l = l->next) {
		const struct tcp_sock *t = l->callback_arg;
		struct row r = {.local = &l->local_ip,
				.remote = &l->local_ip,
				.lport = l->local_port,
				.v6 = v6,
				.state = TCP_LISTEN};
		ip_addr_t any = v6 ? *IP6_ADDR_ANY : *IP4_ADDR_ANY;

		/* A pcb for each family may stand behind one socket. */
		if (!t || !t->in.s || t->lpcb != (struct tcp_pcb *)l ||
		    is_v6(&t->in, &l->local_ip) != v6)
			continue;
		r.remote = &any;
		r.rx = t->nr_ready;
		r.uid = t->in.uid;
		r.ino = t->in.s->ino;
		put_tcp(s, nr, &r);
	}
}

static void tcp_connections(struct seq *s, struct tcp_pcb *p, bool v6,
			    unsigned int *nr)
{
	for (; p; p = p->next) {
		const struct tcp_sock *t =
			p->state == TIME_WAIT ? NULL : p->callback_arg;
		struct row r = {.local = &p->local_ip,
				.remote = &p->remote_ip,
				.lport = p->local_port,
				.rport = p->remote_port,
				.v6 = v6,
				.state = TCP_TIME_WAIT};

		if (is_v6(t ? &t->in : NULL, &p->local_ip) != v6)
			continue;
		if (t) {
			r.state = tcp_linux_state(t);
			r.tx = (unsigned int)(t->tx.end - t->tx.acked);
			r.rx = t->rx_bytes;
			r.uid = t->in.uid;
			r.ino = t->in.s ? t->in.s->ino : 0;
		}
		put_tcp(s, nr, &r);
	}
}

static int show_tcp_family(struct seq *s, bool v6)
{
	unsigned int nr = 0;
	size_t from = s->len;

	if (v6) {
		seq_printf(s, "  sl  local_address                         "
			      "remote_address                        st "
			      "tx_queue rx_queue tr tm->when retrnsmt   uid  "
			      "timeout inode\n");
	} else {
		seq_printf(s, "  sl  local_address rem_address   st tx_queue "
			      "rx_queue tr tm->when retrnsmt   uid  timeout "
			      "inode");
		end_line(s, from, 149);
	}
	tcp_listeners(s, v6, &nr);
	tcp_connections(s, tcp_active_pcbs, v6, &nr);
	tcp_connections(s, tcp_tw_pcbs, v6, &nr);
	return 0;
}

static int show_tcp(struct seq *s, const struct proc_inode *pi)
{
	return show_tcp_family(s, false);
}

static int show_tcp6(struct seq *s, const struct proc_inode *pi)
{
	return show_tcp_family(s, true);
}

static void dgram_header(struct seq *s, bool v6)
{
	size_t from = s->len;

	if (v6) {
		seq_printf(s, "  sl  local_address                         "
			      "remote_address                        st "
			      "tx_queue rx_queue tr tm->when retrnsmt   uid  "
			      "timeout inode ref pointer drops\n");
		return;
	}
	seq_printf(s, "   sl  local_address rem_address   st tx_queue rx_queue "
		      "tr tm->when retrnsmt   uid  timeout inode ref pointer "
		      "drops");
	end_line(s, from, 127);
}

static void put_dgram(struct seq *s, const struct dgram_sock *d, bool v6,
		      unsigned int *nr)
{
	size_t from = s->len;
	struct row r = {
		.local = &d->in.local,
		.remote = &d->in.remote,
		.lport = d->in.lport,
		.rport = d->in.rport,
		.v6 = v6,
		.state = d->connected ? TCP_ESTABLISHED : TCP_CLOSE,
		.rx = d->queued,
		.uid = d->in.uid,
	};

	if (!d->in.s || (d->in.s->family == AF_INET6) != v6)
		return;
	r.ino = d->in.s->ino;
	put_row(s, nr, 5, &r);
	seq_printf(s, " 2 0000000000000000 0");
	if (v6)
		seq_write(s, "\n", 1);
	else
		end_line(s, from, 127);
}

static int show_udp_family(struct seq *s, bool v6)
{
	unsigned int nr = 0;

	dgram_header(s, v6);
	for (struct udp_pcb *p = udp_pcbs; p; p = p->next) {
		const struct dgram_sock *d = udp_dgram(p);

		if (d)
			put_dgram(s, d, v6, &nr);
	}
	return 0;
}

static int show_udp(struct seq *s, const struct proc_inode *pi)
{
	return show_udp_family(s, false);
}

static int show_udp6(struct seq *s, const struct proc_inode *pi)
{
	return show_udp_family(s, true);
}

struct raw_table {
	struct seq *s;
	bool v6;
	unsigned int nr;
};

static void put_raw(void *arg, const struct dgram_sock *d)
{
	struct raw_table *t = arg;
	struct row r = {
		.local = &d->in.local,
		.remote = &d->in.remote,
		.lport = d->in.lport, /* the protocol */
		.v6 = t->v6,
		.state = d->connected ? TCP_ESTABLISHED : TCP_CLOSE,
		.rx = d->queued,
		.uid = d->in.uid,
		.ino = d->in.s->ino,
	};

	if ((d->in.s->family == AF_INET6) != t->v6)
		return;
	put_row(t->s, &t->nr, t->v6 ? 5 : 4, &r);
	seq_printf(t->s, " 2 0000000000000000 0\n");
}

static int show_raw(struct seq *s, const struct proc_inode *pi)
{
	struct raw_table t = {.s = s};

	seq_printf(s, "  sl  local_address rem_address   st tx_queue rx_queue "
		      "tr tm->when retrnsmt   uid  timeout inode ref pointer "
		      "drops\n");
	raw_each(put_raw, &t);
	return 0;
}

static int show_raw6(struct seq *s, const struct proc_inode *pi)
{
	struct raw_table t = {.s = s, .v6 = true};

	dgram_header(s, true);
	raw_each(put_raw, &t);
	return 0;
}

/* The interface's counters. */
static void put_dev(struct seq *s, struct netif *n)
{
	struct iface *i = netif_iface(n);
	const struct netdev_stats lo = {
		.rx_packets = loop_packets,
		.tx_packets = loop_packets,
		.rx_bytes = loop_bytes,
		.tx_bytes = loop_bytes,
	};
	const struct netdev_stats *c = i && i->dev ? &i->dev->stats : &lo;
	char name[16];

	stack_netif_name(n, name);
	seq_printf(s,
		   "%6s: %7lu %7lu %4lu %4lu %4lu %5lu %10lu %9lu "
		   "%8lu %7lu %4lu %4lu %4lu %5lu %7lu %10lu\n",
		   name, c->rx_bytes, c->rx_packets, c->rx_errors,
		   c->rx_dropped, 0ul, 0ul, 0ul, 0ul, c->tx_bytes,
		   c->tx_packets, c->tx_errors, c->tx_dropped, 0ul, 0ul, 0ul,
		   0ul);
}

static int show_dev(struct seq *s, const struct proc_inode *pi)
{
	struct netif *n;

	seq_printf(s, "Inter-|   Receive                                      "
		      "          |  Transmit\n"
		      " face |bytes    packets errs drop fifo frame compressed "
		      "multicast|bytes    packets errs drop fifo colls carrier "
		      "compressed\n");
	for (unsigned int i = 1; (n = interface_next(&i)); i++)
		put_dev(s, n);
	return 0;
}

#define RTF_UP	    1
#define RTF_GATEWAY 2

static void put_route(struct seq *s, struct netif *n, uint32_t dst, uint32_t gw,
		      uint32_t mask)
{
	size_t from = s->len;
	char name[16];

	stack_netif_name(n, name);
	seq_printf(s, "%s\t%08X\t%08X\t%04X\t%d\t%u\t%d\t%08X\t%d\t%u\t%u",
		   name, dst, gw, RTF_UP | (gw ? RTF_GATEWAY : 0), 0, 0, 0,
		   mask, 0, 0, 0);
	end_line(s, from, 127);
}

static int show_route(struct seq *s, const struct proc_inode *pi)
{
	size_t from = s->len;
	struct netif *n;

	seq_printf(s, "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric"
		      "\tMask\t\tMTU\tWindow\tIRTT");
	end_line(s, from, 127);
	for (unsigned int i = 1; (n = interface_next(&i)); i++) {
		uint32_t addr = netif_ip4_addr(n)->addr;
		uint32_t mask = netif_ip4_netmask(n)->addr;

		if (interface_is_lo(n) || !addr || !netif_is_up(n))
			continue;
		if (n == netif_default && netif_ip4_gw(n)->addr)
			put_route(s, n, 0, netif_ip4_gw(n)->addr, 0);
		put_route(s, n, addr & mask, 0, mask);
	}
	return 0;
}

#define SCOPE_HOST     0x10 /* IPV6_ADDR_LOOPBACK of Linux */
#define SCOPE_LINK     0x20
#define FLAG_PERMANENT 0x80 /* IFA_F_ */
#define FLAG_TENTATIVE 0x40

static void put_inet6(struct seq *s, struct netif *n, int slot)
{
	const ip6_addr_t *a = netif_ip6_addr(n, slot);
	uint8_t state = netif_ip6_addr_state(n, slot);
	unsigned int scope = ip6_addr_isloopback(a)    ? SCOPE_HOST
			     : ip6_addr_islinklocal(a) ? SCOPE_LINK
						       : 0;
	unsigned int flags = config_ip6_given(n, slot) ? FLAG_PERMANENT : 0;
	char name[16];

	if (ip6_addr_istentative(state))
		flags |= FLAG_TENTATIVE;
	else if (!ip6_addr_isvalid(state))
		return;
	stack_netif_name(n, name);
	for (int i = 0; i < 4; i++)
		seq_printf(s, "%08x", lwip_ntohl(a->addr[i]));
	seq_printf(s, " %02x %02x %02x %02x %8s\n", netif_get_index(n),
		   config_ip6_len(n, slot), scope, flags, name);
}

static int show_if_inet6(struct seq *s, const struct proc_inode *pi)
{
	struct netif *n;

	for (unsigned int i = 1; (n = interface_next(&i)); i++)
		for (int slot = 0; slot < LWIP_IPV6_NUM_ADDRESSES; slot++)
			put_inet6(s, n, slot);
	return 0;
}

static void put_ip6(struct seq *s, const ip6_addr_t *a, unsigned int len)
{
	for (unsigned int i = 0; i < 4; i++) {
		unsigned int n = len < 32 * i ? 0 : MIN(len - 32 * i, 32u);
		uint32_t mask = n ? ~0u << (32 - n) : 0;

		seq_printf(s, "%08x", a ? lwip_ntohl(a->addr[i]) & mask : 0);
	}
}

/* A route to the first len bits of to (NULL: everywhere), perhaps by gw. */
static void put_route6(struct seq *s, struct netif *n, const ip6_addr_t *to,
		       unsigned int len, const ip6_addr_t *gw)
{
	char name[16];

	stack_netif_name(n, name);
	put_ip6(s, to, len);
	seq_printf(s, " %02x ", len);
	put_ip6(s, NULL, 0);
	seq_printf(s, " 00 ");
	put_ip6(s, gw, 128);
	seq_printf(s, " %08x %08x %08x %08x %8s\n",
		   interface_is_lo(n) ? 0 : 256, 1, 0,
		   RTF_UP | (gw ? RTF_GATEWAY : 0), name);
}

static int show_ipv6_route(struct seq *s, const struct proc_inode *pi)
{
	struct netif *n;

	for (unsigned int i = 1; (n = interface_next(&i)); i++) {
		const ip6_addr_t *gw =
			interface_is_lo(n) ? NULL : net_ip6_gateway(n, NULL);

		for (int k = 0; k < LWIP_IPV6_NUM_ADDRESSES; k++)
			if (ip6_addr_isvalid(netif_ip6_addr_state(n, k)))
				put_route6(s, n, netif_ip6_addr(n, k),
					   config_ip6_len(n, k), NULL);
		if (gw)
			put_route6(s, n, NULL, 0, gw);
	}
	for (int k = 0; k < LWIP_ND6_NUM_ROUTERS; k++) {
		struct nd6_router_list_entry *r = &default_router_list[k];

		if (r->neighbor_entry && r->invalidation_timer)
			put_route6(s, r->neighbor_entry->netif, NULL, 0,
				   &r->neighbor_entry->next_hop_address);
	}
	return 0;
}

static void put_unix(struct seq *s, const struct unix_sock *u)
{
	/* SS_UNCONNECTED, SS_CONNECTING, SS_CONNECTED and __SO_ACCEPTCON of
	 * Linux. */
	unsigned int state = u->s ? u->state == UNIX_ESTABLISHED ? 3 : 1
			     : u->state == UNIX_ESTABLISHED ? 2
							    : 4;
	const char *text;
	int n;

	if (u->dead)
		return;
	seq_printf(s, "%016lX: %08X %08X %08X %04X %02X %5lu", 0ul, u->refs + 1,
		   0, u->state == UNIX_LISTEN ? 0x10000 : 0, u->type, state,
		   u->s ? u->s->ino : 0);
	if (u->addr) {
		text = (const char *)&u->addr->name + UNIX_NAME_HEAD;
		n = u->addr->len - UNIX_NAME_HEAD;
		seq_write(s, " ", 1);
		/* The name's own zeros, and the first of an abstract one. */
		for (int i = 0; i < n && (text[i] || i == 0 || !text[0]); i++)
			seq_write(s, text[i] ? &text[i] : "@", 1);
	}
	seq_write(s, "\n", 1);
}

static int show_unix(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "Num       RefCount Protocol Flags    Type St Inode Path"
		      "\n");
	list_for_each (l, &unix_all)
		put_unix(s, list_entry(l, struct unix_sock, link));
	return 0;
}

static int show_port_range(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%d\t%d\n", INET_PORT_FIRST, INET_PORT_LAST);
	return 0;
}

static int show_somaxconn(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%d\n", SOMAXCONN);
	return 0;
}

static int show_dgram_qlen(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%d\n", UNIX_DGRAM_QLEN);
	return 0;
}

static const struct proc_node net_entries[] = {
	PROC_FILE("dev", show_dev),
	PROC_FILE("if_inet6", show_if_inet6),
	PROC_FILE("route", show_route),
	PROC_FILE("tcp", show_tcp),
	PROC_FILE("tcp6", show_tcp6),
	PROC_FILE("udp", show_udp),
	PROC_FILE("udp6", show_udp6),
	PROC_FILE("unix", show_unix),
	PROC_FILE("raw", show_raw),
	PROC_FILE("raw6", show_raw6),
	PROC_FILE("ipv6_route", show_ipv6_route),
	PROC_FILE("snmp", proc_show_snmp),
	PROC_FILE("sockstat", proc_show_sockstat),
	PROC_FILE("sockstat6", proc_show_sockstat6),
};

static const struct proc_node core_entries[] = {
	PROC_FILE("somaxconn", show_somaxconn),
};

static const struct proc_node ipv4_entries[] = {
	PROC_FILE("ip_local_port_range", show_port_range),
};

static const struct proc_node unix_entries[] = {
	PROC_FILE("max_dgram_qlen", show_dgram_qlen),
};

static const struct proc_node sys_net_entries[] = {
	PROC_DIR("core", core_entries),
	PROC_DIR("ipv4", ipv4_entries),
	PROC_DIR("unix", unix_entries),
};

void proc_net_start(void)
{
	proc_net = (struct proc_extra){net_entries, ARRAY_SIZE(net_entries)};
	proc_sys_net = (struct proc_extra){sys_net_entries,
					   ARRAY_SIZE(sys_net_entries)};
}
