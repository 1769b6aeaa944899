/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.h: a terminal. tty_ldisc.c turns keystrokes into what a program reads and
 * what its user sees, and depends on nothing but this file; tty.c makes the
 * console's terminal of it.
 */
#ifndef VFS_TTY_H
#define VFS_TTY_H

#include <posixen/types.h>
#include <asm/termbits.h>

#define TTY_BUF	 4096u /* input held, as in Linux; a power of two */
#define TTY_ECHO 1024u /* echo that the screen has not taken yet */

/*
 * buf holds the bytes [tail, head) of a stream that counts for ever. In
 * canonical mode only those before canon are complete lines; ends says which
 * bytes end one. An end-of-file character is an end whose eof bit is set too:
 * it ends a line and is not itself read.
 */
struct tty {
	struct termios t;
	unsigned char buf[TTY_BUF];
	uint64_t ends[TTY_BUF / 64], eofs[TTY_BUF / 64];
	unsigned int head, tail, canon;
	unsigned int column, line_column; /* cursor; where the line began */
	bool literal;			  /* VLNEXT: take the next as it is */
	bool stopped;			  /* the output waits */
	bool held;			  /* by TCXONC, which no key undoes */
	unsigned int signal;		  /* typed; the owner sends it */
	char echo[TTY_ECHO];
	unsigned int echo_len;
};

void tty_reset(struct tty *t); /* the settings of a fresh Linux terminal */
/* One typed byte. May add to t->echo, set t->signal. */
void tty_input(struct tty *t, unsigned char c);
/* How many more input bytes can be taken now. */
unsigned int tty_room(const struct tty *t);
/* Something for a reader now? In raw mode at least want bytes. */
bool tty_readable(const struct tty *t, unsigned int want);
/* Bytes that FIONREAD reports. */
unsigned int tty_count(const struct tty *t);
/* Take at most n bytes, one line in canonical mode. *line is set when a line's
 * end (or an end of file) was passed. */
size_t tty_take(struct tty *t, char *buf, size_t n, bool *line);
void tty_flush_input(struct tty *t);
/* New settings; old input is kept as Linux keeps it. */
void tty_set_termios(struct tty *t, const struct termios *to);
/* Process one byte of output: the bytes to send, at most 8. */
unsigned int tty_output(struct tty *t, unsigned char c, char *out);

#endif
