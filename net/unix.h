/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix.h: AF_UNIX, what its files share: unix.c (life, connections),
 * unix_name.c (names), unix_stream.c and unix_dgram.c (messages), unix_rights.c
 * (what travels beside the bytes), unix_gc.c (sockets that hold only one
 * another).
 *
 * A unix_sock is counted, since the other side, names and messages on their way
 * know it; struct socket ends with the descriptor. A connection that nobody has
 * accepted yet has no struct socket.
 */
#ifndef NET_UNIX_H
#define NET_UNIX_H

#include <posixen/fs.h>
#include "socket.h"

/* What a name's length counts besides the text. */
#define UNIX_NAME_HEAD 2
#define UNIX_PATH_MAX  108

/* Datagrams that wait for a receiver (net.unix.max_dgram_qlen). */
#define UNIX_DGRAM_QLEN 10

struct ucred {
	int pid;
	uint32_t uid, gid;
};

/* A bound name; shared by a listener and what it accepted. */
struct unix_addr {
	unsigned int refs;
	struct list link; /* in the table of names, while its socket lives */
	struct unix_sock *sock; /* NULL: its socket is gone */
	struct path path;	/* dentry NULL: abstract */
	int len;		/* as getsockname(2) says */
	struct sockaddr_storage_k name;
};

/* Files on their way: SCM_RIGHTS. */
struct unix_rights {
	struct unix_rights *next; /* unix_rights_put() */
	unsigned int nr;
	struct file *files[];
};

enum unix_state { UNIX_CLOSE, UNIX_LISTEN, UNIX_ESTABLISHED };

struct unix_sock {
	unsigned int refs;
	struct list link; /* all of them: unix_gc.c */
	struct socket *s; /* NULL: not accepted yet, or closed */
	int type;
	enum unix_state state;
	bool dead;   /* closed */
	bool embryo; /* waits in a listener's queue */
	bool shut_rd, shut_wr;
	struct unix_addr *addr; /* NULL: no name */
	struct unix_sock *peer; /* counted */
	struct ucred peercred;

	struct list rx; /* struct unix_msg; a listener's: by accept_link */
	unsigned int rx_nr;
	unsigned int backlog; /* more than that waits */
	struct list accept_link;
	size_t tx_used; /* sent by it, not read yet */
	/* Who waits for room in rx: senders of datagrams, connectors. */
	struct waitq room;
	/* Datagram sockets connected to it, by their fan_link. */
	struct list fans, fan_link;

	/* Files that lead here and are in messages. */
	unsigned int inflight;
	bool gc_seen;
	struct list gc_link;
};

struct unix_msg {
	struct list link;
	struct unix_sock *from; /* counted; its tx_used has charge */
	size_t charge;
	struct unix_rights *rights; /* or NULL */
	struct ucred cred;
	uint32_t len, off; /* bytes in data; of them already read */
	char data[];
};

static inline struct unix_sock *unix_of(const struct socket *s)
{
	return s->priv;
}

/* unix.c */
extern const struct socket_ops unix_stream_ops, unix_dgram_ops,
	unix_seqpacket_ops;
void unix_get(struct unix_sock *u);
void unix_put(struct unix_sock *u);
void unix_wake(struct unix_sock *u, unsigned int mask);
static inline bool unix_full(const struct unix_sock *u)
{
	return u->rx_nr > u->backlog;
}
/* Wait until the queue of other may have room: 0, -EAGAIN, -EINTR ... deadline
 * 0: do not wait. */
int unix_wait_room(struct unix_sock *other, uint64_t deadline);
/* Somebody took something out of u's queue. */
void unix_room(struct unix_sock *u);
/* Forget the peer of a datagram socket. */
void unix_dgram_disconnect(struct unix_sock *u);

/* unix_name.c */
int unix_check_name(const struct sockaddr_storage_k *n, unsigned int len);
int unix_bind(struct socket *s, const struct sockaddr_storage_k *n,
	      unsigned int len);
/* A name of its own, if it has none. */
int unix_autobind(struct unix_sock *u);
/* The socket with that name, referenced: -ECONNREFUSED, -EPROTOTYPE ... */
int unix_find(const struct sockaddr_storage_k *n, unsigned int len, int type,
	      struct unix_sock **out);
int unix_getname(struct socket *s, struct sockaddr_storage_k *n, bool peer);
void unix_addr_get(struct unix_addr *a);
void unix_addr_put(struct unix_addr *a);
/* The socket is gone: its name is free (a path's node stays). */
void unix_addr_free(struct unix_addr *a);
void unix_msg_name(struct message *m, const struct unix_sock *from);

/* unix_msg.c */
/* An empty message of len bytes from u, charged; NULL: no memory. */
struct unix_msg *unix_msg_alloc(struct unix_sock *u, size_t len);
void unix_msg_free(struct unix_msg *msg);
/* Hand msg to the socket to. */
void unix_msg_queue(struct unix_sock *to, struct unix_msg *msg);
/* The first in the queue, or NULL. */
struct unix_msg *unix_msg_first(struct unix_sock *u);
/* It has been read: take it out and free it. */
void unix_msg_done(struct unix_sock *u, struct unix_msg *msg);
void unix_msg_purge(struct unix_sock *u);
/* Wait until s may send more, by its SO_SNDBUF: 0, -EPIPE, -EAGAIN ... */
int unix_wait_sndbuf(struct socket *s, unsigned int flags, uint64_t deadline);
/* Does poll say that it can be written to? */
bool unix_writable(const struct unix_sock *u);

/* unix_stream.c, unix_dgram.c */
ssize_t unix_stream_send(struct socket *s, struct message *m);
ssize_t unix_stream_recv(struct socket *s, struct message *m);
ssize_t unix_dgram_send(struct socket *s, struct message *m);
ssize_t unix_dgram_recv(struct socket *s, struct message *m);
ssize_t unix_seqpacket_send(struct socket *s, struct message *m);
ssize_t unix_seqpacket_recv(struct socket *s, struct message *m);

/* unix_rights.c: what comes with a message. */
struct unix_scm {
	struct unix_rights *rights;
	struct ucred cred;
	bool has_cred; /* sent: the program has said it */
};
int unix_scm_get(const struct message *m, struct unix_scm *scm);
void unix_scm_put(struct unix_scm *scm);
/* Into the message, on its way to the socket to. */
void unix_scm_attach(struct unix_scm *scm, struct unix_msg *msg,
		     const struct socket *from, const struct unix_sock *to);
/* Tell the program; scm->rights are used up. */
void unix_scm_deliver(struct socket *s, struct message *m,
		      struct unix_scm *scm);
/* From a message: takes the files out, or with peek copies: 0 or -ENOMEM. */
int unix_scm_take(struct unix_scm *scm, struct unix_msg *msg, bool peek);
void unix_rights_put(struct unix_rights *r);
struct ucred unix_own_cred(bool effective);

/* unix_gc.c */
extern unsigned int unix_inflight; /* files of ours in messages */
extern struct list unix_all;
void unix_rights_sent(struct unix_rights *r, int by); /* +1 or -1 */
/* closing: about to lose one reference, or NULL. */
void unix_gc(struct file *closing);

#endif
