/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lwipopts.h: how lwIP is built here; what each option means is told in its own
 * lwip/opt.h. Counts of pools (MEMP_NUM_) do not limit anything: the pools are
 * net/memp.c, which takes pages while there are some.
 */
#ifndef NET_PORT_LWIPOPTS_H
#define NET_PORT_LWIPOPTS_H

/* One kernel context, no threads, no locks: raw API only. */
#define NO_SYS		     1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_SOCKET	     0
#define LWIP_NETCONN	     0
#define LWIP_HOOK_FILENAME   "hooks.h"

/* net/timers.c runs the timers, when they are needed. */
#define LWIP_TIMERS	   1
#define LWIP_TIMERS_CUSTOM 1

/* net/memp.c is heap and pools; the sizes must only look large enough. */
#define MEM_ALIGNMENT			16
#define MEM_SIZE			(1 << 20)
#define MEMP_NUM_TCP_SEG		0xffff
#define MEMP_NUM_TCP_PCB		0xffff
#define MEMP_NUM_TCP_PCB_LISTEN		0xffff
#define MEMP_NUM_IGMP_GROUP		0xff
#define MEMP_NUM_MLD6_GROUP		0xff
#define MEMP_NUM_REASSDATA		48
#define PBUF_POOL_SIZE			0
#define LWIP_DISABLE_MEMP_SANITY_CHECKS 1
#define LWIP_DISABLE_TCP_SANITY_CHECKS	1
#define LWIP_SUPPORT_CUSTOM_PBUF	1
#define LWIP_PBUF_REF_T			u16_t
/* Only what /proc/net/snmp shows. */
#define LWIP_STATS		     1
#define MIB2_COPY_SYSUPTIME_TO(when) (*(when) = 0)
#define MIB2_STATS		     1
#define LINK_STATS		     0
#define ETHARP_STATS		     0
#define IP_STATS		     0
#define IPFRAG_STATS		     0
#define ICMP_STATS		     0
#define IGMP_STATS		     0
#define UDP_STATS		     0
#define TCP_STATS		     0
#define MEM_STATS		     0
#define MEMP_STATS		     0
#define SYS_STATS		     0
#define IP6_STATS		     0
#define ICMP6_STATS		     0
#define IP6_FRAG_STATS		     0
#define MLD6_STATS		     0
#define ND6_STATS		     0

/* Link. Each pcb remembers the place of its neighbour in the tables. */
#define ARP_TABLE_SIZE 64
#define ARP_QUEUEING   1
#define ARP_QUEUE_LEN  16
/* What waits for an address outlives the page that a socket sent it from. */
#define PBUF_NEEDS_COPY(p)	       1
#define LWIP_NETIF_HWADDRHINT	       1
#define LWIP_NETIF_HOSTNAME	       1
#define LWIP_NETIF_EXT_STATUS_CALLBACK 1
/* net/loop.c: lo, and what eth0 sends to itself. */
#define LWIP_NETIF_LOOPBACK 0

/* IP. TTL and limits of reassembly as Linux's: ip(7). */
#define IP_DEFAULT_TTL	64
#define LWIP_ICMP6_HL	64
#define IP_REASS_MAXAGE 30
/* Frames that fragments may hold: with the memory there is (net/stack.c). */
#define NET_REASS_MIN 96
extern unsigned int net_reass_more;
#define IP_REASS_MAX_PBUFS	  (net_reass_more + NET_REASS_MIN)
#define IP_SOF_BROADCAST	  1
#define IP_SOF_BROADCAST_RECV	  0
#define LWIP_RAW		  1
#define LWIP_BROADCAST_PING	  0
#define LWIP_MULTICAST_PING	  1
#define LWIP_IGMP		  1
#define LWIP_MULTICAST_TX_OPTIONS 1
#define SO_REUSE		  1
#define SO_REUSE_RXTOALL	  1

#define LWIP_DHCP		  1
#define DHCP_DOES_ARP_CHECK	  0
#define LWIP_DHCP_BOOTP_FILE	  0
#define LWIP_DHCP_MAX_DNS_SERVERS 3
/* The names are the C library's affair: net/config_dns.c takes what DHCP and
 * router advertisements say about servers and writes /etc/resolv.conf. */
