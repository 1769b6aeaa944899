/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp.c: the life of a stream socket, and what lwIP tells of it.
 */
#include <posixen/lib.h>
#include <posixen/ktime.h>
#include <posixen/mem.h>
#include <asm/poll.h>
#include <linux/tcp.h>
#include "demux.h"
#include "dgram.h"
#include "netdev.h"
#include "tcp.h"

#define EVENTS_ALL                                                             \
	(POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM | POLLRDHUP | POLLHUP |    \
	 POLLERR | POLLPRI)

struct tcp_sock *tcp_sock_alloc(void)
{
	struct tcp_sock *t = kzalloc(sizeof(*t));

	if (!t)
		return NULL;
	t->in.tcp = true;
	t->tx.ring = t->tx.few;
	t->tx.cap = TX_INLINE;
	t->quick = TCP_QUICK;
	t->timer.fn = tcp_timer;
	list_init(&t->timer.link);
	list_init(&t->ready);
	list_init(&t->young);
	list_init(&t->wait_link);
	return t;
}

int tcp_create(struct socket *s)
{
	struct tcp_sock *t = tcp_sock_alloc();

	if (!t)
		return -ENOMEM;
	inet_init(&t->in, s);
	s->ops = &tcp_ops;
	s->priv = t;
	s->opt.sndbuf = t->auto_sndbuf = (int)stack_sndbuf_default();
	s->opt.rcvbuf = t->auto_rcvbuf = (int)stack_rcvbuf_default();
	return 0;
}

void tcp_sock_free(struct tcp_sock *t)
{
	timer_cancel(&t->timer);
	tcp_leave_listener(t);
	tcp_rx_clear(t);
	tcp_tx_clear(t);
	kfree(t);
}

void tcp_wake(struct tcp_sock *t, unsigned int mask)
{
	if (t->in.s)
		socket_wake(t->in.s, mask);
}

/* lwIP frees p in a moment; its segments are gone. */
static void on_destroy(u8_t id, void *data)
{
	struct tcp_sock *t = data;

	if (!t)
		return;
	t->pcb = NULL;
	tcp_tx_clear(t);
	if (t->phase != TCP_UNCONNECTED)
		t->dead = true;
	if (!t->in.s &&
	    (!t->listener || t->phase != TCP_CONNECTED || t->deferred))
		tcp_sock_free(t);
	else
		/* lwIP may still have to say why: tcp_on_err() wakes again. */
		tcp_wake(t, EVENTS_ALL);
}

static const struct tcp_ext_arg_callbacks ext_callbacks = {
	.destroy = on_destroy,
	.passive_open = tcp_on_passive_open,
};

/* The connection failed or was reset: the pcb is gone or about to go. */
void tcp_on_err(void *arg, err_t err)
{
	struct tcp_sock *t = arg;
	int why;

	t->dead = true;
	switch (err) {
	case ERR_CLSD:
		why = 0; /* both sides have closed in order */
		break;
	case ERR_RST:
		if (!t->open)
			why = ECONNREFUSED;
		else
			why = t->eof ? EPIPE : ECONNRESET;
		break;
	default:
		why = ETIMEDOUT;
	}
	if (t->in.s && why)
		t->in.s->error = why;
	else if (why)
		t->pending_error = why;
	tcp_wake(t, EVENTS_ALL);
}

void tcp_unreachable(const ip_addr_t *local, uint16_t lport,
		     const ip_addr_t *remote, uint16_t rport, uint32_t seq,
		     int error)
{
	struct tcp_pcb *p = demux_find(local, lport, remote, rport);
	struct tcp_sock *t = p ? tcp_ext_arg_get(p, 0) : NULL;

	/* RFC 5927, 4: of the SYN, whose number nobody else can know. Nothing
	 * of it is acknowledged, so it stands in lastack. */
	if (!t || !t->in.s || p->state != SYN_SENT || seq != p->lastack)
		return;
	t->in.s->error = error;
	tcp_err(p, NULL);
	tcp_close(p);
}

static void on_room(struct tcp_pcb *p)
{
	struct tcp_sock *t = tcp_ext_arg_get(p, 0);

	if (t && t->tx.fed != t->tx.end)
		tcp_push(t);
}

void tcp_adopt(struct tcp_sock *t, struct tcp_pcb *p)
{
	netdev_tcp_room = on_room;
	t->pcb = p;
	tcp_ext_arg_set_callbacks(p, 0, &ext_callbacks);
	tcp_ext_arg_set(p, 0, t);
	tcp_arg(p, t);
	tcp_err(p, tcp_on_err);
	tcp_recv(p, tcp_on_recv);
	tcp_sent(p, tcp_on_sent);
	/* The socket's queue is what is limited, not lwIP's; and what a slow
	 * start may reach is not known before the first loss (RFC 5681). */
	p->snd_buf = 1 << 30;
	p->ssthresh = 1 << 30;
	/* When a small segment waits is decided in tcp_feed(). */
	tcp_nagle_disable(p);
	tcp_apply(t);
}

