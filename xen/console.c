/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.c: standard streams and the log over the one console of the domain
 * (xen/io/console.h).
 *
 * Two forms, chosen by the boot parameter stdio:
 *	stdio=mux:XYZ	frames (mux.h); X, Y, Z say what fd 0, 1, 2 are to the
 *			one who started us: t(erminal), p(ipe), f(ile)
 *	without		a plain terminal: stdout, stderr and log as they are
 *
 * We own out_prod and in_cons; the other side owns out_cons and in_prod. A
 * frame becomes visible as a whole, with one write of out_prod, so that a log
 * line out of an exception cannot fall into the middle of another frame.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include "domain.h"
#include "event.h"
#include "mux.h"
#include "ring.h"

/* stdin's buffer, before and after the program begins to read. The larger, the
 * fewer grants of credit travel to the host. Powers of two. */
#define IN_SMALL  1024
#define IN_LARGE  32768
#define MIN_ROOM  64 /* do not cut output into frames smaller than this */
#define LOG_CHUNK 512
/* How long output may stand still before it is given up. */
#define LOG_PATIENCE  (1 * NSEC_PER_SEC)
#define EXIT_PATIENCE (10 * NSEC_PER_SEC)

static bool mux;
static char kinds[3] = {'t', 't', 't'};
static unsigned short win_rows, win_cols;

/* stdin bytes that came and were not read yet; indices run freely. */
static char in_small[IN_SMALL], *in_buf = in_small;
static uint32_t in_size = IN_SMALL;
static uint32_t in_prod, in_cons;
static uint32_t in_credit; /* mux: bytes the host may still send */
static bool in_open;	   /* mux: the host was told that we read stdin */
static bool in_eof;
static struct mux_parser parser;

static bool want_writable; /* a writer was turned away */

/* The output ring. */

static uint32_t out_free(void)
{
	const volatile struct xencons_interface *r = domain.console;

	return ring_free(r->out_prod, r->out_cons, sizeof(r->out));
}

static void ring(void)
{
	event_send(domain.console_port);
}

/* Put head and body into the ring, which has room, and show them. */
static void out_put(const void *head, uint32_t nhead, const void *body,
		    uint32_t nbody)
{
	struct xencons_interface *r = domain.console;
	uint32_t prod = r->out_prod;

	ring_put(r->out, sizeof(r->out), prod, head, nhead);
	ring_put(r->out, sizeof(r->out), prod + nhead, body, nbody);
	/* The bytes must be there before the index says so; x86 keeps the
	 * order of stores, the compiler is told to. */
	barrier();
	*(volatile uint32_t *)&r->out_prod = prod + nhead + nbody;
}

/* Wait until n bytes fit. False when nothing moved for that long. */
static bool out_wait(uint32_t n, uint64_t patience)
{
	uint64_t since = plat_monotonic_ns();
	uint32_t room = out_free();
	bool waited = false;

	while (room < n) {
		uint32_t before = room;

		waited = true;
		event_wait(domain.console_port, patience / 4);
		room = out_free();
		if (room != before)
			since = plat_monotonic_ns();
		else if (plat_monotonic_ns() - since > patience)
			break;
	}
	if (waited)
		event_raise(domain.console_port);
	return room >= n;
}

/* One frame of a short text, waited for. */
static void out_message(char type, const char *text, size_t n)
{
	char head[MUX_HEAD];

	if (!out_wait(MUX_HEAD + n, LOG_PATIENCE))
		return;
	mux_head(head, type, n);
	out_put(head, MUX_HEAD, text, n);
	ring();
}

ssize_t plat_stdio_write(int fd, const void *buf, size_t n)
{
	uint32_t room = out_free(), nhead = mux ? MUX_HEAD : 0;
	char head[MUX_HEAD];

	if (n == 0)
		return 0;
	if (room < nhead + MIN(n, (size_t)MIN_ROOM)) {
		want_writable = true;
		/* Space may have come between the look and the flag; the event
		 * for it is then still pending. */
		return -EAGAIN;
	}
	n = MIN(n, (size_t)(room - nhead));
	mux_head(head, fd == 2 ? MUX_STDERR : MUX_STDOUT, n);
	out_put(head, nhead, buf, n);
	ring();
	return n;
}

/* A terminal wants CR before LF; the program's own output has been through the
 * line discipline, the log has not. */
static void log_plain(const char *s, size_t n)
{
	for (size_t start = 0, i = 0; i < n; i++) {
		bool lf = s[i] == '\n';
		size_t part = i + 1 - start;

		if (!lf && part < LOG_CHUNK && i + 1 < n)
			continue;
		if (!out_wait(part + 1, LOG_PATIENCE))
			return;
		out_put(s + start, lf ? part - 1 : part, "\r\n", lf ? 2 : 0);
		start = i + 1;
	}
	ring();
}

void plat_log(const char *s, size_t n)
{
	if (!mux) {
		log_plain(s, n);
		return;
	}
	for (size_t done = 0; done < n; done += LOG_CHUNK)
		out_message(MUX_LOG, s + done, MIN(n - done, LOG_CHUNK));
}

void plat_metric(const char *name, uint64_t value)
{
	char text[96];
	int n;

	if (!mux)
		return;
	n = snprintf(text, sizeof(text), "%s=%lu", name, (unsigned long)value);
	if (n < (int)sizeof(text))
		out_message(MUX_METRIC, text, n);
}

