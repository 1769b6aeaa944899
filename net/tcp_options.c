/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_options.c: the options of tcp(7), and ioctl(2) on stream sockets. What
 * lwIP cannot keep is refused.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <asm/socket.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include "tcp.h"
#include "tcp_recovery.h"

#define MSS_MIN	     88
#define MSS_MAX	     32767
#define MSS_DEFAULT  536
#define KEEP_MAX     32767
#define KEEP_CNT_MAX 127
#define SYN_CNT_MAX  127
#define CA_NAME	     "reno"
#define CA_NAME_MAX  16
/* lwIP's slow ticks in a second. */
#define TICKS_PER_S (1000 / TCP_SLOW_INTERVAL)

/* Once a second, for what lwIP itself does not count. */
static err_t on_tick(void *arg, struct tcp_pcb *p)
{
	struct tcp_sock *t = arg;
	bool waiting = p->unacked || p->unsent;

	t->orphan_idle = waiting ? t->orphan_idle + 1 : 0;
	if ((t->user_timeout && t->orphan_idle * 1000ULL >= t->user_timeout) ||
	    (p->state == SYN_SENT && t->syncnt && p->nrtx > t->syncnt)) {
		tcp_abort(p); /* tells ETIMEDOUT */
		return ERR_ABRT;
	}
	return ERR_OK;
}

void tcp_apply(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;
	struct socket *s = t->in.s;

	if (IP_IS_V4_VAL(t->in.remote) || !IP_IS_V6_VAL(p->local_ip)) {
		p->ttl = (u8_t)inet_ttl(&t->in);
		p->tos = t->in.tos;
	} else {
		p->ttl = (u8_t)inet_hops(&t->in);
		p->tos = t->in.tclass;
	}
	p->netif_idx = t->in.bound_if;
	tcp_recovery(p)->maxseg = (uint16_t)t->maxseg;
	p->keep_idle = t->keepidle ? t->keepidle * 1000 : 7200000;
	p->keep_intvl = t->keepintvl ? t->keepintvl * 1000 : 75000;
	p->keep_cnt = t->keepcnt ? t->keepcnt : 9;
	if (s && s->opt.keepalive)
		p->so_options |= SOF_KEEPALIVE;
	else if (s)
		p->so_options &= (u8_t)~SOF_KEEPALIVE;
	if (t->user_timeout || (t->syncnt && p->state <= SYN_SENT))
		tcp_poll(p, on_tick, TICKS_PER_S);
}

void tcp_option_changed(struct socket *s, int name)
{
	struct tcp_sock *t = tcp_of(s);

	switch (name) {
	case SO_KEEPALIVE:
		if (t->pcb)
			tcp_apply(t);
		else if (t->lpcb && s->opt.keepalive)
			t->lpcb->so_options |= SOF_KEEPALIVE;
		else if (t->lpcb)
			t->lpcb->so_options &= (u8_t)~SOF_KEEPALIVE;
		break;
	case SO_REUSEADDR:
	case SO_REUSEPORT:
		/* It counts from now on for others that want this port. */
		t->in.reuseaddr = s->opt.reuseaddr;
		t->in.reuseport = s->opt.reuseport;
		if (t->pcb)
			tcp_mark_reuse(t, t->pcb);
		else if (t->lpcb)
			tcp_mark_reuse(t, t->lpcb);
		break;
	case SO_RCVBUF:
	case SO_RCVBUFFORCE:
		if (t->lpcb)
			t->auto_rcvbuf = s->opt.rcvbuf;
		else if (t->pcb)
			tcp_open_window(t);
		break;
	case SO_RCVLOWAT:
		if (t->rx_bytes >= (unsigned int)s->opt.rcvlowat)
			tcp_wake(t, POLLIN | POLLRDNORM);
		break;
	}
}

/* TCP_DEFER_ACCEPT counts retransmissions that double their time. */
static unsigned int defer_rounded(unsigned int seconds)
{
	unsigned int step = 1, period = 1;

	if ((int)seconds <= 0)
		return 0;
	while (seconds > period && period < 120 * 255) {
		step = MIN(2 * step, 120U);
		period += step;
	}
	return period;
}

static int in_range(unsigned int *opt, int n, int min, int max)
{
	if (n < min || n > max)
		return -EINVAL;
	*opt = (unsigned int)n;
	return 0;
}

static int set_congestion(const char *val, unsigned int len)
{
	len = strnlen(val, MIN(len, CA_NAME_MAX - 1U));
	if (!len)
		return -EINVAL;
	if (len != strlen(CA_NAME) || memcmp(val, CA_NAME, len))
		return -ENOENT;
	return 0;
}

static void uncork(struct tcp_sock *t)
{
	tcp_push(t);
	stack_flush();
}

