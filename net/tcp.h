/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp.h: stream sockets on lwIP's raw API: tcp.c (life and callbacks),
 * tcp_bind.c, tcp_connect.c, tcp_listen.c, tcp_send.c, tcp_recv.c,
 * tcp_options.c, tcp_urgent.c.
 *
 * A struct tcp_sock belongs to its socket and to lwIP's pcb, and lives until
 * both are gone: a closed socket's data is still being sent. lwIP tells of the
 * end of a pcb through its extension argument's destroy callback, whatever the
 * reason.
 *
 * What a program sends lies in the socket's own queue of pages until it is
 * acknowledged; lwIP is given no more of it than it can send now. So its lists
 * of segments, which it walks, stay short, and segments are as full as they can
 * be.
 */
#ifndef NET_TCP_H
#define NET_TCP_H

#include <posixen/list.h>
#include <posixen/thread.h>
#include <lwip/priv/tcp_priv.h>
#include "inet.h"

/* tcpi_state of tcp_info: tcp(7). */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT,
	TCP_SYN_RECV,
	TCP_FIN_WAIT1,
	TCP_FIN_WAIT2,
	TCP_TIME_WAIT,
	TCP_CLOSE,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
	TCP_LISTEN,
	TCP_CLOSING,
};

#define TX_INLINE 4
/* As Linux: who only listens to begin with lets its peer go on at once
 * (TCP_QUICKACK in tcp(7)); who answers, acknowledges with the answer. */
#define TCP_QUICK 16

/*
 * The bytes from acked to end of the stream, in pages that begin at base and
 * are all full but the last. Those before fed are lwIP's too.
 */
struct tcp_tx {
	uint64_t base, acked, fed, end;
	void **ring;
	unsigned int cap, first, nr; /* cap: a power of two */
	void *few[TX_INLINE];	     /* the ring while it is short */
};

/* The byte that was announced as urgent last: nothing is, it has not come, it
 * is here, MSG_OOB has read it. */
enum tcp_urgent { URGENT_NONE, URGENT_AWAITED, URGENT_HERE, URGENT_READ };

/* What connect(2) answers depends on what it has already answered. */
enum tcp_phase { TCP_UNCONNECTED, TCP_CONNECTING, TCP_CONNECTED };

struct tcp_sock {
	struct inet in; /* first */
	struct tcp_pcb *pcb;
	struct tcp_tx tx;
	uint64_t small_end; /* where the last segment that was not full ended */

	/* Received: the pbufs of all packets in one chain (their tot_len means
	 * nothing here), of the first rx_off bytes are read. */
	struct pbuf *rx_head, *rx_tail;
	unsigned int rx_off;
	unsigned int rx_bytes;
	enum tcp_urgent urgent : 8;
	uint8_t urgent_byte;
	uint64_t urgent_at; /* its place: as bytes_in counts */

	enum tcp_phase phase;
	bool eof;	 /* FIN came, after all that is queued */
	bool fin_wanted; /* send FIN behind what is queued */
	bool fin_fed;	 /* lwIP has it */
	bool open;	 /* the handshake was completed */
	bool dead;	 /* there was a connection, and it is over */
	bool more;	 /* MSG_MORE: wait for what follows */
	bool force;	 /* but no longer */
	bool nospace;	 /* somebody waits for room */
	bool cork, nodelay, quickack;
	uint8_t quick;	/* so many segments are acknowledged at once */
	bool tell_name; /* accept(2) tells the peer's even if it is gone */
	bool deferred;	/* TCP_DEFER_ACCEPT: complete, but without data */
	bool tail_pbuf; /* rx_tail is ours, with room behind it */
	int auto_sndbuf, auto_rcvbuf; /* what we set; other: SO_SNDBUF did */
	unsigned int rx_read;	      /* since the window last grew */

	/* TCP_LISTEN: those that wait for accept(2) in ready, those whose
	 * handshake goes on in young; both linked by wait_link. */
	struct tcp_pcb *lpcb;
	struct list ready, young;
	unsigned int nr_ready, nr_young, backlog;
	struct tcp_sock *listener; /* of one that waits */
	struct list wait_link;

	struct timer timer; /* MSG_MORE and TCP_CORK, or no memory to send */

	/* tcp(7); 0: the default. In seconds, but for user_timeout's ms. */
	unsigned int keepidle, keepintvl, keepcnt, defer, user_timeout;
	unsigned int maxseg, syncnt;
	unsigned int window_clamp;
	unsigned int notsent_lowat;
	uint64_t bytes_in;
	int pending_error; /* for the socket it does not have yet */
	unsigned int orphan_idle;
};

extern const struct socket_ops tcp_ops;

static inline struct tcp_sock *tcp_of(struct socket *s)
{
	return s->priv;
}