void console_report_exit(int sig, int code)
{
	char text[32];
	int n = snprintf(text, sizeof(text), sig ? "signal %d" : "exit %d",
			 sig ? sig : code);

	if (mux)
		out_message(MUX_EXIT, text, n);
	else if (sig)
		klog("ended by signal %d\n", sig);
	else if (code)
		klog("exit status %d\n", code);
}

void console_drain(void)
{
	uint64_t since = plat_monotonic_ns();
	uint32_t room = out_free();

	while (room < sizeof(domain.console->out)) {
		uint32_t before = room;

		event_wait(domain.console_port, NSEC_PER_SEC);
		room = out_free();
		if (room != before)
			since = plat_monotonic_ns();
		else if (plat_monotonic_ns() - since > EXIT_PATIENCE)
			return;
	}
}

/* Input. */

static void in_data(const char *p, size_t n)
{
	uint32_t room = ring_free(in_prod, in_cons, in_size);

	/* The host keeps to its credit, so all fits; what a broken host sends
	 * beyond it is lost. */
	n = MIN(n, (size_t)room);
	ring_put(in_buf, in_size, in_prod, p, n);
	in_prod += n;
	in_credit -= MIN((uint32_t)n, in_credit);
}

static void in_winsize(const char *text)
{
	const char *end;
	uint64_t rows, cols;

	if (parse_u64(text, &rows, &end) || *end != ' ' ||
	    parse_u64(end + 1, &cols, NULL))
		return;
	win_rows = rows;
	win_cols = cols;
}

static void in_message(char type, const char *text)
{
	uint64_t sig;

	switch (type) {
	case MUX_EOF:
		in_eof = true;
		break;
	case MUX_SIGNAL:
		if (parse_u64(text, &sig, NULL) == 0 && sig > 0 && sig <= 64)
			stdio_signal(sig);
		break;
	case MUX_WINCH:
		in_winsize(text);
		break;
	}
}

/* Take what the other side wrote, as far as there is room. True if anything. */
static bool in_take(void)
{
	static const struct mux_sink sink = {in_data, in_message};
	struct xencons_interface *r = domain.console;
	volatile uint32_t *prod_p = &r->in_prod;
	uint32_t prod = *prod_p, cons = r->in_cons;
	uint32_t n = ring_used(prod, cons, sizeof(r->in));
	char part[256];
	bool any = false;

	while (n > 0) {
		uint32_t k = MIN(n, (uint32_t)sizeof(part));

		/* Plain input that does not fit waits in the ring. */
		if (!mux)
			k = MIN(k, ring_free(in_prod, in_cons, in_size));
		if (k == 0)
			break;
		ring_get(r->in, sizeof(r->in), cons, part, k);
		cons += k;
		n -= k;
		any = true;
		if (mux)
			mux_feed(&parser, part, k, &sink);
		else
			in_data(part, k);
	}
	if (any) {
		/* All bytes were read before the space is given back. */
		barrier();
		*(volatile uint32_t *)&r->in_cons = cons;
		ring();
	}
	return any;
}

/* Tell the host how much more we can take, when it is worth a frame. */
static void give_credit(void)
{
	uint32_t room = ring_free(in_prod, in_cons, in_size);
	char text[16];

	if (!mux || in_eof || room - in_credit < in_size / 2)
		return;
	/* Without room for the frame now, the next read tries again. */
	if (out_free() < MUX_HEAD + sizeof(text))
		return;
	out_message(MUX_CREDIT, text,
		    snprintf(text, sizeof(text), "%u", room - in_credit));
	in_credit = room;
}

/* The first read: what came so far moves to a larger buffer if there is one. */
static void in_begin(void)
{
	uint32_t n = ring_used(in_prod, in_cons, in_size);
	char *large = kmalloc(IN_LARGE);

	in_open = true;
	if (!large)
		return;
	ring_get(in_buf, in_size, in_cons, large, n);
	in_buf = large;
	in_size = IN_LARGE;
	in_cons = 0;
	in_prod = n;
}

ssize_t plat_stdin_read(void *buf, size_t n)
{
	if (!in_open)
		in_begin();
	n = MIN(n, (size_t)ring_used(in_prod, in_cons, in_size));
	ring_get(in_buf, in_size, in_cons, buf, n);
	in_cons += n;
	if (mux)
		give_credit();
	else if (n > 0)
		in_take();
	if (n > 0)
		return n;
	return in_eof ? 0 : -EAGAIN;
}

static void console_event(void *arg)
{
	bool was_eof = in_eof;
	uint32_t before = in_prod;

	in_take();
	if (in_prod != before || in_eof != was_eof)
		stdio_readable();
	if (in_open)
		give_credit();
	if (want_writable && out_free() >= MUX_HEAD + MIN_ROOM) {
		want_writable = false;
		stdio_writable();
	}
}

/* The rest of platform.h's group. */

char plat_stdio_kind(int fd)
{
	return kinds[fd];
}

int plat_winsize(unsigned short *rows, unsigned short *cols)
{
	if (kinds[0] != 't')
		return -ENOTTY;
	*rows = win_rows;
	*cols = win_cols;
	return 0;
}

void console_init(const char *cmdline)
{
	const char *value;
	int n = cmdline_find(cmdline, "stdio", &value);

	if (n != 7 || memcmp(value, "mux:", 4) != 0)
		return;
	mux = true;
	memcpy(kinds, value + 4, sizeof(kinds));
	out_put(MUX_MAGIC, MUX_MAGIC_LEN, NULL, 0);
	ring();
}

void console_start(void)
{
	if (event_bind(domain.console_port, console_event, NULL))
		panic("console port %u is too high\n", domain.console_port);
}
