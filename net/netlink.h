/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink.h: AF_NETLINK (netlink(7)): netlink.c is the socket, netlink_route.c
 * answers the questions of rtnetlink(7).
 */
#ifndef NET_NETLINK_H
#define NET_NETLINK_H

#include <posixen/list.h>
#include <linux/netlink.h>
#include "socket.h"

struct netlink_sock {
	struct list link; /* all of them */
	struct socket *s;
	uint32_t port;	/* 0: not bound */
	struct list rx; /* struct netlink_buf */
	size_t rx_bytes;
};

/* A datagram for the program: one message or several. */
struct netlink_buf {
	struct list link;
	size_t len;
	char data[];
};

#define NETLINK_BUF_SIZE 4000

/* An answer in the making: messages to be, joined into datagrams. */
struct netlink_reply {
	struct netlink_sock *to;
	const struct nlmsghdr *request;
	struct netlink_buf *buf; /* being filled, or NULL */
	struct nlmsghdr *msg;	 /* in it, being written */
	int err;
};

/* Begin a message of this type with a head of n bytes, zeroed; NULL: no memory,
 * which is remembered. */
void *netlink_begin(struct netlink_reply *r, uint16_t type, uint16_t flags,
		    size_t n);
void netlink_attr(struct netlink_reply *r, uint16_t type, const void *data,
		  size_t n);
/* The datagram is complete. */
void netlink_send(struct netlink_reply *r);

/* 0 or -errno, which the program gets as NLMSG_ERROR. */
int netlink_route(struct netlink_reply *r);

#endif
