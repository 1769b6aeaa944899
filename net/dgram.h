/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dgram.h: what datagram and raw sockets share (dgram.c): the queue of what
 * came, what recvmsg(2) tells of it, and buffers to send from.
 */
#ifndef NET_DGRAM_H
#define NET_DGRAM_H

#include <posixen/list.h>
#include <lwip/pbuf.h>
#include "errqueue.h"
#include "inet.h"

struct dgram_sock {
	struct inet in;	     /* first */
	struct list queue;   /* struct dgram */
	unsigned int queued; /* what they count against SO_RCVBUF */
	struct errqueue errors;
	bool connected;
	/* MSG_MORE: what the next send completes, and where it goes. */
	struct pbuf *pending;
	struct inet_name pending_to;
};

static inline struct dgram_sock *dgram_of(struct socket *s)
{
	return s->priv;
}

void dgram_init(struct dgram_sock *d, struct socket *s);
void dgram_clear(struct dgram_sock *d);
/* A packet for d, whose bytes to deliver begin at off; p is d's from here on,
 * also if there is no room for it. From within lwIP's input. */
void dgram_put(struct dgram_sock *d, struct pbuf *p, unsigned int off,
	       uint16_t port);
ssize_t dgram_recv(struct socket *s, struct message *m);
unsigned int dgram_poll(struct socket *s);
int dgram_shutdown(struct socket *s, int how);
int dgram_getname(struct socket *s, struct sockaddr_storage_k *name, bool peer);
long dgram_ioctl(struct socket *s, unsigned int cmd, unsigned long arg);

/* The program's bytes in a buffer with room for headers. err_ptr: -ENOMEM,
 * -EFAULT. */
struct pbuf *dgram_copy_in(struct uio *u);

/* How one message is to go: of the socket, changed by ancillary data. */
struct dgram_route {
	struct netif *nif;
	ip_addr_t src;
	uint8_t ttl, tos;
};
/* 0, -ENETUNREACH, -EACCES (SO_BROADCAST), -EINVAL. */
int dgram_route(struct dgram_sock *d, const struct message *m,
		const ip_addr_t *to, struct dgram_route *r);
/* Choose the source of a connection to n: connect(2). */
int dgram_connect(struct dgram_sock *d, const struct inet_name *n);
void dgram_disconnect(struct dgram_sock *d);

/* icmp_error.c: hear of what ICMP says about our packets. -ENOMEM. */
int icmp_errors_start(void);
/* Tell the socket that sent the packet. */
void udp_unreachable(const struct icmp_said *e);
/* seq: the sequence number of the segment that could not be delivered. */
void tcp_unreachable(const ip_addr_t *local, uint16_t lport,
		     const ip_addr_t *remote, uint16_t rport, uint32_t seq,
		     int error);

#endif
