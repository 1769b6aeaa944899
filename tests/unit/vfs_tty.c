/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The line discipline of vfs/tty_ldisc.c beside Linux's own: the same keys go
 * into a pseudo-terminal and into ours, under the same settings; what is
 * echoed and what a program reads must be the same bytes in the same pieces.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "unit.h"
#define loff_t runtime_loff_t /* the C library has its own */
#include "../../vfs/tty.h"

#define MAX_TEXT 8192

struct outcome {
	char echo[MAX_TEXT];
	size_t echo_len;
	char got[MAX_TEXT]; /* each read as its length, a colon, and its bytes
			     */
	size_t got_len;
};

struct script {
	struct termios t;
	unsigned char keys[64];
	size_t n;
};

static void add_read(struct outcome *o, const char *buf, long n)
{
	o->got_len += sprintf(o->got + o->got_len, "%ld:", n);
	memcpy(o->got + o->got_len, buf, n);
	o->got_len += n;
}

/* Raw system structures on both sides: no C library's termios in between. */
static int linux_says(const struct script *s, struct outcome *o)
{
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK);
	int zero = 0, slave;
	char name[32], buf[256];
	struct pollfd p;
	unsigned int nr;
	ssize_t n;

	if (master < 0 || ioctl(master, TIOCGPTN, &nr) ||
	    ioctl(master, TIOCSPTLCK, &zero))
		return -1;
	snprintf(name, sizeof(name), "/dev/pts/%u", nr);
	slave = open(name, O_RDWR | O_NOCTTY | O_NONBLOCK);
	if (slave < 0 || ioctl(slave, TCSETS, &s->t))
		return -1;
	if (write(master, s->keys, s->n) != (ssize_t)s->n)
		return -1;
	/* The keys travel through a work queue: wait until it is quiet. */
	p = (struct pollfd){.fd = master, .events = POLLIN};
	while (poll(&p, 1, 12) > 0) {
		n = read(master, o->echo + o->echo_len, 256);
		if (n <= 0)
			break;
		o->echo_len += n;
	}
	while ((n = read(slave, buf, sizeof(buf))) >= 0 && o->got_len < 4096)
		add_read(o, buf, n);
	close(slave);
	close(master);
	return 0;
}

static void ours_says(const struct script *s, struct outcome *o)
{
	static struct tty t;
	char buf[256];
	bool line;
	size_t n;

	tty_reset(&t);
	tty_set_termios(&t, &s->t);
	for (size_t i = 0; i < s->n; i++)
		tty_input(&t, s->keys[i]);
	memcpy(o->echo, t.echo, t.echo_len);
	o->echo_len = t.echo_len;
	while (tty_readable(&t, 1)) {
		n = tty_take(&t, buf, sizeof(buf), &line);
		add_read(o, buf, n);
	}
}

static void print(const char *what, const char *p, size_t n)
{
	printf("  %-12s", what);
	for (size_t i = 0; i < n; i++)
		printf(p[i] >= ' ' && p[i] < 127 ? "%c" : "\\x%02x",
		       (unsigned char)p[i]);
	printf("\n");
}

/* On a busy machine the keys may not be through when we look: look again. */
static bool same(const struct script *s)
{
	static struct outcome a, b;
	static bool again;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	if (linux_says(s, &a)) {
		perror("pseudo-terminal");
		return false;
	}
	ours_says(s, &b);
	if (a.echo_len == b.echo_len && !memcmp(a.echo, b.echo, a.echo_len) &&
	    a.got_len == b.got_len && !memcmp(a.got, b.got, a.got_len))
		return true;
	if (!again) {
		again = true;
		bool ok = same(s) || same(s);
		again = false;
		return ok;
	}
	printf("iflag %#x oflag %#x lflag %#x\n", s->t.c_iflag, s->t.c_oflag,
	       s->t.c_lflag);
	print("keys", (const char *)s->keys, s->n);
	print("Linux echo", a.echo, a.echo_len);
	print("our echo", b.echo, b.echo_len);
	print("Linux reads", a.got, a.got_len);
	print("our reads", b.got, b.got_len);
	return false;
}

static bool keys(const char *text)
{
	static struct tty fresh;
	struct script s = {.n = strlen(text)};

	tty_reset(&fresh);
	s.t = fresh.t;
	memcpy(s.keys, text, s.n);
	return same(&s);
}

static unsigned int seed = 12345;

static unsigned int any(unsigned int below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

/* Settings and keys of all kinds, the same in every run. */
static void random_script(struct script *s)
{
	static const unsigned char often[] =
		"ab cd_9\n\n\r\t\x7f\x7f\x7f\x17\x15\x04\x16\x12\x1b\x03"
		"\x01\xc3\xa9\xe2\x82\xac,;\x1c\x08";
	static const unsigned int iflags[] = {ICRNL,  INLCR, IGNCR,
					      ISTRIP, IUTF8, IXON};
	static const unsigned int lflags[] = {ECHO,    ECHOE,  ECHOK,  ECHOKE,
					      ECHOCTL, ECHONL, IEXTEN, ISIG};
	struct tty t;

	tty_reset(&t);
	s->t = t.t;
	if (any(3) == 0)
		s->t.c_iflag ^= iflags[any(6)];
	if (any(3) == 0)
		s->t.c_iflag ^= iflags[any(6)];
	if (any(2) == 0)
		s->t.c_lflag ^= lflags[any(8)];
	if (any(3) == 0)
		s->t.c_lflag ^= lflags[any(8)];
	if (any(6) == 0)
		s->t.c_lflag &= ~ICANON;
	if (any(6) == 0)
		s->t.c_oflag ^= ONLCR;
	s->n = 1 + any(30);
	for (size_t i = 0; i < s->n; i++)
		s->keys[i] = often[any(sizeof(often) - 1)];
	/* A signal drops echo that was not shown yet. How far it had got is a
	 * matter of luck, and with it the column that a tab is erased to. */
	if (memchr(s->keys, 3, s->n) || memchr(s->keys, 28, s->n))
		for (size_t i = 0; i < s->n; i++)
			if (s->keys[i] == '\t')
				s->keys[i] = 'x';
}

int main(void)
{
	struct script s;

	if (access("/dev/ptmx", R_OK | W_OK)) {
		printf("no /dev/ptmx: nothing to compare with\n");
		CHECK(1);
		return unit_done();
	}
	CHECK(keys("hello\n"));
	CHECK(keys("two\nlines\n"));
	CHECK(keys("unfinished"));
	CHECK(keys("helo\x7flo\n"));
	CHECK(keys("\x7f\x7f"
		   "a\n"));
	CHECK(keys("one two\x17three\n"));
	CHECK(keys("one, two; \x17\x17three\n"));
	CHECK(keys("wrong\x15right\n"));
	CHECK(keys("a\tb\x7f\x7f\x7f"
		   "c\n"));
	CHECK(keys("\x01\x02\x7f\n"));
	CHECK(keys("ends here\x04"));
	CHECK(keys("\x04"));
	CHECK(keys("a\x04\x04"
		   "b\n\x04"));
	CHECK(keys("\x16\x03literal\x16\x7f\n"));
	CHECK(keys("lost\x03kept\n"));
	CHECK(keys("quit\x1c\n"));
	CHECK(keys("again\x12more\n"));
	CHECK(keys("cr\rlf\n"));
	CHECK(keys("stop\x13go\x11\n"));
	for (int i = 0; i < 250; i++) {
		random_script(&s);
		CHECK(same(&s));
	}
	return unit_done();
}
