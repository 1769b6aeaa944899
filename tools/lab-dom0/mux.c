/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's side of the framed console (docs/console-protocol.md) taken
 * apart, for jobs that run a domain from inside dom0: stdout and log to our
 * own, metrics as a line on stderr, the exit status kept. tools/run-domu has
 * the same decoder in Python; tests/lab compares the two.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dom0.h"

static const char magic[4] = {0, 'P', 'X', '1'};

void mux_init(struct mux *m)
{
	memset(m, 0, sizeof(*m));
	m->exit_status = -1;
}

static int put(int fd, const char *buf, size_t n)
{
	while (n > 0) {
		ssize_t r = write(fd, buf, n);

		if (r <= 0)
			return -1;
		buf += r;
		n -= r;
	}
	return 0;
}

static void end_frame(struct mux *m)
{
	m->text[m->ntext] = '\0';
	if (m->head[0] == 'x') {
		int n = 255;

		if (sscanf(m->text, "exit %d", &n) == 1)
			m->exit_status = n & 255;
		else if (sscanf(m->text, "signal %d", &n) == 1)
			m->exit_status = 128 + (n & 127);
	} else if (m->head[0] == 'm') {
		fprintf(stderr, "metric %s\n", m->text);
	} else if (m->head[0] == 'w') {
		m->window += strtoull(m->text, NULL, 10);
	}
}

/* Part of a payload: streams go out at once, short texts are collected. */
static int payload(struct mux *m, const char *p, unsigned int n)
{
	unsigned int room = sizeof(m->text) - 1 - m->ntext;

	switch (m->head[0]) {
	case 'o':
		if (m->output == 0)
			m->output = now_ns();
		return put(STDOUT_FILENO, p, n);
	case 'e':
	case 'k':
		return put(STDERR_FILENO, p, n);
	}
	if (n < room)
		room = n;
	memcpy(m->text + m->ntext, p, room);
	m->ntext += room;
	return 0;
}

/*
 * Bytes before the magic go to stderr, and so does a start of the magic
 * that turned out to be none. None of its bytes repeats, so a mismatch can
 * only be the start of another magic when it is its first byte.
 */
static int before_magic(struct mux *m, char c)
{
	if (c == magic[m->magic]) {
		m->magic++;
		return 0;
	}
	if (put(STDERR_FILENO, magic, m->magic))
		return -1;
	m->magic = c == magic[0];
	return m->magic ? 0 : put(STDERR_FILENO, &c, 1);
}

/* Take console bytes in any split. -1 when our own output is gone. */
int mux_feed(struct mux *m, const char *buf, size_t n)
{
	const char *end = buf + n;

	while (buf < end) {
		if (m->magic < sizeof(magic)) {
			if (before_magic(m, *buf++))
				return -1;
			continue;
		}
		if (m->nhead < sizeof(m->head)) {
			m->head[m->nhead++] = *buf++;
			if (m->nhead < sizeof(m->head))
				continue;
			m->left = m->head[1] | m->head[2] << 8;
			m->ntext = 0;
		} else {
			size_t part = end - buf;

			if (part > m->left)
				part = m->left;
			if (payload(m, buf, part))
				return -1;
			buf += part;
			m->left -= part;
		}
		if (m->left == 0) {
			end_frame(m);
			m->nhead = 0;
		}
	}
	return 0;
}
