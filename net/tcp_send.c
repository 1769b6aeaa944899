/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_send.c: from the program to lwIP.
 *
 * The bytes are copied once, into pages that the device can send from, and lie
 * there until they are acknowledged. tcp_feed() gives lwIP as many of them as
 * the windows allow, in whole segments; the last, short one waits as Nagle
 * (in Minshall's form, as on Linux), TCP_CORK or MSG_MORE want it.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/txpage.h>
#include <asm/poll.h>
#include <linux/tcp.h>
#include "tcp.h"
#include "tcp_recovery.h"
#include "tcp_segment.h"

/* Pages of all sockets' queues. Beyond a share of the memory there is, each
 * socket gets a few only. */
static size_t tx_pages;
#define TX_SHARE	 4
#define TX_WHEN_SHORT	 (4 * PAGE_SIZE)
#define TX_PBUF_OVERHEAD 160
/* What goes to lwIP between two looks at the queue in a long send. */
#define PUSH_AT (16 * PAGE_SIZE)
/* Linux: a corked segment waits this long at most. */
#define CORK_NS (200 * 1000000ULL)
/* When there was no memory for a segment and nothing is on its way whose
 * acknowledgement could bring us back. */
#define RETRY_NS (50 * 1000000ULL)

/* The most a send buffer grows to by itself. */
static int sndbuf_max(void)
{
	size_t share = page_total() * PAGE_SIZE / 32;

	return (int)MIN(share, (size_t)4 << 20);
}

static size_t tx_used(const struct tcp_sock *t)
{
	return t->tx.end - t->tx.acked +
	       (size_t)t->pcb->snd_queuelen * TX_PBUF_OVERHEAD;
}

static size_t tx_limit(const struct tcp_sock *t)
{
	size_t limit = (size_t)t->in.s->opt.sndbuf;

	if (tx_pages > page_total() / TX_SHARE || !page_plenty(64))
		limit = MIN(limit, TX_WHEN_SHORT);
	return limit;
}

/* A buffer that was full has room again when a segment of it has been
 * acknowledged. A byte of it, the probe of a window that is closed, frees
 * nothing: Linux counts whole buffers (sk_wmem_queued). */
static size_t tx_room(const struct tcp_sock *t)
{
	size_t used = tx_used(t), limit = tx_limit(t);
	size_t room = used < limit ? limit - used : 0;

	if (unlikely(t->nospace) && t->pcb &&
	    room < MIN((size_t)t->pcb->mss, limit / 3))
		return 0;
	return room;
}

/* Linux's sk_stream_is_writeable(): a third is free. */
bool tcp_writable(const struct tcp_sock *t)
{
	size_t used, limit;

	if (!t->pcb)
		return true;
	used = tx_used(t);
	limit = tx_limit(t);
	if (t->notsent_lowat && t->tx.end - t->tx.fed >= t->notsent_lowat)
		return false;
	return used < limit && limit - used >= used / 2;
}

static void **tx_slot(struct tcp_tx *x, unsigned int i)
{
	return &x->ring[(x->first + i) & (x->cap - 1)];
}

static int tx_grow(struct tcp_tx *x)
{
	void **ring = kmalloc(2 * x->cap * sizeof(*ring));

	if (!ring)
		return -ENOMEM;
	for (unsigned int i = 0; i < x->nr; i++)
		ring[i] = *tx_slot(x, i);
	if (x->ring != x->few)
		kfree(x->ring);
	x->ring = ring;
	x->first = 0;
	x->cap *= 2;
	return 0;
}

/* Where the next bytes go, and how many fit there; NULL: no memory. */
static char *tx_tail(struct tcp_tx *x, size_t *room)
{
	size_t off = x->end - x->base;
	void *page;

	if (off == x->nr * PAGE_SIZE) {
		if (x->nr == x->cap && tx_grow(x))
			return NULL;
		page = txpage_alloc();
		if (!page)
			return NULL;
		*tx_slot(x, x->nr++) = page;
		tx_pages++;
	}
	*room = PAGE_SIZE - off % PAGE_SIZE;
	return (char *)*tx_slot(x, off / PAGE_SIZE) + off % PAGE_SIZE;
}

static void tx_put_first(struct tcp_tx *x)
{
	txpage_put(*tx_slot(x, 0));
	x->first = (x->first + 1) & (x->cap - 1);
	x->nr--;
	x->base += PAGE_SIZE;
	tx_pages--;
}

/* An empty queue holds no page: there may be thousands of idle connections. */
static void tx_trim(struct tcp_tx *x)
{
	while (x->nr && (x->base + PAGE_SIZE <= x->acked || x->acked == x->end))
		tx_put_first(x);
	if (!x->nr)
		x->base = x->end;
}

void tcp_tx_clear(struct tcp_sock *t)
{
	struct tcp_tx *x = &t->tx;

	x->acked = x->fed = x->end;
	tx_trim(x);
	if (x->ring != x->few) {
		kfree(x->ring);
		x->ring = x->few;
		x->cap = TX_INLINE;
		x->first = 0;
	}
}

/* At most so many in a segment: the headers, and a page's bytes in each. */
#define SEGMENT_PBUFS 18

/* Bytes in a full segment on the wire: as lwIP's tcp_write() reckons. */
static unsigned int segment_size(const struct tcp_pcb *p)
{
	unsigned int half = p->snd_wnd_max / 2;

	return half && half < p->mss ? half : p->mss;
}

/* May the short segment at the end go? */
static bool tail_may_go(const struct tcp_sock *t)
{
	if (t->fin_wanted || t->force || tcp_recovery(t->pcb)->urgent)
		return true;
	if (t->cork || t->more)
		return false;
	return t->nodelay || t->small_end <= t->tx.acked;
}

/* What lwIP's persist timer needs to ask a closed window with; it goes when the
 * window opens, so it is small enough to fit then. */
#define PROBE 512

/* How much of what waits lwIP shall have now: what the windows let out, so that
 * its segments fit them. */
static size_t feed_size(struct tcp_sock *t)
{
	size_t left = t->tx.end - t->tx.fed, n, window, flight;
	struct tcp_pcb *p = t->pcb;
	size_t size = segment_size(p);

	/* Repeated, or held back by the window: an acknowledgement follows. */
	if (p->unsent)
		return 0;
	window = MIN(p->snd_wnd, tcp_recovery_window(p));
	flight = p->snd_lbb - p->lastack;
	if (flight >= window)
		return flight ? 0 : MIN(left, (size_t)PROBE);
	n = window - flight;
	if (n < left) {
		/* RFC 1122, 4.2.3.4: no small ones but to a small window. */
		if (n >= size)
			return n - n % size;
		return flight && n < p->snd_wnd_max / 2 ? 0 : n;
	}
	if (left % size == 0)
		return left;
	if (!tail_may_go(t))
		return left - left % size;
	t->small_end = t->tx.end;
	return left;
}

/* The next n bytes for lwIP, which takes references to pages. */
static struct tcp_seg *next_segment(struct tcp_sock *t, unsigned int n)
{
	struct tcp_tx *x = &t->tx;
	struct tcp_seg *seg = tcp_segment_new(t->pcb, t->pcb->snd_lbb, 0);
	struct pbuf *end;
	uint64_t at = x->fed;

	if (!seg)
		return NULL;
	end = seg->p;
	while (n) {
		size_t off = at - x->base;
		unsigned int part = MIN(n, PAGE_SIZE - off % PAGE_SIZE);
		char *page = *tx_slot(x, off / PAGE_SIZE);

		if (!tcp_segment_add(seg, &end, page + off % PAGE_SIZE, part)) {
			tcp_seg_free(seg);
			return NULL;
		}
		at += part;
		n -= part;
	}
	return seg;
}

/* Nothing is unsent: feed_size(). */
static bool feed_bytes(struct tcp_sock *t, size_t n)
{
	struct tcp_pcb *p = t->pcb;
	unsigned int size = segment_size(p);
	struct tcp_seg *last = NULL, *seg;

	/* Each segment before urgent data has a pointer of its own. */
	if (n > size && !tcp_recovery(p)->urgent)
		size = tcp_segment_max(p, size);
	do {
		unsigned int len = MIN(n, size);

		/* lwIP's count of pbufs has 16 bits. */
		seg = p->snd_queuelen < TCP_SND_QUEUELEN - SEGMENT_PBUFS
			      ? next_segment(t, len)
			      : NULL;
		if (!seg)
			return false;
		tcp_segment_queue(p, last, seg);
		t->tx.fed += len;
		n -= len;
		last = seg;
	} while (n);
	TCPH_SET_FLAG(last->tcphdr, TCP_PSH);
	return true;
}

static void feed_fin(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;

	t->fin_fed = true;
	if (t->in.s) {
		tcp_shutdown(p, 0, 1);
		return;
	}
	/* lwIP would send RST if it thought that something was not read. */
	p->rcv_wnd = TCP_WND_MAX(p);
	tcp_close(p);
}

void tcp_feed(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;

	if (!p || (p->state != ESTABLISHED && p->state != CLOSE_WAIT))
		return;
	if (t->tx.fed != t->tx.end) {
		size_t n = feed_size(t);

		if (n && !feed_bytes(t, n) && !p->unacked)
			timer_arm(&t->timer, plat_monotonic_ns() + RETRY_NS);
		else if (t->tx.fed != t->tx.end && (t->more || t->cork) &&
			 !p->unacked && !t->timer.deadline)
			timer_arm(&t->timer, plat_monotonic_ns() + CORK_NS);
	}
	if (t->tx.fed != t->tx.end)
		return;
	t->force = false;
	if (t->timer.deadline)
		timer_cancel(&t->timer);
	if (t->fin_wanted && !t->fin_fed)
		feed_fin(t);
}

void tcp_push(struct tcp_sock *t)
{
	tcp_feed(t);
	if (!t->pcb || !t->pcb->unsent)
		return;
	tcp_output(t->pcb);
	/* What the window holds back waits for lwIP's timers. */
	if (t->pcb->unsent)
		tcp_timer_needed();
}

void tcp_timer(struct timer *timer)
{
	struct tcp_sock *t = container_of(timer, struct tcp_sock, timer);

	t->force = true;
	tcp_push(t);
	stack_flush();
}

/* Like Linux's tcp_wmem, a buffer that nobody has set follows what the
 * connection can have under way, twice. */
static void grow_sndbuf(struct tcp_sock *t)
{
	struct tcp_pcb *p = t->pcb;
	struct socket *s = t->in.s;
	size_t want = 2 * (size_t)MIN(tcp_recovery_cwnd(p), p->snd_wnd);

	if (s->opt.sndbuf != t->auto_sndbuf || want <= (size_t)s->opt.sndbuf ||
	    !page_plenty(want / 1024))
		return;
	want = MIN(want, (size_t)sndbuf_max());
	if (want > (size_t)s->opt.sndbuf)
		s->opt.sndbuf = t->auto_sndbuf = (int)want;
}

err_t tcp_on_sent(void *arg, struct tcp_pcb *p, u16_t len)
{
	struct tcp_sock *t = arg;

	t->tx.acked += len;
	tx_trim(&t->tx);
	t->orphan_idle = 0;
	tcp_feed(t);
	if (!t->in.s) {
		tcp_let_go(t);
		return ERR_OK;
	}
	if (t->nospace) {
		grow_sndbuf(t);
		if (tcp_writable(t)) {
			t->nospace = false;
			tcp_wake(t, POLLOUT | POLLWRNORM);
		}
	}
	return ERR_OK;
}

/* 0 when the connection takes bytes, or why it does not: Linux's
 * sk_stream_error() tells an error once, then EPIPE. */
static int may_send(struct tcp_sock *t)
{
	struct socket *s = t->in.s;

	if (likely(!s->error && !s->shut_wr && t->pcb && !t->dead &&
		   (t->pcb->state == ESTABLISHED ||
		    t->pcb->state == CLOSE_WAIT)))
		return 0;
	if (s->error)
		return socket_take_error(s);
	return -EPIPE;
}

static int wait_connected(struct socket *s, struct message *m,
			  uint64_t deadline)
{
	struct tcp_sock *t = tcp_of(s);
	int err;

	while (tcp_linux_state(t) == TCP_SYN_SENT) {
		if (m->flags & MSG_DONTWAIT)
			return -EAGAIN;
		err = socket_wait(s, POLLOUT | POLLHUP, deadline);
		if (err)
			return err;
	}
	return may_send(t);
}

/* At most n bytes of the program's; -ENOMEM when there is no page. */
static ssize_t take_bytes(struct tcp_sock *t, struct uio *u, size_t n)
{
	size_t room;
	char *p = tx_tail(&t->tx, &room);
	ssize_t got;

	if (!p)
		return -ENOMEM;
	got = uio_read(p, MIN(n, room), u);
	if (got > 0)
		t->tx.end += got;
	return got;
}

/* full: it is the socket that has no room, not the machine. */
static int wait_room(struct socket *s, struct message *m, uint64_t deadline,
		     bool full)
{
	struct tcp_sock *t = tcp_of(s);
	int err;

	t->nospace = true;
	tcp_push(t);
	stack_flush();
	err = may_send(t);
	if (err || (full && tx_room(t)))
		return err;
	if (m->flags & MSG_DONTWAIT)
		return -EAGAIN;
	err = socket_wait(s, POLLOUT | POLLHUP | POLLERR, deadline);
	return err ? err : may_send(t);
}

ssize_t tcp_send_op(struct socket *s, struct message *m)
{
	struct tcp_sock *t = tcp_of(s);
	uint64_t deadline = socket_snd_deadline(s);
	size_t unseen = 0, done = 0, room;
	ssize_t n = 0;

	if (m->flags & MSG_FASTOPEN)
		return -EOPNOTSUPP;
	n = may_send(t);
	if (unlikely(n)) {
		if (n != -EPIPE)
			return n;
		n = wait_connected(s, m, deadline);
		if (n)
			return n;
	}
	while (m->uio->left) {
		room = tx_room(t);
		if (!room) {
			n = wait_room(s, m, deadline, true);
			unseen = 0;
			if (n)
				break;
			continue;
		}
		n = take_bytes(t, m->uio, room);
		if (n == -ENOMEM && t->tx.end != t->tx.acked) {
			n = wait_room(s, m, deadline, false);
			if (n)
				break;
			continue;
		}
		if (n < 0)
			break;
		done += n;
		unseen += n;
		if (unlikely(m->flags & MSG_OOB)) {
			/* Until all is here, only a lack of room sends. */
			tcp_urgent_mark(t);
			continue;
		}
		if (unseen >= PUSH_AT) {
			t->more = m->uio->left || m->flags & MSG_MORE;
			tcp_push(t);
			unseen = 0;
		}
	}
	t->quick = 0;
	t->more = m->flags & MSG_MORE;
	tcp_push(t);
	stack_flush();
	return done ? (ssize_t)done : n;
}
