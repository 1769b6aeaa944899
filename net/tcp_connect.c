/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_connect.c: connect(2) of stream sockets.
 */
#include <posixen/lib.h>
#include <asm/poll.h>
#include <linux/tcp.h>
#include "dgram.h"
#include "tcp.h"

static err_t on_connected(void *arg, struct tcp_pcb *p, err_t err)
{
	struct tcp_sock *t = arg;

	t->open = true;
	tcp_limit_mss(t);
	tcp_first_round_trip(p);
	tcp_first_window(t);
	tcp_wake(t, POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM | POLLHUP);
	return ERR_OK;
}

/* AF_UNSPEC: the connection is gone, what bind(2) chose stays. */
static int disconnect(struct tcp_sock *t)
{
	struct socket *s = t->in.s;

	if (t->lpcb)
		tcp_unlisten(t);
	if (t->pcb && t->phase != TCP_UNCONNECTED) {
		if (tcp_linux_state(t) != TCP_CLOSE)
			s->error = ECONNRESET; /* as Linux has it */
		t->phase = TCP_UNCONNECTED;
		if (t->pcb->state == SYN_SENT)
			tcp_drop(t);
		else
			tcp_cut(t);
		stack_flush();
	}
	t->phase = TCP_UNCONNECTED;
	t->open = t->dead = t->eof = t->fin_wanted = t->fin_fed = false;
	t->more = t->force = t->nospace = false;
	timer_cancel(&t->timer);
	tcp_rx_clear(t);
	s->shut_rd = s->shut_wr = false;
	inet_any(&t->in, &t->in.remote);
	t->in.rport = 0;
	if (!t->in.bound_ip)
		inet_any(&t->in, &t->in.local);
	tcp_wake(t, POLLIN | POLLOUT | POLLHUP);
	return 0;
}

int tcp_rebind(struct tcp_sock *t)
{
	int err = tcp_need_pcb(t);

	if (err || t->pcb->local_port || !t->in.bound_port)
		return err;
	t->pcb->local_port = t->in.lport;
	ip_addr_copy(t->pcb->local_ip, t->in.local);
	tcp_mark_reuse(t, t->pcb);
	TCP_REG(&tcp_bound_pcbs, t->pcb);
	return 0;
}

/* Linux: what a failed connect(2) has chosen is chosen anew by the next. */
static int start_failed(struct tcp_sock *t, int err)
{
	tcp_drop(t);
	if (!t->in.bound_ip)
		inet_any(&t->in, &t->in.local);
	if (!t->in.bound_port)
		t->in.lport = 0;
	t->in.rport = 0;
	return err;
}

static int start(struct tcp_sock *t, const struct inet_name *n)
{
	struct netif *nif = inet_route(&t->in, &n->ip);
	const ip_addr_t *src;
	int err;

	if (!nif)
		return -ENETUNREACH;
	/* A connection to a group or to everybody: tcp(7) has none. */
	if (ip_addr_ismulticast(&n->ip) || ip_addr_isbroadcast(&n->ip, nif))
		return -ENETUNREACH;
	if (!ip_addr_isany(&t->in.local) &&
	    IP_IS_V4_VAL(t->in.local) != IP_IS_V4_VAL(n->ip))
		return IP_IS_V4_VAL(n->ip) ? -ENETUNREACH : -EINVAL;
	err = icmp_errors_start();
	if (!err)
		err = tcp_rebind(t);
	if (err)
		return err;
	if (ip_addr_isany(&t->in.local)) {
		src = ip_netif_get_local_ip(nif, &n->ip);
		if (!src)
			return start_failed(t, -ENETUNREACH);
		ip_addr_copy(t->in.local, *src);
		ip_addr_copy(t->pcb->local_ip, *src);
	}
	err = tcp_autobind(t, &n->ip, n->port);
	if (err)
		return start_failed(t, err);
	/* lwIP has no simultaneous open (RFC 9293, 3.5), so a socket cannot
	 * connect to itself: better refused than tried until it times out. */
	if (t->in.lport == n->port && ip_addr_cmp(&t->in.local, &n->ip))
		return start_failed(t, -ECONNREFUSED);
	tcp_apply(t);
	ip_addr_copy(t->in.remote, n->ip);
	t->in.rport = n->port;
	t->phase = TCP_CONNECTING;
	err = stack_errno(tcp_connect(t->pcb, &n->ip, n->port, on_connected));
	if (!err)
		return 0;
	/* Linux: somebody else has this very connection. */
	return start_failed(t, err == -EADDRINUSE ? -EADDRNOTAVAIL : err);
}

/* The end of a connection that never was: the socket may try again. */
static int failed(struct tcp_sock *t)
{
	int err = socket_take_error(t->in.s);

	disconnect(t);
	return err ? err : -ECONNABORTED;
}

int tcp_connect_op(struct socket *s, const struct sockaddr_storage_k *name,
		   unsigned int len, bool nonblock)
{
	uint64_t deadline = socket_snd_deadline(s);
	struct tcp_sock *t = tcp_of(s);
	int err, pending = -EALREADY;
	struct inet_name n;

	/* Who connects once more need not say where to. */
	if (len >= sizeof(name->family) && name->family == AF_UNSPEC)
		return disconnect(t);
	if (t->lpcb || t->phase == TCP_CONNECTED)
		return -EISCONN;
	if (t->phase == TCP_UNCONNECTED) {
		err = inet_name_in(&t->in, INET_CONNECT, name, len, &n);
		if (!err)
			err = start(t, &n);
		if (err)
			return err;
		pending = -EINPROGRESS;
	}
	/* What answers at once is heard of at once, but not by this call if it
	 * does not wait. */
	if (nonblock && pending == -EINPROGRESS) {
		stack_flush();
		return pending;
	}
	stack_flush();
	while (tcp_linux_state(t) == TCP_SYN_SENT) {
		if (nonblock)
			return pending;
		err = socket_wait(s, POLLOUT | POLLHUP, deadline);
		if (err)
			return err == -EAGAIN ? pending : err;
	}
	if (!t->open || tcp_linux_state(t) == TCP_CLOSE)
		return failed(t);
	t->phase = TCP_CONNECTED;
	return 0;
}
