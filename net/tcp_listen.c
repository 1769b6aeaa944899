/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_listen.c: listen(2) and accept(2).
 *
 * A connection gets its struct tcp_sock when its SYN comes, and is its
 * listener's until accept(2) takes it. The listening sockets that share a port
 * by SO_REUSEPORT share its connections: lwIP always asks the same one of them,
 * which chooses by the peer's address and port.
 */
#include <posixen/lib.h>
#include <asm/poll.h>
#include <linux/tcp.h>
#include "tcp.h"

/* Handshakes under way per listener at most, beyond its backlog. */
#define YOUNG_MAX 1024

static bool same_group(const struct tcp_sock *a, const struct tcp_sock *b)
{
	return b->in.reuseport && b->in.lport == a->in.lport &&
	       b->in.uid == a->in.uid && b->in.bound_if == a->in.bound_if &&
	       IP_GET_TYPE(&b->in.local) == IP_GET_TYPE(&a->in.local) &&
	       ip_addr_cmp(&a->in.local, &b->in.local);
}

static struct tcp_sock *choose(struct tcp_sock *l, const struct tcp_pcb *p)
{
	struct tcp_sock *group[64];
	struct tcp_pcb_listen *lp;
	uint32_t hash = p->remote_port;
	unsigned int n = 0;

	if (!l->in.reuseport)
		return l;
	for (lp = tcp_listen_pcbs.listen_pcbs; lp; lp = lp->next)
		if (lp->callback_arg && n < ARRAY_SIZE(group) &&
		    same_group(l, lp->callback_arg))
			group[n++] = lp->callback_arg;
	if (n < 2)
		return l;
	/* lwIP moves what it finds to the front: the order of its list says
	 * nothing, that of the sockets' numbers stays. */
	for (unsigned int i = 1; i < n; i++)
		for (unsigned int j = i;
		     j && group[j]->in.s->ino < group[j - 1]->in.s->ino; j--) {
			struct tcp_sock *x = group[j];

			group[j] = group[j - 1];
			group[j - 1] = x;
		}
	for (unsigned int i = 0; i < sizeof(p->remote_ip.u_addr) / 4; i++)
		hash = (hash ^ ((const uint32_t *)&p->remote_ip.u_addr)[i]) *
		       0x9e3779b1;
	return group[(hash >> 16) % n];
}

/* A child starts as its listener is now (accept(2): "inherits"). */
static void inherit(struct tcp_sock *t, const struct tcp_sock *l)
{
	t->in = l->in;
	t->in.s = NULL;
	list_init(&t->in.groups);
	t->nodelay = l->nodelay;
	t->keepidle = l->keepidle;
	t->keepintvl = l->keepintvl;
	t->keepcnt = l->keepcnt;
	t->user_timeout = l->user_timeout;
	t->maxseg = l->maxseg;
	t->window_clamp = l->window_clamp;
	t->notsent_lowat = l->notsent_lowat;
	t->auto_sndbuf = l->auto_sndbuf;
	t->auto_rcvbuf = l->auto_rcvbuf;
}

err_t tcp_on_passive_open(u8_t id, struct tcp_pcb_listen *lp, struct tcp_pcb *p)
{
	struct tcp_sock *l = lp->callback_arg, *t;

	if (!l)
		return ERR_ABRT;
	l = choose(l, p);
	/* An error drops the SYN, which the peer sends again. */
	if (l->nr_ready > l->backlog ||
	    l->nr_young > MAX(l->backlog, YOUNG_MAX))
		return ERR_MEM;
	t = tcp_sock_alloc();
	if (!t)
		return ERR_MEM;
	inherit(t, l);
	/* Linux: the listener's port is not the connection's for good. */
	t->in.bound_port = false;
	t->in.lport = p->local_port;
	t->in.rport = p->remote_port;
	ip_addr_copy(t->in.local, p->local_ip);
	ip_addr_copy(t->in.remote, p->remote_ip);
	t->listener = l;
	t->phase = TCP_CONNECTING;
	list_append(&l->young, &t->wait_link);
	l->nr_young++;
	tcp_adopt(t, p);
	tcp_limit_mss(t);
	/* Nobody is to hear of a handshake that fails. */
	tcp_err(p, NULL);
	tcp_first_window(t);
	return ERR_OK;
}

void tcp_leave_listener(struct tcp_sock *t)
{
	struct tcp_sock *l = t->listener;

	if (!l)
		return;
	t->listener = NULL;
	list_del(&t->wait_link);
	if (t->phase == TCP_CONNECTED && !t->deferred)
		l->nr_ready--;
	else
		l->nr_young--;
}

void tcp_make_ready(struct tcp_sock *t)
{
	struct tcp_sock *l = t->listener;

	list_del(&t->wait_link);
	l->nr_young--;
	t->deferred = false;
	t->phase = TCP_CONNECTED;
	t->open = true;
	list_append(&l->ready, &t->wait_link);
	l->nr_ready++;
	tcp_err(t->pcb, tcp_on_err);
	socket_wake(l->in.s, POLLIN | POLLRDNORM);
}