#define LWIP_DNS	1
#define DNS_MAX_SERVERS 3

#define LWIP_IPV6 1
/* Its notes on a fragment do not fit in the fragment's header on 64 bits. */
#define IPV6_FRAG_COPYHEADER		1
#define LWIP_IPV6_NUM_ADDRESSES		6
#define LWIP_IPV6_AUTOCONFIG		1
#define LWIP_ND6_NUM_NEIGHBORS		64
#define LWIP_ND6_NUM_DESTINATIONS	64
#define LWIP_ND6_NUM_PREFIXES		8
#define LWIP_ND6_NUM_ROUTERS		4
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS	3
#define LWIP_ND6_ALLOW_RA_UPDATES	1
#define LWIP_ND6_TCP_REACHABILITY_HINTS 1
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS	1
#define MEMP_NUM_ND6_QUEUE		64

/*
 * TCP. The window and the send buffer have a part that the preprocessor sees,
 * which satisfies lwIP's checks, and one that grows with the memory there is
 * (net/stack.c). TCP_MSS is the loopback's; what is used follows from the
 * interface's MTU.
 */
extern unsigned int net_tcp_wnd_more, net_tcp_sndbuf_more;
#define NET_TCP_MIN_BUF	  0x8000u
#define TCP_WND		  (net_tcp_wnd_more + NET_TCP_MIN_BUF)
#define TCP_SND_BUF	  (net_tcp_sndbuf_more + NET_TCP_MIN_BUF)
#define TCP_SND_QUEUELEN  0xfff0
#define TCP_SNDLOWAT	  (TCP_SND_BUF / 2)
#define TCP_SNDQUEUELOWAT 0x7fff
#define TCP_MSS		  65475
#define LWIP_WND_SCALE	  1
#define TCP_RCV_SCALE	  7
/* net/tcp_listen.c counts for itself: lwIP's numbers have 8 bits. */
#define TCP_LISTEN_BACKLOG 0
/* The socket behind a pcb: net/tcp.c hears through it of the pcb's end. */
#define LWIP_TCP_PCB_NUM_EXT_ARGS 1
#define TCP_QUEUE_OOSEQ		  1
#define LWIP_TCP_SACK_OUT	  1
#define LWIP_TCP_KEEPALIVE	  1
/* Programs' bytes are referenced, not copied, by lwIP. */
#define TCP_OVERSIZE 0
/* tcp_fasttmr() each 50 ms, tcp_slowtmr() each 100 ms: a delayed
 * acknowledgement waits 40 ms on Linux, a retransmission 200 ms at least. */
#define TCP_TMR_INTERVAL 50
/* RFC 6298: 1 s before the round trip is known. */
#define LWIP_TCP_RTO_TIME 1000
/* TIME_WAIT is 2 MSL: 60 s on Linux. */
#define TCP_MSL 30000UL
/* tcp(7): tcp_syn_retries, tcp_retries2. */
#define TCP_SYNMAXRTX 6
/* For tcp.c see lwip.mk. */
#ifndef TCP_MAXRTX
#define TCP_MAXRTX 12
#endif
/* ip_local_port_range: ip(7). */
#define TCP_LOCAL_PORT_RANGE_START	  32768
#define TCP_LOCAL_PORT_RANGE_END	  60999
#define TCP_ENSURE_LOCAL_PORT_RANGE(port) NET_LOCAL_PORT(port)
#define UDP_LOCAL_PORT_RANGE_START	  32768
#define UDP_LOCAL_PORT_RANGE_END	  60999
#define UDP_ENSURE_LOCAL_PORT_RANGE(port) NET_LOCAL_PORT(port)
#define NET_LOCAL_PORT(port)		  ((u16_t)(32768u + (port) % (61000u - 32768u)))

/* A device may take over checksums: net/netdev.c. */
#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
unsigned short net_checksum(const void *data, int len);
#define LWIP_CHKSUM net_checksum

#endif
