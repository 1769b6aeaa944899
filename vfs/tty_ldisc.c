/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_ldisc.c: the line discipline, termios(3). What to echo, how a line is
 * edited, which keys are signals: everything is the behaviour of Linux's N_TTY,
 * with which the unit test compares it byte by byte through a pseudo-terminal.
 */
#include <posixen/lib.h>
#include <asm/signal.h>
#include "tty.h"

#define IFLAG(t, f) ((t)->t.c_iflag & (f))
#define OFLAG(t, f) ((t)->t.c_oflag & (f))
#define LFLAG(t, f) ((t)->t.c_lflag & (f))

static bool is_char(const struct tty *t, unsigned int which, unsigned char c)
{
	return t->t.c_cc[which] && t->t.c_cc[which] == c;
}

static void bit_put(uint64_t *map, unsigned int i, bool on)
{
	i &= TTY_BUF - 1;
	if (on)
		map[i / 64] |= 1ULL << (i % 64);
	else
		map[i / 64] &= ~(1ULL << (i % 64));
}

static bool bit_get(const uint64_t *map, unsigned int i)
{
	i &= TTY_BUF - 1;
	return map[i / 64] >> (i % 64) & 1;
}

static bool is_continuation(const struct tty *t, unsigned char c)
{
	return IFLAG(t, IUTF8) && (c & 0xc0) == 0x80;
}

void tty_reset(struct tty *t)
{
	static const unsigned char cc[NCCS] = {
		[VINTR] = 3,   [VQUIT] = 28,	[VERASE] = 127,	 [VKILL] = 21,
		[VEOF] = 4,    [VMIN] = 1,	[VSTART] = 17,	 [VSTOP] = 19,
		[VSUSP] = 26,  [VREPRINT] = 18, [VDISCARD] = 15, [VWERASE] = 23,
		[VLNEXT] = 22,
	};

	memset(t, 0, sizeof(*t));
	t->t.c_iflag = ICRNL | IXON;
	t->t.c_oflag = OPOST | ONLCR;
	t->t.c_cflag = B38400 | CS8 | CREAD;
	t->t.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE |
		       IEXTEN;
	memcpy(t->t.c_cc, cc, sizeof(cc));
}

unsigned int tty_output(struct tty *t, unsigned char c, char *out)
{
	unsigned int spaces;

	if (!OFLAG(t, OPOST)) {
		out[0] = c;
		return 1;
	}
	switch (c) {
	case '\n':
		if (OFLAG(t, ONLRET))
			t->column = 0;
		if (OFLAG(t, ONLCR)) {
			t->column = t->line_column = 0;
			out[0] = '\r';
			out[1] = '\n';
			return 2;
		}
		t->line_column = t->column;
		break;
	case '\r':
		if (OFLAG(t, ONOCR) && !t->column)
			return 0;
		if (OFLAG(t, OCRNL)) {
			c = '\n';
			if (OFLAG(t, ONLRET))
				t->column = t->line_column = 0;
			break;
		}
		t->column = t->line_column = 0;
		break;
	case '\t':
		spaces = 8 - (t->column & 7);
		t->column += spaces;
		if ((t->t.c_oflag & TABDLY) == XTABS) {
			memset(out, ' ', spaces);
			return spaces;
		}
		break;
	case '\b':
		if (t->column)
			t->column--;
		break;
	default:
		if (c >= ' ' && c != 127) {
			if (OFLAG(t, OLCUC) && c >= 'a' && c <= 'z')
				c -= 'a' - 'A';
			if (!is_continuation(t, c))
				t->column++;
		}
	}
	out[0] = c;
	return 1;
}

/* Echo is dropped when the screen has not taken the last kilobyte. */
static void echo_raw(struct tty *t, unsigned char c)
{
	char out[8];
	unsigned int n = tty_output(t, c, out);

	if (t->echo_len + n > TTY_ECHO)
		return;
	memcpy(t->echo + t->echo_len, out, n);
	t->echo_len += n;
}

static bool shown_as_caret(const struct tty *t, unsigned char c)
{
	return LFLAG(t, ECHOCTL) && (c < ' ' || c == 127) && c != '\t';
}

static void echo_char(struct tty *t, unsigned char c)
{
	if (shown_as_caret(t, c)) {
		echo_raw(t, '^');
		echo_raw(t, c ^ 0x40);
	} else {
		echo_raw(t, c);
	}
}

/* Columns that the line being typed takes up to byte end, for tabs. */
static unsigned int width_until(const struct tty *t, unsigned int end,
				bool *from_tab)
{
	unsigned int n = 0;

	*from_tab = false;
	while (end != t->canon) {
		unsigned char c = t->buf[--end & (TTY_BUF - 1)];

		if (c == '\t') {
			*from_tab = true;
			break;
		}
		if (c < ' ' || c == 127) {
			if (LFLAG(t, ECHOCTL))
				n += 2;
		} else if (!is_continuation(t, c)) {
			n++;
		}
	}
	return n;
}

