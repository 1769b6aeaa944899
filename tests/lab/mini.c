/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that speaks the framed console (docs/console-protocol.md) and does
 * what its command line says, so that tests/lab can try tools/run-domu
 * without the rest of Posixen. It is no model for the real console driver:
 * it waits with SCHEDOP_poll and has no trap table.
 *
 *	... -- WORD ARG...
 *	args [A...]	print each argument on a line of its own
 *	echo		stdin to stdout until end of input
 *	upper		prints "ready", then the same with 'a'..'z' raised
 *	out N		N bytes of a pattern to stdout
 *	err TEXT	TEXT to stderr
 *	exit N, signal N
 *	signals		wait for a signal frame and end by that signal
 *	cmdline		print the kernel's command line
 *	ramdisk		the ramdisk to stdout
 *	trace		backtrace lines, one of which is symbolised already
 *	metrics		an m frame
 *	crash		an undefined instruction
 *	panic		a shutdown with the reason crash
 *	silent		power off without an x frame
 *	early		crash before the magic, after some plain text
 *	garbage		a frame of no known type
 *	linger		an x frame and then no end
 *	hang		never end, asleep
 *	spin		never end, busy
 */
#include <stddef.h>
#include <stdint.h>

#define __XEN_INTERFACE_VERSION__ 0x00040d00
#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen/io/console.h>
#include <xen/sched.h>

extern char hypercall_page[];
extern char shared_page[];

static struct start_info *start;
static volatile struct xencons_interface *ring;
static volatile struct shared_info *shared;
static int framed;

static long hypercall3(unsigned long nr, long a, long b, long c)
{
	long ret;
	void *entry = hypercall_page + nr * 32;

	__asm__ volatile("call *%[entry]"
			 : "=a"(ret), "+D"(a), "+S"(b), "+d"(c)
			 : [entry] "r"(entry)
			 : "memory", "rcx", "r11");
	return ret;
}

static void notify(void)
{
	struct evtchn_send send = {.port = start->console.domU.evtchn};

	hypercall3(__HYPERVISOR_event_channel_op, EVTCHNOP_send, (long)&send,
		   0);
}

/* Sleep until the console's channel rings; it may have rung already. */
static void wait(void)
{
	evtchn_port_t port = start->console.domU.evtchn;
	struct sched_poll poll = {.nr_ports = 1, .timeout = 0};

	set_xen_guest_handle(poll.ports, &port);
	hypercall3(__HYPERVISOR_sched_op, SCHEDOP_poll, (long)&poll, 0);
	__atomic_and_fetch(&shared->evtchn_pending[port / 64],
			   ~(1ul << port % 64), __ATOMIC_SEQ_CST);
}

static void put_raw(const char *p, size_t n)
{
	while (n > 0) {
		XENCONS_RING_IDX prod = ring->out_prod;

		if (prod - ring->out_cons == sizeof(ring->out)) {
			wait();
			continue;
		}
		while (n > 0 && prod - ring->out_cons < sizeof(ring->out)) {
			ring->out[MASK_XENCONS_IDX(prod++, ring->out)] = *p++;
			n--;
		}
		__sync_synchronize();
		ring->out_prod = prod;
		notify();
	}
}

static void frame(char type, const char *p, size_t n)
{
	char head[3] = {type, (char)n, (char)(n >> 8)};

	if (framed)
		put_raw(head, 3);
	if (framed || type == 'o' || type == 'e' || type == 'k')
		put_raw(p, n);
}

