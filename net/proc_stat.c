/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_stat.c: /proc/net's counters: snmp, sockstat and sockstat6 (proc(5)),
 * in Linux's lines and columns.
 *
 * lwIP counts for RFC 4293, 4022 and 4113, where Linux's columns come from,
 * IPv4's packets and both families' segments and datagrams. What it does not
 * count does not happen here (IP_RECVERR, forwarding) or has no counter: 0.
 */
#include <lwip/ip.h>
#include <lwip/stats.h>
#include <lwip/udp.h>
#include <posixen/procfs.h>
#include "core.h"
#include "dgram.h"
#include "proc_net.h"
#include "tcp.h"

#define MIB(name) lwip_stats.mib2.name

/* Who has sockets, and how many connections are in which state. */
struct census {
	unsigned int tcp[2], udp[2], raw[2]; /* IPv4, IPv6 */
	unsigned int orphans, time_wait, established;
};

static void count_tcp(struct census *c, const struct tcp_sock *t, bool open)
{
	if (t && t->in.s)
		c->tcp[t->in.s->family == AF_INET6]++;
	else if (open)
		c->orphans++;
}

static void count_raw(void *arg, const struct dgram_sock *d)
{
	struct census *c = arg;

	c->raw[d->in.s->family == AF_INET6]++;
}

static void take_census(struct census *c)
{
	*c = (struct census){.tcp = {0, 0}};
	for (struct tcp_pcb_listen *l = tcp_listen_pcbs.listen_pcbs; l;
	     l = l->next) {
		const struct tcp_sock *t = l->callback_arg;

		if (t && t->lpcb == (struct tcp_pcb *)l)
			count_tcp(c, t, false);
	}
	for (struct tcp_pcb *p = tcp_active_pcbs; p; p = p->next) {
		count_tcp(c, p->callback_arg, true);
		c->established +=
			p->state == ESTABLISHED || p->state == CLOSE_WAIT;
	}
	for (struct tcp_pcb *p = tcp_tw_pcbs; p; p = p->next)
		c->time_wait++;
	for (struct udp_pcb *p = udp_pcbs; p; p = p->next) {
		const struct dgram_sock *d = udp_dgram(p);

		if (d && d->in.s && p->local_port)
			c->udp[d->in.s->family == AF_INET6]++;
	}
	raw_each(count_raw, c);
}

int proc_show_sockstat(struct seq *s, const struct proc_inode *pi)
{
	struct census c;

	take_census(&c);
	seq_printf(s, "sockets: used %u\n", socket_count());
	seq_printf(s, "TCP: inuse %u orphan %u tw %u alloc %u mem 0\n",
		   c.tcp[0], c.orphans, c.time_wait, c.tcp[0] + c.tcp[1]);
	seq_printf(s, "UDP: inuse %u mem 0\nUDPLITE: inuse 0\n", c.udp[0]);
	seq_printf(s, "RAW: inuse %u\nFRAG: inuse 0 memory 0\n", c.raw[0]);
	return 0;
}

int proc_show_sockstat6(struct seq *s, const struct proc_inode *pi)
{
	struct census c;

	take_census(&c);
	seq_printf(s, "TCP6: inuse %u\nUDP6: inuse %u\nUDPLITE6: inuse 0\n",
		   c.tcp[1], c.udp[1]);
	seq_printf(s, "RAW6: inuse %u\nFRAG6: inuse 0 memory 0\n", c.raw[1]);
	return 0;
}

static void put_values(struct seq *s, const char *name, const uint32_t *v,
		       unsigned int n)
{
	seq_printf(s, "%s:", name);
	while (n-- > 0)
		seq_printf(s, " %u", *v++);
	seq_write(s, "\n", 1);
}

