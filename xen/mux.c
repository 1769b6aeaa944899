/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mux.c: takes the host's frames apart; finds the parameter that asks for
 * frames.
 */
#include "mux.h"

static size_t take(struct mux_parser *m, const char *buf, size_t n,
		   const struct mux_sink *sink)
{
	size_t part = n < m->left ? n : m->left;

	if (m->head[0] == MUX_STDIN) {
		sink->data(buf, part);
	} else {
		for (size_t i = 0; i < part; i++)
			if (m->ntext < sizeof(m->text) - 1)
				m->text[m->ntext++] = buf[i];
	}
	m->left -= part;
	return part;
}

static void end_frame(struct mux_parser *m, const struct mux_sink *sink)
{
	m->text[m->ntext] = '\0';
	if (m->head[0] != MUX_STDIN)
		sink->message(m->head[0], m->text);
	m->nhead = 0;
	m->ntext = 0;
}

void mux_feed(struct mux_parser *m, const char *buf, size_t n,
	      const struct mux_sink *sink)
{
	size_t at = 0;

	while (at < n) {
		if (m->nhead < MUX_HEAD) {
			m->head[m->nhead++] = buf[at++];
			if (m->nhead < MUX_HEAD)
				continue;
			m->left = m->head[1] | m->head[2] << 8;
		} else {
			at += take(m, buf + at, n - at, sink);
		}
		if (m->left == 0)
			end_frame(m, sink);
	}
}

/* The end of the word that starts at p, with quotes as in the shell. */
static const char *word_end(const char *p)
{
	char quote = 0;

	for (; *p; p++) {
		if (quote) {
			if (*p == quote)
				quote = 0;
			else if (*p == '\\' && quote == '"' && p[1])
				p++;
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
		} else if (*p == '\\' && p[1]) {
			p++;
		} else if (*p == ' ' || *p == '\t' || *p == '\n') {
			break;
		}
	}
	return p;
}

static size_t name_length(const char *name)
{
	size_t n = 0;

	while (name[n])
		n++;
	return n;
}

int cmdline_find(const char *cmdline, const char *name, const char **value)
{
	size_t len = name_length(name);
	const char *p = cmdline, *end;

	for (;; p = end) {
		while (*p == ' ' || *p == '\t' || *p == '\n')
			p++;
		end = word_end(p);
		if (end == p || (end - p == 2 && p[0] == '-' && p[1] == '-'))
			return -1;
		if ((size_t)(end - p) > len && p[len] == '=' &&
		    __builtin_memcmp(p, name, len) == 0) {
			*value = p + len + 1;
			return end - *value;
		}
	}
}
