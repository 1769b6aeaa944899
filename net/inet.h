/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.h: what sockets of AF_INET and AF_INET6 share (inet.c, inet_addr.c,
 * inet_options.c): names, the options of ip(7) and ipv6(7), ports.
 *
 * Addresses are lwIP's ip_addr_t. An AF_INET6 socket that speaks IPv4 holds
 * IPv4 addresses; they become v4-mapped ones only on their way to the program.
 */
#ifndef NET_INET_H
#define NET_INET_H

#include <posixen/list.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <lwip/ip.h>
#include "socket.h"
#include "stack.h"

/* The first member of tcp_sock, udp_sock and raw_sock. */
struct inet {
	struct socket *s; /* NULL: not accepted yet, or closed */
	/* What getsockname(2) and getpeername(2) tell; ports in host order. */
	ip_addr_t local, remote;
	uint16_t lport, rport;
	/* bind(2) has set them: they outlive a failed connect(2). */
	bool bound_ip, bound_port;
	bool v6only, reuseaddr, reuseport;
	uint8_t bound_if; /* SO_BINDTODEVICE: an index; 0: any */
	uint8_t tos, tclass;
	uint8_t mtu_discover, mtu_discover6;
	short ttl, hops; /* -1: the default */
	short mcast_ttl, mcast_hops;
	bool mcast_loop, mcast_loop6;
	unsigned int mcast_if, mcast_if6; /* an index; 0: by the route */
	bool recv_pktinfo, recv_ttl, recv_tos;
	bool recv_pktinfo6, recv_hops6, recv_tclass6;
	bool freebind, late_port, tcp;
	struct list groups; /* joined: inet_mcast.c */
	uint32_t uid;	    /* of who made it: SO_REUSEPORT */
};

struct inet_name {
	ip_addr_t ip;
	uint16_t port;
	bool unspec; /* AF_UNSPEC: connect(2) takes the peer away */
};

void inet_init(struct inet *in, struct socket *s);

/* inet_addr.c. What a name is for decides what is wrong with it. */
enum inet_use { INET_BIND, INET_CONNECT, INET_SEND };
int inet_name_in(const struct inet *in, enum inet_use use,
		 const struct sockaddr_storage_k *name, unsigned int len,
		 struct inet_name *n);
/* Its length. */
unsigned int inet_name_out(const struct inet *in, const ip_addr_t *ip,
			   uint16_t port, struct sockaddr_storage_k *name);
/* Is ip an address of this machine, or none in particular? */
bool inet_is_local(const ip_addr_t *ip);
/* Do two bindings to one port meet? */
bool inet_overlap(const ip_addr_t *a, bool a_v6only, const ip_addr_t *b,
		  bool b_v6only);
/* 0, or -EACCES: a port of the machine's own. */
int inet_port_allowed(uint16_t port);
/* Where the search for a free port begins, another one each time. */
uint16_t inet_port_random(void);
#define INET_PORT_FIRST 32768 /* net.ipv4.ip_local_port_range */
#define INET_PORT_LAST	60999
uint16_t inet_port_next(uint16_t port);
/* The type of address that a socket without one has. */
void inet_any(const struct inet *in, ip_addr_t *ip);
/* An address to connect to or -ENETUNREACH. Fills in where :: means this
 * machine. */
struct netif *inet_route_from(const ip_addr_t *src, const ip_addr_t *dst);
struct netif *inet_route(const struct inet *in, const ip_addr_t *dst);

/* inet_options.c: the levels SOL_IP and SOL_IPV6, and SO_BINDTODEVICE. */
int inet_setopt(struct inet *in, int level, int name, const void *val,
		unsigned int len);
int inet_getopt(struct inet *in, int level, int name, void *val,
		unsigned int *len);
/* inet_mcast.c: join and leave groups; all of them at the end. */
int inet_member(struct inet *in, int level, int name, const void *val,
		unsigned int len);
void inet_leave_all(struct inet *in);
/* An int in val, from 1 or 4 bytes as ip(7) allows it: or -EINVAL. */
int opt_int(const void *val, unsigned int len, int *n);
/* Give an int of *len bytes at most. */
int opt_give_int(void *val, unsigned int *len, int n);
static inline int inet_ttl(const struct inet *in)
{
	return in->ttl < 0 ? 64 : in->ttl;
}
static inline int inet_hops(const struct inet *in)
{
	return in->hops < 0 ? 64 : in->hops;
}

/* The kinds of socket. */
int tcp_create(struct socket *s);
int udp_create(struct socket *s);
int raw_create(struct socket *s);

#endif