int tcp_need_pcb(struct tcp_sock *t)
{
	struct tcp_pcb *p;

	if (t->pcb)
		return 0;
	p = tcp_new_ip_type(IP_GET_TYPE(&t->in.local));
	if (!p)
		return -ENOMEM;
	tcp_adopt(t, p);
	return 0;
}

/* lwIP's state, and ours that it does not know of: a FIN that waits behind
 * data, a connection that is over but not forgotten. */
int tcp_linux_state(const struct tcp_sock *t)
{
	static const uint8_t states[] = {
		[CLOSED] = TCP_CLOSE,
		[LISTEN] = TCP_LISTEN,
		[SYN_SENT] = TCP_SYN_SENT,
		[SYN_RCVD] = TCP_SYN_RECV,
		[ESTABLISHED] = TCP_ESTABLISHED,
		[FIN_WAIT_1] = TCP_FIN_WAIT1,
		[FIN_WAIT_2] = TCP_FIN_WAIT2,
		[CLOSE_WAIT] = TCP_CLOSE_WAIT,
		[CLOSING] = TCP_CLOSING,
		[LAST_ACK] = TCP_LAST_ACK,
		[TIME_WAIT] = TCP_CLOSE,
	};

	if (t->lpcb)
		return TCP_LISTEN;
	if (!t->pcb)
		return TCP_CLOSE;
	if (t->fin_wanted && !t->fin_fed) {
		if (t->pcb->state == ESTABLISHED)
			return TCP_FIN_WAIT1;
		if (t->pcb->state == CLOSE_WAIT)
			return TCP_LAST_ACK;
	}
	return states[t->pcb->state];
}

void tcp_cut(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;

	if (!p)
		return;
	tcp_err(p, NULL);
	tcp_abort(p);
}

void tcp_drop(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;

	t->phase = TCP_UNCONNECTED;
	t->urgent = URGENT_NONE;
	if (p) {
		tcp_err(p, NULL);
		tcp_close(p);
	}
	t->dead = false;
}

static int tcp_getname(struct socket *s, struct sockaddr_storage_k *name,
		       bool peer)
{
	struct tcp_sock *t = tcp_of(s);
	int state = tcp_linux_state(t);

	if (!peer)
		return (int)inet_name_out(&t->in, &t->in.local, t->in.lport,
					  name);
	if (!t->in.rport)
		return -ENOTCONN;
	if ((state == TCP_CLOSE || state == TCP_SYN_SENT) && !t->tell_name)
		return -ENOTCONN;
	t->tell_name = false;
	return (int)inet_name_out(&t->in, &t->in.remote, t->in.rport, name);
}

/* Of Linux's tcp_poll(): what is over counts as readable and writable. */
static unsigned int tcp_poll_op(struct socket *s)
{
	struct tcp_sock *t = tcp_of(s);
	int state = tcp_linux_state(t);
	bool over = t->dead || (t->phase == TCP_CONNECTED && !t->pcb);
	bool rcv = t->eof || s->shut_rd || over;
	bool snd = s->shut_wr || over;
	unsigned int ev = 0;

	if (state == TCP_LISTEN)
		return t->nr_ready ? POLLIN | POLLRDNORM : 0;
	if ((rcv && snd) || state == TCP_CLOSE)
		ev |= POLLHUP;
	if (rcv)
		ev |= POLLIN | POLLRDNORM | POLLRDHUP;
	if (state != TCP_SYN_SENT) {
		unsigned int low = MIN(s->opt.rcvlowat, s->opt.rcvbuf / 2);

		/* The urgent byte is not there to be read. */
		if (unlikely(t->urgent) && tcp_at_mark(t) &&
		    !tcp_urgent_inline(t))
			low++;
		if (t->rx_bytes && t->rx_bytes >= low)
			ev |= POLLIN | POLLRDNORM;
		if (t->urgent == URGENT_HERE)
			ev |= POLLPRI;
		if (snd || tcp_writable(t))
			ev |= POLLOUT | POLLWRNORM;
		else
			t->nospace = true;
	}
	if (s->error)
		ev |= POLLERR;
	return ev;
}

static int tcp_shut(struct socket *s, int how)
{
	struct tcp_sock *t = tcp_of(s);
	int state = tcp_linux_state(t), err = 0;

	/* Linux: who shuts down what has come about meanwhile knows of it. */
	if (t->phase == TCP_CONNECTING && t->open)
		t->phase = TCP_CONNECTED;
	switch (state) {
	case TCP_LISTEN:
		if (how != SHUT_WR)
			tcp_unlisten(t);
		break;
	case TCP_SYN_SENT:
		tcp_drop(t);
		s->error = ECONNRESET;
		break;
	case TCP_CLOSE:
		err = -ENOTCONN;
		/* but it is shut down all the same */
		__attribute__((fallthrough));
	default:
		if (how != SHUT_WR)
			s->shut_rd = true;
		if (how != SHUT_RD)
			s->shut_wr = true;
		if (how != SHUT_RD &&
		    (state == TCP_ESTABLISHED || state == TCP_CLOSE_WAIT)) {
			t->fin_wanted = true;
			tcp_push(t);
			stack_flush();
		}
	}
	tcp_wake(t, EVENTS_ALL);
	return err;
}