/* tcp.c */
struct tcp_sock *tcp_sock_alloc(void);
void tcp_sock_free(struct tcp_sock *t);
/* lwIP's error callback. */
void tcp_on_err(void *arg, err_t err);
/* A pcb for t, if it has none: 0 or -ENOMEM. */
int tcp_need_pcb(struct tcp_sock *t);
/* The same, with the name that bind(2) gave: it outlives the pcb of a
 * connection that failed. */
int tcp_rebind(struct tcp_sock *t);
/* t takes over p, whose callbacks are t's from then on. */
void tcp_adopt(struct tcp_sock *t, struct tcp_pcb *p);
/* The connection's state as Linux has it: its numbers. */
int tcp_linux_state(const struct tcp_sock *t);
/* End the connection with RST, without a word to the socket. */
void tcp_cut(struct tcp_sock *t);
/* Free a pcb that has no connection (yet): t is as new. */
void tcp_drop(struct tcp_sock *t);
/* If lwIP can do the rest alone, leave it to it and free t: true. */
bool tcp_let_go(struct tcp_sock *t);
/* All events: what changed is for poll to find out. */
void tcp_wake(struct tcp_sock *t, unsigned int mask);
/* Push what may be sent to lwIP, and from there. */
void tcp_push(struct tcp_sock *t);
/* p's handshake is complete: what is known of the round trip. */
void tcp_first_round_trip(struct tcp_pcb *p);

/* tcp_bind.c */
int tcp_bind_op(struct socket *s, const struct sockaddr_storage_k *name,
		unsigned int len);
/* Give t a local port if it has none, for a connection to remote, or for
 * listen(2) if that is NULL. 0, -EADDRNOTAVAIL, -EADDRINUSE, -ENOMEM. */
int tcp_autobind(struct tcp_sock *t, const ip_addr_t *remote, uint16_t rport);
/* Mark p with what bind's rules ask of it later. */
void tcp_mark_reuse(const struct tcp_sock *t, struct tcp_pcb *p);

/* tcp_connect.c */
int tcp_connect_op(struct socket *s, const struct sockaddr_storage_k *name,
		   unsigned int len, bool nonblock);

/* tcp_listen.c */
int tcp_listen_op(struct socket *s, int backlog);
int tcp_accept_op(struct socket *s, struct socket *fresh, bool nonblock);
err_t tcp_on_passive_open(u8_t id, struct tcp_pcb_listen *l, struct tcp_pcb *p);
/* t, accepted by nobody, is complete: hand it to accept(2). */
void tcp_make_ready(struct tcp_sock *t);
/* t leaves its listener's lists. */
void tcp_leave_listener(struct tcp_sock *t);
void tcp_unlisten(struct tcp_sock *t);

/* tcp_send.c */
ssize_t tcp_send_op(struct socket *s, struct message *m);
err_t tcp_on_sent(void *arg, struct tcp_pcb *p, u16_t len);
void tcp_feed(struct tcp_sock *t);
void tcp_tx_clear(struct tcp_sock *t);
bool tcp_writable(const struct tcp_sock *t);
void tcp_timer(struct timer *timer);

/* tcp_recv.c */
ssize_t tcp_recv_op(struct socket *s, struct message *m);
err_t tcp_on_recv(void *arg, struct tcp_pcb *p, struct pbuf *b, err_t err);
void tcp_rx_clear(struct tcp_sock *t);
/* The window that a new connection offers. */
void tcp_first_window(struct tcp_sock *t);
/* Offer more, after reading or when the buffer grew. */
void tcp_open_window(struct tcp_sock *t);

/* Drop the first byte that is queued. */
void tcp_skip_byte(struct tcp_sock *t);

/* tcp_urgent.c. Of the stream, this many bytes have been read. */
uint64_t tcp_rx_position(const struct tcp_sock *t);
/* The urgent byte is in the stream as any other: SO_OOBINLINE. */
bool tcp_urgent_inline(const struct tcp_sock *t);
/* It is the next to be read: sockatmark(3). */
bool tcp_at_mark(const struct tcp_sock *t);
/* Bytes to read, up to the urgent one: FIONREAD. */
unsigned int tcp_unread(const struct tcp_sock *t);
/* MSG_OOB: 1, 0 at the end of the stream, -EINVAL (there is none), -EAGAIN (it
 * has not come), -ENOTCONN, -EFAULT. */
ssize_t tcp_urgent_recv(struct socket *s, struct message *m);
/* The last byte in the queue is urgent. t has a pcb. */
void tcp_urgent_mark(struct tcp_sock *t);

/* tcp_options.c */
int tcp_setopt(struct socket *s, int level, int name, const void *val,
	       unsigned int len);
int tcp_getopt(struct socket *s, int level, int name, void *val,
	       unsigned int *len);
void tcp_option_changed(struct socket *s, int name);
long tcp_ioctl(struct socket *s, unsigned int cmd, unsigned long arg);
/* The peer's SYN came: TCP_MAXSEG. */
void tcp_limit_mss(struct tcp_sock *t);
/* Bring the options into the pcb. */
void tcp_apply(struct tcp_sock *t);

#endif