static void put_ip(struct seq *s)
{
	const uint32_t v[] = {
		2, /* does not forward */
		IP_DEFAULT_TTL,
		MIB(ipinreceives),
		MIB(ipinhdrerrors),
		MIB(ipinaddrerrors),
		MIB(ipforwdatagrams),
		MIB(ipinunknownprotos),
		MIB(ipindiscards),
		MIB(ipindelivers),
		MIB(ipoutrequests),
		MIB(ipoutdiscards),
		MIB(ipoutnoroutes),
		0, /* ReasmTimeout */
		MIB(ipreasmreqds),
		MIB(ipreasmoks),
		MIB(ipreasmfails),
		MIB(ipfragoks),
		MIB(ipfragfails),
		MIB(ipfragcreates),
	};

	seq_printf(s, "Ip: Forwarding DefaultTTL InReceives InHdrErrors "
		      "InAddrErrors ForwDatagrams InUnknownProtos InDiscards "
		      "InDelivers OutRequests OutDiscards OutNoRoutes "
		      "ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs "
		      "FragFails FragCreates\n");
	put_values(s, "Ip", v, ARRAY_SIZE(v));
}

static void put_icmp(struct seq *s)
{
	const uint32_t v[] = {
		MIB(icmpinmsgs),
		MIB(icmpinerrors),
		0, /* InCsumErrors */
		MIB(icmpindestunreachs),
		MIB(icmpintimeexcds),
		MIB(icmpinparmprobs),
		MIB(icmpinsrcquenchs),
		MIB(icmpinredirects),
		MIB(icmpinechos),
		MIB(icmpinechoreps),
		MIB(icmpintimestamps),
		MIB(icmpintimestampreps),
		MIB(icmpinaddrmasks),
		MIB(icmpinaddrmaskreps),
		MIB(icmpoutmsgs),
		MIB(icmpouterrors),
		MIB(icmpoutdestunreachs),
		MIB(icmpouttimeexcds),
		0,
		0,
		0,
		MIB(icmpoutechos),
		MIB(icmpoutechoreps),
		0,
		0,
		0,
		0,
	};

	seq_printf(s, "Icmp: InMsgs InErrors InCsumErrors InDestUnreachs "
		      "InTimeExcds InParmProbs InSrcQuenchs InRedirects "
		      "InEchos InEchoReps InTimestamps InTimestampReps "
		      "InAddrMasks InAddrMaskReps OutMsgs OutErrors "
		      "OutDestUnreachs OutTimeExcds OutParmProbs "
		      "OutSrcQuenchs OutRedirects OutEchos OutEchoReps "
		      "OutTimestamps OutTimestampReps OutAddrMasks "
		      "OutAddrMaskReps\n");
	put_values(s, "Icmp", v, ARRAY_SIZE(v));
}

static void put_tcp(struct seq *s)
{
	struct census c;

	take_census(&c);
	/* RFC 2988's algorithm; Linux's bounds in ms; no limit. */
	seq_printf(s,
		   "Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens "
		   "PassiveOpens AttemptFails EstabResets CurrEstab InSegs "
		   "OutSegs RetransSegs InErrs OutRsts InCsumErrors\n"
		   "Tcp: 1 200 120000 -1 %u %u %u %u %u %u %u %u %u %u 0\n",
		   MIB(tcpactiveopens), MIB(tcppassiveopens),
		   MIB(tcpattemptfails), MIB(tcpestabresets), c.established,
		   MIB(tcpinsegs), MIB(tcpoutsegs), MIB(tcpretranssegs),
		   MIB(tcpinerrs), MIB(tcpoutrsts));
}

static void put_udp(struct seq *s, const char *name, const uint32_t v[9])
{
	seq_printf(s,
		   "%s: InDatagrams NoPorts InErrors OutDatagrams "
		   "RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti "
		   "MemErrors\n",
		   name);
	put_values(s, name, v, 9);
}

int proc_show_snmp(struct seq *s, const struct proc_inode *pi)
{
	const uint32_t udp[9] = {MIB(udpindatagrams), MIB(udpnoports),
				 MIB(udpinerrors), MIB(udpoutdatagrams)};
	static const uint32_t none[9];

	put_ip(s);
	put_icmp(s);
	put_tcp(s);
	put_udp(s, "Udp", udp);
	put_udp(s, "UdpLite", none);
	return 0;
}