/* Until FIN has been acknowledged, as SO_LINGER asks; a signal ends it. */
static void linger(struct socket *s)
{
	struct tcp_sock *t = tcp_of(s);
	/* Linux takes what is negative for very long. */
	uint64_t end =
		deadline_after((unsigned int)s->opt.linger * NSEC_PER_SEC);

	for (;;) {
		int state = tcp_linux_state(t);

		if (state != TCP_FIN_WAIT1 && state != TCP_CLOSING &&
		    state != TCP_LAST_ACK)
			return;
		if (socket_wait(s, EVENTS_ALL, end))
			return;
	}
}

/* Nobody waits for a peer that takes nothing any more: a closed connection
 * without progress for this long (in lwIP's slow ticks) is given up. */
#define ORPHAN_TICKS 240

static err_t on_orphan_idle(void *arg, struct tcp_pcb *p)
{
	struct tcp_sock *t = arg;

	if (++t->orphan_idle < 5)
		return ERR_OK;
	tcp_cut(t);
	return ERR_ABRT;
}

/* Three ticks are at least 200 ms: Linux's TCP_RTO_MIN. */
#define VAR_MIN 3

/*
 * RFC 6298, 2.2. lwIP would take the first round trip for one of many and
 * begin with seconds; when it connects, it would even wait for the end of the
 * SYN's round trip until data is acknowledged, however much later. If the SYN
 * was repeated nothing is known, and three seconds (there, 5.7) are what lwIP
 * has set.
 */
void tcp_first_round_trip(struct tcp_pcb *p)
{
	const uint32_t max = 60 * 1000 / TCP_SLOW_INTERVAL;
	uint32_t ticks = MIN(tcp_ticks - p->rttest, max);

	p->nrtx = 0;
	if (!p->rttest) {
		p->rto = p->sv;
		return;
	}
	p->rttest = 0;
	p->sa = ticks << 3;
	p->sv = MAX(ticks << 1, VAR_MIN);
	p->rto = ticks + p->sv;
}

bool tcp_let_go(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;

	if (t->in.s || t->listener || t->tx.acked != t->tx.end)
		return false;
	if (!t->fin_fed && p->state != TIME_WAIT)
		return false;
	tcp_ext_arg_set(p, 0, NULL);
	tcp_arg(p, NULL);
	tcp_recv(p, NULL);
	tcp_sent(p, NULL);
	tcp_poll(p, NULL, 0);
	p->tmr = tcp_ticks; /* FIN_WAIT_2 begins at the earliest now */
	tcp_sock_free(t);
	return true;
}

static void release_connection(struct tcp_sock *t, struct socket *s)
{
	bool hard = t->rx_bytes || (s->opt.linger_on && !s->opt.linger);

	if (hard && t->pcb->state != TIME_WAIT) {
		tcp_cut(t);
		return;
	}
	t->fin_wanted = true;
	tcp_push(t);
	stack_flush();
	if (s->opt.linger_on && t->pcb)
		linger(s);
}

static void tcp_release(struct socket *s)
{
	struct tcp_sock *t = tcp_of(s);

	if (t->lpcb)
		tcp_unlisten(t);
	timer_cancel(&t->timer);
	t->more = t->cork = false;
	if (t->pcb && (t->pcb->state == CLOSED || t->pcb->state == SYN_SENT))
		tcp_drop(t);
	else if (t->pcb)
		release_connection(t, s);
	/* From here on t is lwIP's, if that still has something to do. */
	t->in.s = NULL;
	if (!t->pcb) {
		stack_flush();
		tcp_sock_free(t);
		return;
	}
	tcp_err(t->pcb, NULL);
	tcp_rx_clear(t);
	tcp_set_flags(t->pcb, TF_RXCLOSED);
	if (!tcp_let_go(t))
		tcp_poll(t->pcb, on_orphan_idle, ORPHAN_TICKS);
	stack_flush();
}

const struct socket_ops tcp_ops = {
	.bind = tcp_bind_op,
	.connect = tcp_connect_op,
	.listen = tcp_listen_op,
	.accept = tcp_accept_op,
	.getname = tcp_getname,
	.send = tcp_send_op,
	.recv = tcp_recv_op,
	.shutdown = tcp_shut,
	.poll = tcp_poll_op,
	.setopt = tcp_setopt,
	.getopt = tcp_getopt,
	.option_changed = tcp_option_changed,
	.ioctl = tcp_ioctl,
	.release = tcp_release,
};
