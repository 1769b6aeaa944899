/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_abi.h: the numbers and layouts of socket(2) that Linux's exported
 * headers leave to the C library.
 */
#ifndef NET_SOCKET_ABI_H
#define NET_SOCKET_ABI_H

#include <posixen/types.h>

#define AF_UNSPEC  0
#define AF_UNIX	   1
#define AF_INET	   2
#define AF_INET6   10
#define AF_NETLINK 16
#define AF_PACKET  17

#define SOCK_STREAM    1
#define SOCK_DGRAM     2
#define SOCK_RAW       3
#define SOCK_SEQPACKET 5
#define SOCK_TYPE_MASK 0xf
#define SOCK_CLOEXEC   02000000
#define SOCK_NONBLOCK  04000

#define SHUT_RD	  0
#define SHUT_WR	  1
#define SHUT_RDWR 2

#define SOMAXCONN 4096

#define MSG_OOB		 1u
#define MSG_PEEK	 2u
#define MSG_DONTROUTE	 4u
#define MSG_CTRUNC	 8u
#define MSG_TRUNC	 0x20u
#define MSG_DONTWAIT	 0x40u
#define MSG_EOR		 0x80u
#define MSG_WAITALL	 0x100u
#define MSG_CONFIRM	 0x800u
#define MSG_ERRQUEUE	 0x2000u
#define MSG_NOSIGNAL	 0x4000u
#define MSG_MORE	 0x8000u
#define MSG_WAITFORONE	 0x10000u
#define MSG_ZEROCOPY	 0x4000000u
#define MSG_FASTOPEN	 0x20000000u
#define MSG_CMSG_CLOEXEC 0x40000000u
#define MSG_CMSG_COMPAT	 0x80000000u /* the kernel's own; refused */

#define SCM_RIGHTS	1
#define SCM_CREDENTIALS 2

/* Big enough and aligned for every name. */
struct sockaddr_storage_k {
	uint16_t family;
	char data[126];
} __attribute__((aligned(8)));

struct user_msghdr {
	void *name;
	int name_len;
	struct iovec *iov;
	size_t iov_len;
	void *control;
	size_t control_len;
	unsigned int flags;
};

struct user_mmsghdr {
	struct user_msghdr hdr;
	unsigned int len;
};

struct cmsghdr {
	size_t len; /* with this header */
	int level, type;
};

#endif