static void erase_tab(struct tty *t)
{
	bool from_tab;
	unsigned int n = width_until(t, t->head, &from_tab);

	if (!from_tab)
		n += t->line_column;
	for (n = 8 - (n & 7); n; n--) {
		/* Straight out: the cursor moves, nothing is processed. */
		if (t->echo_len < TTY_ECHO)
			t->echo[t->echo_len++] = '\b';
		if (t->column)
			t->column--;
	}
}

static void rub_out(struct tty *t, unsigned char c)
{
	if (c == '\t') {
		erase_tab(t);
		return;
	}
	if (shown_as_caret(t, c)) {
		echo_raw(t, '\b');
		echo_raw(t, ' ');
		echo_raw(t, '\b');
	}
	if ((c >= ' ' && c != 127) || LFLAG(t, ECHOCTL)) {
		echo_raw(t, '\b');
		echo_raw(t, ' ');
		echo_raw(t, '\b');
	}
}

/* Remove the last character (of several bytes in UTF-8) and show it. */
static bool erase_one(struct tty *t, unsigned char c)
{
	unsigned int head = t->head;

	do {
		if (head == t->canon)
			return false; /* the rest of a character: leave it */
		c = t->buf[--head & (TTY_BUF - 1)];
	} while (is_continuation(t, c));
	t->head = head;
	if (!LFLAG(t, ECHO))
		return true;
	if (LFLAG(t, ECHOPRT))
		echo_char(t, c);
	else
		rub_out(t, c);
	return true;
}

static bool is_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || c >= 0xc0;
}

static void erase_word(struct tty *t)
{
	bool seen = false;

	while (t->head != t->canon) {
		unsigned char c = t->buf[(t->head - 1) & (TTY_BUF - 1)];

		for (unsigned int i = t->head;
		     is_continuation(t, c) && --i != t->canon;)
			c = t->buf[(i - 1) & (TTY_BUF - 1)];
		if (is_word(c))
			seen = true;
		else if (seen)
			break;
		if (!erase_one(t, c))
			break;
	}
}

static void kill_line(struct tty *t, unsigned char c)
{
	if (t->head == t->canon)
		return;
	if (LFLAG(t, ECHO) && LFLAG(t, ECHOK) && LFLAG(t, ECHOKE) &&
	    LFLAG(t, ECHOE)) {
		while (t->head != t->canon && erase_one(t, 0))
			;
		return;
	}
	t->head = t->canon;
	if (!LFLAG(t, ECHO))
		return;
	echo_char(t, c);
	if (LFLAG(t, ECHOK))
		echo_raw(t, '\n');
}

static void erase_key(struct tty *t, unsigned char c)
{
	unsigned int n = t->echo_len;

	if (t->head == t->canon || !erase_one(t, c))
		return;
	/* Without ECHOE the key itself is shown, not its work. */
	if (LFLAG(t, ECHO) && !LFLAG(t, ECHOE) && !LFLAG(t, ECHOPRT)) {
		t->echo_len = n;
		echo_char(t, c);
	}
}

static void reprint(struct tty *t, unsigned char c)
{
	echo_char(t, c);
	echo_raw(t, '\n');
	for (unsigned int i = t->canon; i != t->head; i++)
		echo_char(t, t->buf[i & (TTY_BUF - 1)]);
}

unsigned int tty_room(const struct tty *t)
{
	/* In canonical mode an unfinished line must not stop the keys that
	 * edit it: input goes on and what does not fit is dropped. */
	if (LFLAG(t, ICANON) && t->canon == t->tail)
		return TTY_BUF;
	return TTY_BUF - 1 - MIN(t->head - t->tail, TTY_BUF - 1);
}

static void put(struct tty *t, unsigned char c, bool end, bool eof)
{
	if (t->head - t->tail >= TTY_BUF - !end)
		return; /* one place is kept for the line's end */
	t->buf[t->head & (TTY_BUF - 1)] = c;
	bit_put(t->ends, t->head, end);
	bit_put(t->eofs, t->head, eof);
	t->head++;
	if (end)
		t->canon = t->head;
}

static void echo_input(struct tty *t, unsigned char c)
{
	if (!LFLAG(t, ECHO))
		return;
	/* Where this line starts on the screen: tabs are erased from there. */
	if (t->head == t->canon)
		t->line_column = t->column;
	echo_char(t, c);
}

void tty_flush_input(struct tty *t)
{
	t->head = t->tail = t->canon = 0;
}

static void resume(struct tty *t)
{
	if (!t->held)
		t->stopped = false;
}

static bool signal_key(struct tty *t, unsigned char c)
{
	unsigned int sig;

	if (is_char(t, VINTR, c))
		sig = SIGINT;
	else if (is_char(t, VQUIT, c))
		sig = SIGQUIT;
	else if (is_char(t, VSUSP, c))
		sig = SIGTSTP;
	else
		return false;
	t->signal = sig;
	if (!LFLAG(t, NOFLSH)) {
		tty_flush_input(t);
		t->echo_len = 0;
	}
	if (IFLAG(t, IXON))
		resume(t);
	if (LFLAG(t, ECHO))
		echo_char(t, c);
	return true;
}