/* In lwIP's slow ticks, of which some time is the most that it can wait. */
#define DEFER_TICKS 10

static err_t on_defer_over(void *arg, struct tcp_pcb *p)
{
	struct tcp_sock *t = arg;

	if (!t->deferred || !t->listener) {
		tcp_poll(p, NULL, 0);
		return ERR_OK;
	}
	if (++t->orphan_idle >= t->defer)
		tcp_make_ready(t);
	return ERR_OK;
}

static err_t on_accept(void *arg, struct tcp_pcb *p, err_t err)
{
	struct tcp_sock *t;

	if (!p)
		return ERR_MEM;
	t = tcp_ext_arg_get(p, 0);
	/* lwIP answers an error with RST, as Linux does when the listener it
	 * belonged to has gone. */
	if (!t || !t->listener)
		return ERR_VAL;
	tcp_first_round_trip(p);
	if (t->listener->defer) {
		/* A second is ten of the ticks. */
		t->defer = t->listener->defer;
		t->deferred = t->open = true;
		t->phase = TCP_CONNECTED;
		tcp_poll(p, on_defer_over, DEFER_TICKS);
		return ERR_OK;
	}
	tcp_make_ready(t);
	return ERR_OK;
}

static void drop_all(struct list *children)
{
	while (!list_empty(children)) {
		struct tcp_sock *t =
			list_first(children, struct tcp_sock, wait_link);

		tcp_leave_listener(t);
		if (t->pcb)
			tcp_cut(t); /* frees t */
		else
			tcp_sock_free(t);
	}
}

void tcp_unlisten(struct tcp_sock *t)
{
	struct tcp_pcb *lp = t->lpcb;

	t->lpcb = NULL;
	t->in.s->listening = false;
	tcp_arg(lp, NULL);
	drop_all(&t->young);
	drop_all(&t->ready);
	tcp_close(lp);
	stack_flush();
}

int tcp_listen_op(struct socket *s, int backlog)
{
	struct tcp_sock *t = tcp_of(s);
	unsigned int n = (unsigned int)backlog;
	struct tcp_pcb *lp;
	err_t why;
	int err;

	/* net.core.somaxconn; what is negative is large. */
	n = MIN(n, (unsigned int)SOMAXCONN);
	if (t->lpcb) {
		t->backlog = n;
		return 0;
	}
	if (t->phase != TCP_UNCONNECTED)
		return -EINVAL;
	err = tcp_rebind(t);
	if (!err)
		err = tcp_autobind(t, NULL, 0);
	if (err)
		return err;
	/* Two may have bound the port before either listened. */
	for (struct tcp_pcb *p = tcp_listen_pcbs.pcbs; p; p = p->next) {
		struct tcp_sock *o = p->callback_arg;

		if (o && p->local_port == t->in.lport &&
		    !(t->in.reuseport && o->in.reuseport) &&
		    inet_overlap(&t->in.local, t->in.v6only, &o->in.local,
				 o->in.v6only))
			return -EADDRINUSE;
	}
	/* lwIP frees the pcb for a smaller one, and has an opinion of its own
	 * on who may share a port. */
	t->pcb->so_options &= (u8_t)~SOF_REUSEADDR;
	tcp_ext_arg_set(t->pcb, 0, NULL);
	lp = tcp_listen_with_backlog_and_err(t->pcb, 255, &why);
	if (!lp) {
		tcp_ext_arg_set(t->pcb, 0, t);
		tcp_mark_reuse(t, t->pcb);
		return stack_errno(why);
	}
	t->pcb = NULL;
	t->lpcb = lp;
	tcp_mark_reuse(t, lp);
	if (s->opt.keepalive)
		lp->so_options |= SOF_KEEPALIVE;
	t->backlog = n;
	s->listening = true;
	s->shut_rd = s->shut_wr = false;
	tcp_arg(lp, t);
	tcp_accept(lp, on_accept);
	return 0;
}

int tcp_accept_op(struct socket *s, struct socket *fresh, bool nonblock)
{
	uint64_t deadline = socket_rcv_deadline(s);
	struct tcp_sock *l = tcp_of(s), *t;
	int err;

	while (l->lpcb && list_empty(&l->ready)) {
		if (nonblock)
			return -EAGAIN;
		err = socket_wait(s, POLLIN | POLLHUP, deadline);
		if (err)
			return err;
	}
	if (!l->lpcb)
		return -EINVAL;
	t = list_first(&l->ready, struct tcp_sock, wait_link);
	tcp_leave_listener(t);
	t->in.s = fresh;
	fresh->ops = &tcp_ops;
	fresh->priv = t;
	fresh->opt = s->opt;
	fresh->opt.sndbuf = MAX(fresh->opt.sndbuf, t->auto_sndbuf);
	fresh->error = t->pending_error;
	t->tell_name = tcp_linux_state(t) == TCP_CLOSE;
	if (t->pcb)
		tcp_apply(t);
	return 0;
}
