/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errqueue.h: the queue of errors of a datagram socket (errqueue.c): ip(7)
 * under IP_RECVERR, recv(2) under MSG_ERRQUEUE.
 */
#ifndef NET_ERRQUEUE_H
#define NET_ERRQUEUE_H

#include <posixen/list.h>
#include <lwip/ip_addr.h>
#include "socket.h"

struct dgram_sock;
struct pbuf;

/* What ICMP says of a packet that we sent. All of it is the caller's, and
 * copied by whoever keeps it. Ports are in host order. */
struct icmp_said {
	const ip_addr_t *local, *remote; /* from where, to where it went */
	uint16_t lport, rport;
	int error;   /* positive */
	bool hard;   /* RFC 1122, 4.2.3.9: trying again is of no use */
	bool stream; /* a stream that connects gives up, too */
	uint8_t type, code;
	uint32_t info; /* the place of a wrong parameter */
	const ip_addr_t *offender;
	struct pbuf *p; /* the packet's data, as far as it is quoted: */
	unsigned int off;
};

struct errqueue {
	struct list said;
	bool on, on6; /* IP_RECVERR, IPV6_RECVERR */
};

void errqueue_init(struct errqueue *q);
void errqueue_clear(struct dgram_sock *d);
/* Whether the socket wants to hear of e, connected or not. */
bool errqueue_wants(const struct dgram_sock *d, const struct icmp_said *e);
/* Keep e, if there is room. From within lwIP's input. */
void errqueue_put(struct dgram_sock *d, const struct icmp_said *e);
/* recvmsg(MSG_ERRQUEUE); never waits: -EAGAIN. */
ssize_t errqueue_recv(struct socket *s, struct message *m);
/* -ENOPROTOOPT: the option is not about this. */
int errqueue_setopt(struct socket *s, int level, int name, const void *val,
		    unsigned int len);
int errqueue_getopt(struct socket *s, int level, int name, void *val,
		    unsigned int *len);

#endif