/* A key that ends a line or edits it. False: an ordinary character. */
static bool canonical_key(struct tty *t, unsigned char c)
{
	if (is_char(t, VERASE, c)) {
		erase_key(t, c);
	} else if (is_char(t, VKILL, c)) {
		kill_line(t, c);
	} else if (is_char(t, VWERASE, c) && LFLAG(t, IEXTEN)) {
		erase_word(t);
	} else if (is_char(t, VLNEXT, c) && LFLAG(t, IEXTEN)) {
		t->literal = true;
		if (LFLAG(t, ECHO) && LFLAG(t, ECHOCTL)) {
			echo_raw(t, '^');
			/* The caret gives way to what is typed next. */
			if (t->echo_len < TTY_ECHO)
				t->echo[t->echo_len++] = '\b';
			t->column--;
		}
	} else if (is_char(t, VREPRINT, c) && LFLAG(t, ECHO) &&
		   LFLAG(t, IEXTEN)) {
		reprint(t, c);
	} else if (c == '\n') {
		if (LFLAG(t, ECHO) || LFLAG(t, ECHONL))
			echo_raw(t, '\n');
		put(t, c, true, false);
	} else if (is_char(t, VEOF, c)) {
		put(t, 0, true, true);
	} else if (is_char(t, VEOL, c) ||
		   (is_char(t, VEOL2, c) && LFLAG(t, IEXTEN))) {
		echo_input(t, c);
		put(t, c, true, false);
	} else {
		return false;
	}
	return true;
}

void tty_input(struct tty *t, unsigned char c)
{
	bool made = false;

	if (IFLAG(t, ISTRIP))
		c &= 0x7f;
	if (IFLAG(t, IUCLC) && LFLAG(t, IEXTEN) && c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	if (t->literal) {
		t->literal = false;
		echo_input(t, c);
		put(t, c, false, false);
		return;
	}
	if (IFLAG(t, IXON)) {
		if (is_char(t, VSTART, c)) {
			resume(t);
			return;
		}
		if (is_char(t, VSTOP, c)) {
			t->stopped = true;
			return;
		}
		if (t->stopped && IFLAG(t, IXANY))
			resume(t);
	}
	if (LFLAG(t, ISIG) && signal_key(t, c))
		return;
	if (c == '\r') {
		if (IFLAG(t, IGNCR))
			return;
		if (IFLAG(t, ICRNL))
			c = '\n';
		/* Outside canonical mode a line feed that was typed is shown
		 * as ^J, one made of Return is not. */
		made = c == '\n';
	} else if (c == '\n' && IFLAG(t, INLCR)) {
		c = '\r';
	}
	if (LFLAG(t, ICANON) && canonical_key(t, c))
		return;
	if (made && LFLAG(t, ECHO))
		echo_raw(t, c);
	else
		echo_input(t, c);
	put(t, c, false, false);
}

bool tty_readable(const struct tty *t, unsigned int want)
{
	if (LFLAG(t, ICANON))
		return t->canon != t->tail;
	return t->head - t->tail >= (want ? want : 1);
}

unsigned int tty_count(const struct tty *t)
{
	unsigned int n = 0;

	if (!LFLAG(t, ICANON))
		return t->head - t->tail;
	for (unsigned int i = t->tail; i != t->canon; i++)
		n += !bit_get(t->eofs, i);
	return n;
}

size_t tty_take(struct tty *t, char *buf, size_t n, bool *line)
{
	bool canonical = LFLAG(t, ICANON);
	unsigned int end = canonical ? t->canon : t->head;
	size_t done = 0;

	*line = false;
	while (t->tail != end) {
		unsigned int at = t->tail;

		/* An end of file that follows is passed even if the buffer is
		 * full: it must not end the next read as well. */
		if (canonical && bit_get(t->eofs, at)) {
			t->tail++;
			*line = true;
			break;
		}
		if (done == n)
			break;
		buf[done++] = t->buf[at & (TTY_BUF - 1)];
		t->tail++;
		if (canonical && bit_get(t->ends, at)) {
			*line = true;
			break;
		}
	}
	if ((int)(t->canon - t->tail) < 0)
		t->canon = t->tail;
	return done;
}

void tty_set_termios(struct tty *t, const struct termios *to)
{
	bool was = LFLAG(t, ICANON), flow = IFLAG(t, IXON);

	t->t = *to;
	if (flow && !IFLAG(t, IXON))
		resume(t);
	if (was || !LFLAG(t, ICANON)) {
		if (was && !LFLAG(t, ICANON))
			t->literal = false;
		return;
	}
	/* Back to lines: what was typed meanwhile can be read as one. */
	t->canon = t->tail;
	if (t->head == t->tail)
		return;
	for (unsigned int i = t->tail; i != t->head; i++) {
		bit_put(t->ends, i, false);
		bit_put(t->eofs, i, false);
	}
	bit_put(t->ends, t->head - 1, true);
	t->canon = t->head;
}