static int set_tcp(struct tcp_sock *t, int name, int n)
{
	bool connected = t->open && !t->dead;
	int err = 0;

	switch (name) {
	case TCP_NODELAY:
		t->nodelay = n;
		if (n)
			uncork(t);
		return 0;
	case TCP_CORK:
		t->cork = n;
		if (!n)
			uncork(t);
		return 0;
	case TCP_MAXSEG:
		err = n ? in_range(&t->maxseg, n, MSS_MIN, MSS_MAX) : 0;
		if (!n)
			t->maxseg = 0;
		return err;
	case TCP_KEEPIDLE:
		err = in_range(&t->keepidle, n, 1, KEEP_MAX);
		break;
	case TCP_KEEPINTVL:
		err = in_range(&t->keepintvl, n, 1, KEEP_MAX);
		break;
	case TCP_KEEPCNT:
		err = in_range(&t->keepcnt, n, 1, KEEP_CNT_MAX);
		break;
	case TCP_SYNCNT:
		err = in_range(&t->syncnt, n, 1, SYN_CNT_MAX);
		break;
	case TCP_USER_TIMEOUT:
		err = in_range(&t->user_timeout, n, 0, INT_MAX);
		break;
	case TCP_DEFER_ACCEPT:
		t->defer = defer_rounded((unsigned int)n);
		return 0;
	case TCP_WINDOW_CLAMP:
		if (!n && tcp_linux_state(t) != TCP_CLOSE)
			return -EINVAL;
		t->window_clamp = n ? MAX((unsigned int)n, 1152U) : 0;
		return 0;
	case TCP_QUICKACK:
		t->quickack = n;
		if (n && connected && t->pcb->flags & TF_ACK_DELAY) {
			tcp_ack_now(t->pcb);
			tcp_output(t->pcb);
			stack_flush();
		}
		return 0;
	case TCP_NOTSENT_LOWAT:
		t->notsent_lowat = (unsigned int)n;
		if (tcp_writable(t))
			tcp_wake(t, POLLOUT | POLLWRNORM);
		return 0;
	default:
		return -ENOPROTOOPT;
	}
	if (!err && t->pcb)
		tcp_apply(t);
	return err;
}

static int set_device(struct tcp_sock *t, const void *val, unsigned int len)
{
	int err = inet_setopt(&t->in, SOL_SOCKET, SO_BINDTODEVICE, val, len);

	if (!err && t->pcb)
		t->pcb->netif_idx = t->in.bound_if;
	if (!err && t->lpcb)
		t->lpcb->netif_idx = t->in.bound_if;
	return err;
}

int tcp_setopt(struct socket *s, int level, int name, const void *val,
	       unsigned int len)
{
	struct tcp_sock *t = tcp_of(s);
	int n, err;

	if (level == SOL_SOCKET && name == SO_BINDTODEVICE)
		return set_device(t, val, len);
	if (level != IPPROTO_TCP) {
		err = inet_setopt(&t->in, level, name, val, len);
		if (!err && t->pcb)
			tcp_apply(t);
		return err;
	}
	if (name == TCP_CONGESTION)
		return len ? set_congestion(val, len) : -EINVAL;
	if (len < sizeof(n))
		return -EINVAL;
	memcpy(&n, val, sizeof(n));
	return set_tcp(t, name, n);
}

static unsigned int segments(const struct tcp_seg *seg)
{
	unsigned int n = 0;

	for (; seg; seg = seg->next)
		n++;
	return n;
}

