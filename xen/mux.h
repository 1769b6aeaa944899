/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mux.h: the framed console, spoken when the domain was started with
 * stdio=XYZ as tools/run-domu does (docs/console-protocol.md). A frame is a
 * type byte, a little-endian 16-bit length and that many bytes. Pure, so that
 * tests/unit/xen_mux.c can check it natively.
 */
#ifndef XEN_MUX_H
#define XEN_MUX_H

#include <stddef.h>
#include <stdint.h>

/* The guest's first bytes: frames follow. */
#define MUX_MAGIC     "\0PX1"
#define MUX_MAGIC_LEN 4
#define MUX_HEAD      3
#define MUX_MAX	      65535

/* Types, guest to host. */
#define MUX_STDOUT 'o'
#define MUX_STDERR 'e'
#define MUX_LOG	   'k'
#define MUX_METRIC 'm' /* name=value */
#define MUX_CREDIT 'w' /* decimal: so many more stdin bytes may be sent */
#define MUX_EXIT   'x' /* "exit N", "signal N" */
/* Types, host to guest. */
#define MUX_STDIN  'i'
#define MUX_EOF	   'z'
#define MUX_SIGNAL 's' /* decimal signal number */
#define MUX_WINCH  'r' /* "rows columns" */

static inline void mux_head(char head[MUX_HEAD], char type, size_t n)
{
	head[0] = type;
	head[1] = n & 0xff;
	head[2] = n >> 8;
}

/* What a stream of host frames, in any split, is made of. */
struct mux_parser {
	uint8_t head[MUX_HEAD];
	uint8_t nhead;
	uint8_t ntext;
	uint16_t left; /* payload bytes still to come */
	char text[32]; /* payload of a short message */
};

struct mux_sink {
	/* stdin bytes, as they come. */
	void (*data)(const char *p, size_t n);
	/* A whole frame of any other type; text is NUL-terminated and cut at 31
	 * bytes, more than any frame of this version has. */
	void (*message)(char type, const char *text);
};

/* Zeroed parsers are ready. */
void mux_feed(struct mux_parser *m, const char *buf, size_t n,
	      const struct mux_sink *sink);

/*
 * The value of a parameter on a domain's command line: its length, with
 * *value pointing into cmdline, or -1. Only whole words before "--" count, and
 * quoted text is no parameter. For what must be known before the runtime's own
 * parser can run.
 */
int cmdline_find(const char *cmdline, const char *name, const char **value);

#endif