static size_t length(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static void text(char type, const char *s)
{
	frame(type, s, length(s));
}

static char *decimal(char *p, unsigned long n)
{
	if (n >= 10)
		p = decimal(p, n / 10);
	*p++ = '0' + n % 10;
	*p = '\0';
	return p;
}

static unsigned long number(const char *s)
{
	unsigned long n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + *s++ - '0';
	return n;
}

static void shutdown(unsigned int reason)
{
	struct sched_shutdown down = {.reason = reason};

	while (ring->out_cons != ring->out_prod)
		wait();
	hypercall3(__HYPERVISOR_sched_op, SCHEDOP_shutdown, (long)&down, 0);
}

static void finish(const char *how, unsigned long n)
{
	char buf[32], *p = buf;

	while (*how)
		*p++ = *how++;
	*p++ = ' ';
	decimal(p, n);
	text('x', buf);
	shutdown(SHUTDOWN_poweroff);
}

static char get_raw(void)
{
	XENCONS_RING_IDX cons = ring->in_cons;
	char c;

	while (ring->in_prod == cons)
		wait();
	__sync_synchronize();
	c = ring->in[MASK_XENCONS_IDX(cons, ring->in)];
	__sync_synchronize();
	ring->in_cons = cons + 1;
	/* The other side waits for room only when the ring was full. */
	if (ring->in_prod - cons == sizeof(ring->in))
		notify();
	return c;
}

static char payload[65536];

static char get_frame(size_t *n)
{
	char type = get_raw();
	unsigned char low = get_raw(), high = get_raw();

	*n = low | high << 8;
	for (size_t i = 0; i < *n; i++)
		payload[i] = get_raw();
	payload[*n < sizeof(payload) ? *n : *n - 1] = '\0';
	return type;
}

static void grant(unsigned long n)
{
	char buf[24];

	decimal(buf, n);
	text('w', buf);
}

static void echo(int upper)
{
	size_t n;
	char type;

	if (upper)
		text('o', "ready\n");
	grant(3000);
	while ((type = get_frame(&n)) != 'z') {
		if (type == 's')
			finish("signal", number(payload));
		if (type != 'i')
			continue;
		for (size_t i = 0; upper && i < n; i++)
			if (payload[i] >= 'a' && payload[i] <= 'z')
				payload[i] -= 32;
		frame('o', payload, n);
		grant(n);
	}
	finish("exit", 0);
}

static void out(unsigned long total)
{
	unsigned long sent = 0;

	while (sent < total) {
		size_t n = total - sent < 4000 ? total - sent : 4000;

		for (size_t i = 0; i < n; i++)
			payload[i] = (sent + i) * 2654435761u >> 24;
		frame('o', payload, n);
		sent += n;
	}
	finish("exit", 0);
}

static void ramdisk(void)
{
	const char *p = (const char *)start->mod_start;
	size_t left = start->mod_len;

	while (left > 0) {
		size_t n = left < 4096 ? left : 4096;

		frame('o', p, n);
		p += n;
		left -= n;
	}
	finish("exit", 0);
}

static void trace(void)
{
	static const char hex[] = "0123456789abcdef";
	unsigned long a = (unsigned long)trace + 4;
	char line[32] = "#0 0x";

	for (int i = 0; i < 16; i++)
		line[5 + i] = hex[a >> (60 - 4 * i) & 15];
	line[21] = '\n';
	frame('k', line, 22);
	text('k', "#1 0x0000000000000001 known+0x1\n#2 0x00000000000");
	text('k', "00002\n");
	finish("exit", 0);
}

/* Split the command line in place: words, with '...' as a shell has it. */
static int split(char *s, char **words, int max)
{
	int n = 0;

	while (n < max) {
		char *to;

		while (*s == ' ')
			s++;
		if (!*s)
			break;
		words[n++] = to = s;
		for (int quoted = 0; *s && (quoted || *s != ' '); s++) {
			if (*s == '\'')
				quoted = !quoted;
			else if (*s == '\\' && !quoted && s[1])
				*to++ = *++s;
			else
				*to++ = *s;
		}
		if (*s)
			s++;
		*to = '\0';
	}
	return n;
}

static void command(int n, char **w)
{
	const char *arg = n > 1 ? w[1] : "0";
	size_t len;

	if (same(w[0], "args")) {
		for (int i = 1; i < n; i++) {
			text('o', w[i]);
			text('o', "\n");
		}
		finish("exit", 0);
	} else if (same(w[0], "echo") || same(w[0], "upper")) {
		echo(w[0][0] == 'u');
	} else if (same(w[0], "out")) {
		out(number(arg));
	} else if (same(w[0], "err")) {
		text('e', arg);
		finish("exit", 0);
	} else if (same(w[0], "exit") || same(w[0], "signal")) {
		finish(w[0], number(arg));
	} else if (same(w[0], "signals")) {
		text('o', "waiting\n");
		while (get_frame(&len) != 's')
			;
		finish("signal", number(payload));
	} else if (same(w[0], "ramdisk")) {
		ramdisk();
	} else if (same(w[0], "trace")) {
		trace();
	} else if (same(w[0], "metrics")) {
		text('m', "boot_ns=12345");
		finish("exit", 0);
	} else if (same(w[0], "crash")) {
		text('o', "before\n");
		while (ring->out_cons != ring->out_prod)
			wait();
		__asm__ volatile("ud2");
	} else if (same(w[0], "panic")) {
		text('k', "panic: by request\n");
		shutdown(SHUTDOWN_crash);
	} else if (same(w[0], "silent")) {
		shutdown(SHUTDOWN_poweroff);
	} else if (same(w[0], "garbage")) {
		text('o', "before\n");
		text('?', "what");
		finish("exit", 0);
	} else if (same(w[0], "linger")) {
		text('x', "exit 7");
		for (;;)
			wait();
	} else if (same(w[0], "hang") || same(w[0], "spin")) {
		text('o', "hanging\n");
		for (;;)
			if (w[0][0] == 'h')
				wait();
	}
	text('e', "mini: unknown command\n");
	finish("exit", 99);
}

void mini_main(struct start_info *info)
{
	static char line[MAX_GUEST_CMDLINE];
	static char *words[64];
	const unsigned long *m2p = (void *)MACH2PHYS_VIRT_START;
	const char *c = (const char *)info->cmd_line;
	int n, i = 0, first;

	start = info;
	ring = (void *)(m2p[info->console.domU.mfn] << 12);
	hypercall3(__HYPERVISOR_update_va_mapping, (long)shared_page,
		   info->shared_info | 7, UVMF_INVLPG);
	shared = (void *)shared_page;
	while (i < MAX_GUEST_CMDLINE - 1 && c[i]) {
		line[i] = c[i];
		i++;
	}
	n = split(line, words, 64);
	for (first = 0; first < n && !same(words[first], "--"); first++)
		if (words[first][0] == 's' && words[first][5] == '=' &&
		    words[first][6] == 'm')
			framed = 1;
	first++;
	if (first < n && same(words[first], "early")) {
		put_raw("early text\n", 11);
		shutdown(SHUTDOWN_crash);
	}
	if (framed)
		put_raw("\0PX1", 4);
	if (first < n && same(words[first], "cmdline")) {
		text('o', c);
		finish("exit", 0);
	}
	if (first < n)
		command(n - first, words + first);
	text('o', "mini: hello\n");
	finish("exit", 0);
}