/* What lwIP knows; what it does not is 0. Times in microseconds. */
static void fill_info(const struct tcp_sock *t, struct tcp_info *i)
{
	const struct tcp_pcb *p = t->pcb;
	const struct tcp_recovery *r;
	unsigned int cwnd;

	memset(i, 0, sizeof(*i));
	i->tcpi_state = (__u8)tcp_linux_state(t);
	i->tcpi_bytes_received = t->bytes_in;
	i->tcpi_bytes_acked = t->tx.acked;
	if (t->lpcb) {
		i->tcpi_unacked = t->nr_ready;
		i->tcpi_sacked = t->backlog;
		return;
	}
	if (!p)
		return;
	r = tcp_recovery(p);
	i->tcpi_ca_state = r->state == RECOVERY_SLOW   ? TCP_CA_Loss
			   : r->state == RECOVERY_FAST ? TCP_CA_Recovery
			   : r->marked		       ? TCP_CA_Disorder
						       : TCP_CA_Open;
	i->tcpi_retransmits = p->nrtx;
	i->tcpi_probes = p->persist_probe;
	i->tcpi_backoff = p->persist_backoff;
	if (p->flags & TF_WND_SCALE) {
		i->tcpi_options |= TCPI_OPT_WSCALE;
		i->tcpi_snd_wscale = p->snd_scale;
		i->tcpi_rcv_wscale = p->rcv_scale;
	}
	if (p->flags & TF_SACK)
		i->tcpi_options |= TCPI_OPT_SACK;
	i->tcpi_rto = (__u32)(tcp_rto_now(r) / 1000);
	i->tcpi_snd_mss = i->tcpi_advmss = i->tcpi_rcv_mss = p->mss;
	i->tcpi_unacked = segments(p->unacked);
	i->tcpi_rtt = (__u32)(r->srtt / 1000);
	i->tcpi_rttvar = (__u32)(r->rttvar / 1000);
	i->tcpi_min_rtt = (__u32)(r->min_rtt / 1000);
	cwnd = tcp_recovery_cwnd(p);
	i->tcpi_snd_cwnd = p->mss ? MAX(cwnd / p->mss, 1U) : 1;
	i->tcpi_snd_ssthresh =
		p->ssthresh >= 1 << 30 ? INT_MAX : p->ssthresh / p->mss;
	i->tcpi_rcv_space = i->tcpi_rcv_ssthresh = p->rcv_wnd;
	i->tcpi_snd_wnd = p->snd_wnd;
	i->tcpi_notsent_bytes = (__u32)(t->tx.end - t->tx.fed);
	i->tcpi_last_data_recv = (tcp_ticks - p->tmr) * TCP_SLOW_INTERVAL;
}

static int get_bytes(void *val, unsigned int *len, const void *from, size_t n)
{
	*len = MIN(*len, (unsigned int)n);
	memcpy(val, from, *len);
	return 0;
}

void tcp_limit_mss(struct tcp_sock *t)
{
	if (t->maxseg)
		t->pcb->mss = MIN(t->pcb->mss, (u16_t)t->maxseg);
}

static int get_mss(const struct tcp_sock *t)
{
	int state = tcp_linux_state(t);

	if ((state == TCP_CLOSE || state == TCP_LISTEN) && t->maxseg)
		return (int)t->maxseg;
	return t->pcb && t->open ? t->pcb->mss : MSS_DEFAULT;
}

int tcp_getopt(struct socket *s, int level, int name, void *val,
	       unsigned int *len)
{
	static const char ca[CA_NAME_MAX] = CA_NAME;
	struct tcp_sock *t = tcp_of(s);
	struct tcp_info info;
	unsigned int n;

	if (level != IPPROTO_TCP)
		return inet_getopt(&t->in, level, name, val, len);
	switch (name) {
	case TCP_NODELAY:
		n = t->nodelay;
		break;
	case TCP_CORK:
		n = t->cork;
		break;
	case TCP_MAXSEG:
		n = (unsigned int)get_mss(t);
		break;
	case TCP_KEEPIDLE:
		n = t->keepidle ? t->keepidle : 7200;
		break;
	case TCP_KEEPINTVL:
		n = t->keepintvl ? t->keepintvl : 75;
		break;
	case TCP_KEEPCNT:
		n = t->keepcnt ? t->keepcnt : 9;
		break;
	case TCP_SYNCNT:
		n = t->syncnt ? t->syncnt : TCP_SYNMAXRTX;
		break;
	case TCP_USER_TIMEOUT:
		n = t->user_timeout;
		break;
	case TCP_DEFER_ACCEPT:
		n = t->defer;
		break;
	case TCP_WINDOW_CLAMP:
		n = t->window_clamp;
		break;
	case TCP_QUICKACK:
		n = t->quickack;
		break;
	case TCP_NOTSENT_LOWAT:
		n = t->notsent_lowat;
		break;
	case TCP_INFO:
		fill_info(t, &info);
		return get_bytes(val, len, &info, sizeof(info));
	case TCP_CONGESTION:
		return get_bytes(val, len, ca, sizeof(ca));
	default:
		return -ENOPROTOOPT;
	}
	return get_bytes(val, len, &n, sizeof(n));
}

long tcp_ioctl(struct socket *s, unsigned int cmd, unsigned long arg)
{
	struct tcp_sock *t = tcp_of(s);
	int n;

	if (cmd != FIONREAD && cmd != SIOCOUTQ && cmd != SIOCOUTQNSD &&
	    cmd != SIOCATMARK)
		return -ENOTTY;
	if (t->lpcb && cmd != SIOCATMARK)
		return -EINVAL;
	switch (cmd) {
	case FIONREAD:
		n = (int)tcp_unread(t);
		break;
	case SIOCOUTQ:
		n = (int)(t->tx.end - t->tx.acked);
		break;
	case SIOCOUTQNSD:
		n = (int)(t->tx.end - t->tx.fed);
		break;
	default:
		n = tcp_at_mark(t);
	}
	return copy_out_obj((int *)arg, &n);
}
