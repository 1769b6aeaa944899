/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h: what all sockets share (socket.c, message.c, options.c) and what an
 * address family implements (inet_*.c, unix_*.c, netlink.c).
 *
 * The calls of socket(2) and kin are handled once, in kernel terms: names and
 * ancillary data are copied in and out, descriptors looked up, flags checked,
 * before a family sees them. All of it is kernel context of a thread; a family
 * changes its sockets in event context too, which never comes in the middle.
 *
 * Blocking: an operation waits by itself with socket_wait(), unless
 * MSG_DONTWAIT is set, which the core adds for O_NONBLOCK files.
 */
#ifndef NET_SOCKET_H
#define NET_SOCKET_H

#include <posixen/file.h>
#include <posixen/uaccess.h>
#include <posixen/waitq.h>
#include <linux/socket.h>
#include "socket_abi.h"

struct socket;

/* Ancillary data on its way to the program: cmsg(3). */
struct control_out {
	void *ubuf;
	size_t room, used;
	bool truncated; /* MSG_CTRUNC */
};

/* One message: struct msghdr in kernel terms. */
struct message {
	struct uio *uio;
	/* Sent: where to, name_len 0 if not given. Received: where from; a
	 * family sets name_len, 0 for none. */
	struct sockaddr_storage_k name;
	unsigned int name_len;
	/* Sent: ancillary data, copied in, its structure checked by
	 * control_next(). */
	const void *control;
	size_t control_len;
	/* Received: where control_put() writes. NULL: nobody asked. */
	struct control_out *control_out;
	unsigned int flags;	/* MSG_ given */
	unsigned int out_flags; /* MSG_TRUNC ... to report */
};

#define SOCKET_OPT_MAX 256

struct socket_ops {
	/* A name, copied in; len as given by the program. */
	int (*bind)(struct socket *s, const struct sockaddr_storage_k *name,
		    unsigned int len);
	int (*connect)(struct socket *s, const struct sockaddr_storage_k *name,
		       unsigned int len, bool nonblock);
	int (*listen)(struct socket *s, int backlog);
	/* Make *fresh, which the core has made by socket_create() with the
	 * family, type and protocol of s but without calling create, the next
	 * connection. */
	int (*accept)(struct socket *s, struct socket *fresh, bool nonblock);
	/* The own name (peer false) or the other side's: its length. */
	int (*getname)(struct socket *s, struct sockaddr_storage_k *name,
		       bool peer);
	/* Bytes taken, moved out of m->uio; SIGPIPE is the core's affair
	 * (on -EPIPE without MSG_NOSIGNAL). */
	ssize_t (*send)(struct socket *s, struct message *m);
	/* Bytes delivered; with MSG_TRUNC in m->flags the real length of a
	 * datagram. */
	ssize_t (*recv)(struct socket *s, struct message *m);
	int (*shutdown)(struct socket *s, int how); /* SHUT_RD, WR, RDWR */
	unsigned int (*poll)(struct socket *s);	    /* POLL bits true now */
	/* Levels other than SOL_SOCKET, and what of that options.c does not
	 * know. val is a kernel copy, of SOCKET_OPT_MAX bytes at most. get: val
	 * is zero and has room for SOCKET_OPT_MAX bytes; *len in what the
	 * program has room for, out the value's length (the core cuts it).
	 * -ENOPROTOOPT. */
	int (*setopt)(struct socket *s, int level, int name, const void *val,
		      unsigned int len);
	int (*getopt)(struct socket *s, int level, int name, void *val,
		      unsigned int *len);
	/* One of struct socket_options has changed: SO_KEEPALIVE ... May be
	 * NULL. */
	void (*option_changed)(struct socket *s, int name);
	/* -ENOTTY (or -ENOIOCTLCMD turned into it) for what it does not know.
	 */
	long (*ioctl)(struct socket *s, unsigned int cmd, unsigned long arg);
	/* A descriptor is about to be closed (others may be left). May be NULL.
	 */
	void (*flush)(struct socket *s);
	/* The last descriptor is closed; frees the family's part. May block
	 * (SO_LINGER). */
	void (*release)(struct socket *s);
};

/* What setsockopt(SOL_SOCKET) sets for every family: options.c. */
struct socket_options {
	uint64_t rcv_timeout, snd_timeout; /* ns; 0: for ever */
	int rcvbuf, sndbuf;		   /* as getsockopt shows them */
	bool reuseaddr, reuseport, keepalive, broadcast, oobinline, dontroute;
	bool passcred, timestamp, linger_on;
	int linger; /* seconds */
	int rcvlowat, priority, mark;
};

struct socket {
	const struct socket_ops *ops;
	int family, type, protocol; /* type without SOCK_ flags */
	struct file *file;	    /* NULL: not opened yet (accept) */
	struct waitq wait; /* POLLIN, POLLOUT, POLLHUP ... as in poll */
	int error;	   /* SO_ERROR: positive errno, cleared when told */
	bool listening;
	bool shut_rd, shut_wr;
	struct socket_options opt;
	uint64_t ino;
	void *priv; /* the family's */
};

struct socket_family {
	int family;
	/* Check type and protocol (-ESOCKTNOSUPPORT, -EPROTONOSUPPORT), set
	 * s->ops and s->priv. */
	int (*create)(struct socket *s);
	/* Connect two created sockets to one another; NULL: -EOPNOTSUPP. */
	int (*pair)(struct socket *a, struct socket *b);
};

extern const struct socket_family inet_family, inet6_family; /* inet.c */
extern const struct socket_family unix_family;		     /* unix.c */
extern const struct socket_family netlink_family;	     /* netlink.c */

/* A socket without its family's part. NULL: no memory. */
struct socket *socket_create(int family, int type, int protocol);
/* Undo: when create or accept failed. */
void socket_free(struct socket *s);
/* How many there are. */
unsigned int socket_count(void);
/* The socket behind f, or NULL: f is something else (-ENOTSOCK). */
struct socket *socket_of(struct file *f);
/* A file for s, which belongs to the file from then on. flags: O_NONBLOCK. */
struct file *socket_file(struct socket *s, int flags);

/* Wait for a bit of mask until deadline (plat_monotonic_ns()): 0, -EINTR (as
 * signal(7) says restarted or not), -EAGAIN when the time is over. Spurious
 * returns of 0 happen. */
int socket_wait(struct socket *s, unsigned int mask, uint64_t deadline);
/* What a wait until deadline that a signal ended returns: -EINTR, or
 * -ERESTARTSYS if it had no limit. */
int socket_interrupted(uint64_t deadline);
/* The deadline of a call that begins now: by SO_RCVTIMEO, SO_SNDTIMEO. */
uint64_t socket_rcv_deadline(const struct socket *s);
uint64_t socket_snd_deadline(const struct socket *s);
/* Something became true: wake whoever waits or polls. Event context. */
static inline void socket_wake(struct socket *s, unsigned int mask)
{
	waitq_wake_all(&s->wait, mask);
}
/* Take s->error: 0 or -errno. */
int socket_take_error(struct socket *s);

/* Ancillary data. control_next(): the next item of m->control behind *pos:
 * true with *level, *type, *data, *len; false at the end or with *err set. */
bool control_next(const struct message *m, size_t *pos, int *level, int *type,
		  const void **data, size_t *len, int *err);
/* Append one item; what does not fit is cut and MSG_CTRUNC reported. The bytes
 * of data that went out, or -EFAULT. */
ssize_t control_put(struct message *m, int level, int type, const void *data,
		    size_t len);

#endif
