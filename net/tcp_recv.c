/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_recv.c: from lwIP to the program.
 *
 * What came stays in the pages it came in, in one chain of pbufs, until it is
 * read. The window that a connection offers begins small and follows how much
 * the program reads (as Linux's tcp_moderate_rcvbuf), so that thousands of
 * connections whose programs sleep hold little.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <asm/poll.h>
#include <linux/tcp.h>
#include "tcp.h"

/* Packets up to this size are copied together while others wait before them:
 * each may lie in a page of its own. */
#define COPY_UP_TO 512
#define TAIL_SIZE  2048

/* Bytes in all sockets' queues. */
static size_t rx_bytes_all;
#define RX_SHARE 4

/* Half of the buffer is room for data: socket(7), SO_RCVBUF. */
static unsigned int window_max(const struct tcp_sock *t)
{
	unsigned int n = t->in.s ? (unsigned int)t->in.s->opt.rcvbuf
				 : (unsigned int)t->auto_rcvbuf;

	n = MAX(n / 2, 1152U);
	if (t->window_clamp)
		n = MIN(n, t->window_clamp);
	return n;
}

void tcp_first_window(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;
	unsigned int n = window_max(t);

	if (p->rcv_wnd > n)
		p->rcv_wnd = n;
	if (p->rcv_ann_wnd > p->rcv_wnd)
		p->rcv_ann_wnd = p->rcv_wnd;
}

static void rx_drop_first(struct tcp_sock *t)
{
	struct pbuf *p = t->rx_head;

	t->rx_head = p->next;
	if (!t->rx_head) {
		t->rx_tail = NULL;
		t->tail_pbuf = false;
	}
	p->next = NULL;
	pbuf_free(p);
	t->rx_off = 0;
}

void tcp_rx_clear(struct tcp_sock *t)
{
	while (t->rx_head)
		rx_drop_first(t);
	rx_bytes_all -= t->rx_bytes;
	t->rx_bytes = 0;
}

/* Copy b behind what is queued, if it is small and there is room. */
static bool rx_copy_small(struct tcp_sock *t, struct pbuf *b)
{
	struct pbuf *tail = t->rx_tail;

	if (!tail || b->tot_len > COPY_UP_TO)
		return false;
	if (!t->tail_pbuf || tail->len + b->tot_len > TAIL_SIZE) {
		struct pbuf *fresh = pbuf_alloc(PBUF_RAW, TAIL_SIZE, PBUF_RAM);

		if (!fresh)
			return false;
		fresh->len = 0;
		tail->next = fresh;
		t->rx_tail = tail = fresh;
		t->tail_pbuf = true;
	}
	pbuf_copy_partial(b, (char *)tail->payload + tail->len, b->tot_len, 0);
	tail->len += b->tot_len;
	pbuf_free(b);
	return true;
}

static void rx_append(struct tcp_sock *t, struct pbuf *b)
{
	unsigned int n = b->tot_len;

	t->rx_bytes += n;
	t->bytes_in += n;
	rx_bytes_all += n;
	if (rx_copy_small(t, b))
		return;
	if (t->rx_tail)
		t->rx_tail->next = b;
	else
		t->rx_head = b;
	while (b->next)
		b = b->next;
	t->rx_tail = b;
	t->tail_pbuf = false;
}

static err_t on_fin(struct tcp_sock *t)
{
	t->eof = true;
	if (t->deferred && t->listener)
		tcp_make_ready(t);
	tcp_wake(t, POLLIN | POLLRDNORM | POLLRDHUP | POLLHUP | POLLOUT);
	return ERR_OK;
}

err_t tcp_on_recv(void *arg, struct tcp_pcb *p, struct pbuf *b, err_t err)
{
	struct tcp_sock *t = arg;
	struct socket *s = t->in.s;

	if (!b)
		return on_fin(t);
	/* Nobody will ever read this: RST says so (RFC 1122, 4.2.2.13). */
	if ((!s && !t->listener) || (s && s->shut_rd && t->fin_wanted)) {
		pbuf_free(b);
		if (s) {
			s->error = t->eof ? EPIPE : ECONNRESET;
			tcp_wake(t, POLLIN | POLLOUT | POLLHUP | POLLERR);
		}
		tcp_cut(t);
		return ERR_ABRT;
	}
	/* Several segments that came as one: their sender waits to hear of
	 * them (RFC 1122: an ACK for at least every second segment). */
	if (t->quick)
		t->quick--;
	/* lwIP may have sent one already, with SACK: a second would be a
	 * duplicate to the sender. */
	if (p->flags & TF_ACK_DELAY &&
	    (b->tot_len > p->mss || t->quick || t->quickack))
		tcp_ack_now(p);
	rx_append(t, b);
	if (t->deferred && t->listener)
		tcp_make_ready(t);
	if (s && (s->opt.rcvlowat <= 1 ||
		  t->rx_bytes >= (unsigned int)s->opt.rcvlowat || !p->rcv_wnd))
		socket_wake(s, POLLIN | POLLRDNORM);
	return ERR_OK;
}

/* A program that reads as fast as the window lets it come may have more. */
static void grow_window(struct tcp_sock *t, unsigned int max)
{
	struct socket *s = t->in.s;
	unsigned int limit = TCP_WND_MAX(t->pcb);

	if (t->rx_read < max || s->opt.rcvbuf != t->auto_rcvbuf)
		return;
	t->rx_read = 0;
	if (max >= limit || !page_plenty(max / 512) ||
	    rx_bytes_all > page_total() * PAGE_SIZE / RX_SHARE / 2)
		return;
	s->opt.rcvbuf = t->auto_rcvbuf = (int)(2 * MIN(2 * max, limit));
}

void tcp_open_window(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;
	unsigned int max = window_max(t), free_now, offered;

	if (!p || p->state < ESTABLISHED || p->state > FIN_WAIT_2)
		return;
	if (rx_bytes_all > page_total() * PAGE_SIZE / RX_SHARE)
		max = MIN(max, 4U * p->mss);
	free_now = max > t->rx_bytes ? max - t->rx_bytes : 0;
	free_now = MIN(free_now, (unsigned int)TCP_WND_MAX(p));
	if (free_now <= p->rcv_wnd)
		return;
	offered = p->rcv_ann_right_edge - p->rcv_nxt;
	p->rcv_wnd = free_now;
	/* RFC 9293, 3.8.6.2.2: no word of a few bytes, for which the peer would
	 * send small segments. lwIP's own rule wants a whole segment more,
	 * which small buffers never have. */
	if ((int)(free_now - offered) < (int)MIN(max / 2, (unsigned)p->mss))
		return;
	/* The peer hears of it with the next segment, or now if it knows of
	 * less than half of it. */
	p->rcv_ann_wnd = free_now;
	if ((int)offered > 0 && offered > free_now / 2)
		return;
	tcp_ack_now(p);
	tcp_output(p);
}

/* Give the program up to n bytes from off on in the queue, and leave them
 * there. -EFAULT if there were none for that reason. */
static ssize_t peek(struct tcp_sock *t, struct uio *u, size_t n, size_t off,
		    bool discard)
{
	size_t done = 0;

	off += t->rx_off;
	for (struct pbuf *p = t->rx_head; p && n; p = p->next) {
		size_t part;
		ssize_t got;

		if (off >= p->len) {
			off -= p->len;
			continue;
		}
		part = MIN(n, p->len - off);
		got = discard ? (ssize_t)part
			      : uio_write((char *)p->payload + off, part, u);
		if (got < 0)
			return done ? (ssize_t)done : got;
		done += got;
		if ((size_t)got < part)
			break;
		n -= part;
		off = 0;
	}
	return done;
}

/* The same, and take them. */
static ssize_t take(struct tcp_sock *t, struct uio *u, size_t n, bool discard)
{
	size_t done = 0;
	ssize_t got = 0;

	while (n && t->rx_head) {
		struct pbuf *p = t->rx_head;
		size_t part = MIN(n, (size_t)(p->len - t->rx_off));

		got = discard ? (ssize_t)part
			      : uio_write((char *)p->payload + t->rx_off, part,
					  u);
		if (got < 0)
			break;
		done += got;
		n -= got;
		t->rx_off += got;
		if (t->rx_off == p->len)
			rx_drop_first(t);
		if ((size_t)got < part)
			break;
	}
	t->rx_bytes -= done;
	rx_bytes_all -= done;
	if (done && t->pcb) {
		t->rx_read += done;
		grow_window(t, window_max(t));
		tcp_open_window(t);
	}
	return done ? (ssize_t)done : got;
}

void tcp_skip_byte(struct tcp_sock *t)
{
	t->rx_bytes--;
	rx_bytes_all--;
	if (++t->rx_off == t->rx_head->len)
		rx_drop_first(t);
}

/* There is urgent data: how many of the next n bytes, from position at on, a
 * read may give. It does not cross the mark; where it begins there, the urgent
 * byte is skipped, in *hole if it has to stay. */
static size_t until_mark(struct tcp_sock *t, uint64_t at, size_t n, bool keep,
			 size_t *hole)
{
	if (at > t->urgent_at)
		return n;
	if (at < t->urgent_at)
		return MIN(n, t->urgent_at - at);
	if (!n || at >= t->bytes_in || tcp_urgent_inline(t))
		return n;
	if (keep) {
		*hole = 1;
	} else {
		tcp_skip_byte(t);
		t->urgent = URGENT_NONE;
	}
	return n;
}

/* Bytes were read, or peeked ahead at: up to the mark? */
static bool ends_at_mark(struct tcp_sock *t, size_t ahead)
{
	uint64_t at = tcp_rx_position(t);

	if (at > t->urgent_at)
		t->urgent = URGENT_NONE;
	return t->urgent && at + ahead == t->urgent_at;
}

/* Nothing is queued: is that the end? 1 if there may be more to come. */
static int no_more(struct tcp_sock *t)
{
	struct socket *s = t->in.s;

	if (t->eof)
		return 0;
	if (s->error)
		return socket_take_error(s);
	if (s->shut_rd || (t->dead && t->phase == TCP_CONNECTED))
		return 0;
	if (t->dead)
		return 0;
	if (tcp_linux_state(t) == TCP_CLOSE)
		return -ENOTCONN;
	return 1;
}

ssize_t tcp_recv_op(struct socket *s, struct message *m)
{
	struct tcp_sock *t = tcp_of(s);
	bool peeking = m->flags & MSG_PEEK, discard = m->flags & MSG_TRUNC;
	size_t len = m->uio->left, target, done = 0, want, hole = 0;
	uint64_t deadline = socket_rcv_deadline(s), from = 0;
	ssize_t n;
	int err;

	if (m->flags & MSG_ERRQUEUE)
		return -EAGAIN;
	if (t->lpcb)
		return -ENOTCONN;
	if (m->flags & MSG_OOB)
		return tcp_urgent_recv(s, m);
	target = m->flags & MSG_WAITALL ? len
					: MIN(len, (size_t)s->opt.rcvlowat);
	target = MAX(target, (size_t)1);
	for (;;) {
		want = len - done;
		if (unlikely(t->urgent || hole)) {
			uint64_t at = tcp_rx_position(t);

			/* The hole may have been left behind meanwhile. */
			if (at != from)
				hole = 0;
			from = at;
			at += peeking ? done + hole : 0;
			/* Announced while it was waited for more. */
			if (done && at == t->urgent_at)
				break;
			/* Linux: SIGURG comes before what lies behind. */
			if (at == t->urgent_at && signal_pending(current())) {
				n = m->flags & MSG_DONTWAIT
					    ? -EAGAIN
					    : socket_interrupted(deadline);
				break;
			}
			want = until_mark(t, at, want, peeking, &hole);
		}
		n = peeking ? peek(t, m->uio, want, done + hole, discard)
			    : take(t, m->uio, want, discard);
		if (n < 0)
			return done ? (ssize_t)done : n;
		done += n;
		if (unlikely(t->urgent) && done &&
		    ends_at_mark(t, peeking ? done + hole : 0))
			break;
		if (done >= target || (len ? done == len : t->rx_bytes > 0))
			break;
		if (done && (m->flags & MSG_DONTWAIT || t->eof || s->error ||
			     s->shut_rd || t->dead))
			break;
		err = no_more(t);
		if (err <= 0) {
			stack_flush();
			return err;
		}
		if (m->flags & MSG_DONTWAIT) {
			n = -EAGAIN;
			break;
		}
		stack_flush();
		if (t->rx_bytes > (peeking ? done + hole : 0))
			continue;
		err = socket_wait(s, POLLIN | POLLRDHUP | POLLHUP | POLLERR,
				  deadline);
		/* Data goes before a signal that came with it. */
		if (err && t->rx_bytes <= (peeking ? done + hole : 0)) {
			n = err;
			break;
		}
	}
	stack_flush();
	return done ? (ssize_t)done : n;
}
