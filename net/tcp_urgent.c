/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_urgent.c: urgent data (tcp(7), RFC 6093), of which lwIP knows nothing.
 *
 * One byte of the stream is urgent: the last one that was announced. Its place
 * is kept by its number in the stream, so that it outlives the pcb. As Linux
 * without net.ipv4.tcp_stdurg, the pointer is taken to lie behind the byte.
 */
#include <posixen/lib.h>
#include <asm/poll.h>
#include "tcp.h"
#include "tcp_recovery.h"

/* What comes. */

uint64_t tcp_rx_position(const struct tcp_sock *t)
{
	return t->bytes_in - t->rx_bytes;
}

bool tcp_urgent_inline(const struct tcp_sock *t)
{
	const struct socket *s = t->in.s;

	/* Who is not accepted yet will be as its listener is. */
	if (!s && t->listener)
		s = t->listener->in.s;
	return s && s->opt.oobinline;
}

bool tcp_at_mark(const struct tcp_sock *t)
{
	return t->urgent && t->urgent_at == tcp_rx_position(t);
}

unsigned int tcp_unread(const struct tcp_sock *t)
{
	uint64_t read = tcp_rx_position(t);

	if (likely(!t->urgent) || tcp_urgent_inline(t) || t->urgent_at < read ||
	    t->urgent_at >= t->bytes_in)
		return t->rx_bytes;
	return (unsigned int)(t->urgent_at - read);
}

/* The byte at is announced: as Linux's tcp_check_urg(). */
static void announced(struct tcp_sock *t, uint64_t at)
{
	if (t->urgent && at <= t->urgent_at)
		return;
	if (t->in.s && t->in.s->file)
		async_urgent(t->in.s->file);
	/* An older one is part of the stream again, but not where it has been
	 * read up to that: it was seen as what the mark is for. */
	if (tcp_at_mark(t) && !tcp_urgent_inline(t) && t->rx_bytes)
		tcp_skip_byte(t);
	t->urgent = URGENT_AWAITED;
	t->urgent_at = at;
}

/* What RFC 9293, 3.10.7.4, asks of a segment before its URG is looked at. */
static bool acceptable(const struct tcp_pcb *pcb, const struct tcp_hdr *h,
		       const struct pbuf *p)
{
	return pcb->state >= SYN_RCVD && pcb->state <= FIN_WAIT_2 &&
	       !(TCPH_FLAGS(h) & TCP_SYN) &&
	       TCP_SEQ_LEQ(h->ackno, pcb->snd_nxt) &&
	       TCP_SEQ_GEQ(h->seqno + p->tot_len, pcb->rcv_nxt) &&
	       TCP_SEQ_LEQ(h->seqno, pcb->rcv_nxt + pcb->rcv_wnd);
}

void tcp_urgent_in(struct tcp_pcb *pcb, const struct tcp_hdr *h,
		   const struct pbuf *p)
{
	struct tcp_recovery *r = tcp_recovery(pcb);
	struct tcp_sock *t = tcp_ext_arg_get(pcb, 0);
	int32_t first = (int32_t)(h->seqno - pcb->rcv_nxt), ahead;
	uint16_t pointer = lwip_ntohs(h->urgp);
	uint64_t off;

	if (!t || (!t->in.s && !t->listener) || !acceptable(pcb, h, p))
		return;
	if (TCPH_FLAGS(h) & TCP_URG) {
		ahead = first + (pointer ? pointer - 1 : 0);
		if (ahead >= 0)
			announced(t, t->bytes_in + (uint32_t)ahead);
	}
	off = t->urgent_at - (t->bytes_in + (uint64_t)(int64_t)first);
	if (t->urgent == URGENT_AWAITED && off < p->tot_len) {
		t->urgent_byte = pbuf_get_at(p, (u16_t)off);
		t->urgent = URGENT_HERE;
		tcp_wake(t, POLLIN | POLLRDNORM | POLLPRI | POLLRDBAND);
	}
	r->urgent_awaited = t->urgent == URGENT_AWAITED;
}

/* recv(2) with MSG_OOB: as Linux's tcp_recv_urg(). */
ssize_t tcp_urgent_recv(struct socket *s, struct message *m)
{
	struct tcp_sock *t = tcp_of(s);
	bool closed = tcp_linux_state(t) == TCP_CLOSE;
	ssize_t n;

	if (tcp_urgent_inline(t) || !t->urgent || t->urgent == URGENT_READ)
		return -EINVAL;
	if (closed && !t->eof)
		return -ENOTCONN;
	if (t->urgent == URGENT_AWAITED)
		return closed || t->eof || s->shut_rd ? 0 : -EAGAIN;
	if (!(m->flags & MSG_PEEK))
		t->urgent = URGENT_READ;
	m->out_flags |= MSG_OOB;
	if (!m->uio->left) {
		m->out_flags |= MSG_TRUNC;
		return 0;
	}
	if (m->flags & MSG_TRUNC)
		return 1;
	n = uio_write((const char *)&t->urgent_byte, 1, m->uio);
	return n == 1 ? 1 : -EFAULT;
}

/* What goes. */

void tcp_urgent_mark(struct tcp_sock *t)
{
	struct tcp_recovery *r = tcp_recovery(t->pcb);

	r->urgent = true;
	r->urgent_end = t->pcb->snd_lbb + (uint32_t)(t->tx.end - t->tx.fed);
}
