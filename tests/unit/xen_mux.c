/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen/mux.c: the host's frames in every split, unknown and over-long ones; and
 * the parameter that asks for frames.
 */
#include <stdint.h>
#include <string.h>
#include "unit.h"
#include "../../xen/mux.h"

static char said[4096];

static void on_data(const char *p, size_t n)
{
	size_t at = strlen(said);

	snprintf(said + at, sizeof(said) - at, "%.*s", (int)n, p);
}

static void on_message(char type, const char *text)
{
	size_t at = strlen(said);

	snprintf(said + at, sizeof(said) - at, "<%c:%s>", type, text);
}

static const struct mux_sink sink = {on_data, on_message};

static size_t frame(char *buf, char type, const char *text)
{
	size_t n = strlen(text);

	mux_head(buf, type, n);
	memcpy(buf + MUX_HEAD, text, n);
	return MUX_HEAD + n;
}

static void check_splits(void)
{
	static const char want[] = "abc<s:2><r:24 80>def<q:whatever><z:>";
	char stream[256];
	size_t n = 0;

	n += frame(stream + n, MUX_STDIN, "abc");
	n += frame(stream + n, MUX_SIGNAL, "2");
	n += frame(stream + n, MUX_WINCH, "24 80");
	n += frame(stream + n, MUX_STDIN, "");
	n += frame(stream + n, MUX_STDIN, "def");
	n += frame(stream + n, 'q', "whatever");
	n += frame(stream + n, MUX_EOF, "");
	for (size_t step = 1; step <= n; step++) {
		struct mux_parser m = {0};

		said[0] = '\0';
		for (size_t at = 0; at < n; at += step)
			mux_feed(&m, stream + at, n - at < step ? n - at : step,
				 &sink);
		CHECK_STR(said, want);
	}
}

static void check_long(void)
{
	static char stream[MUX_HEAD + 1000];
	struct mux_parser m = {0};
	char text[1001];

	/* A message is cut, and what follows is found. */
	memset(text, 'x', 1000);
	text[1000] = '\0';
	frame(stream, 'q', text);
	said[0] = '\0';
	mux_feed(&m, stream, sizeof(stream), &sink);
	CHECK_STR(said, "<q:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx>");
	said[0] = '\0';
	mux_feed(&m, stream, frame(stream, MUX_SIGNAL, "15"), &sink);
	CHECK_STR(said, "<s:15>");
	/* The length has two bytes, low one first. */
	mux_head(stream, MUX_STDOUT, 0x1234);
	CHECK(memcmp(stream, "o\x34\x12", 3) == 0);
	mux_head(stream, MUX_STDOUT, MUX_MAX);
	CHECK(memcmp(stream, "o\xff\xff", 3) == 0);
}

/* What cmdline_find() gives for stdio, or "-". */
static const char *find(const char *cmdline)
{
	static char buf[64];
	const char *value;
	int n = cmdline_find(cmdline, "stdio", &value);

	if (n < 0)
		return "-";
	snprintf(buf, sizeof(buf), "%.*s", n, value);
	return buf;
}

static void check_cmdline(void)
{
	CHECK_STR(find(""), "-");
	CHECK_STR(find("stdio=mux:tpf"), "mux:tpf");
	CHECK_STR(find("  trace=1 stdio=mux:ttt -- a b"), "mux:ttt");
	CHECK_STR(find("stdio="), "");
	CHECK_STR(find("stdio"), "-");
	CHECK_STR(find("xstdio=a stdiox=b stdio=c"), "c");
	/* Arguments and quoted text are not parameters. */
	CHECK_STR(find("trace=1 -- stdio=mux:ttt"), "-");
	CHECK_STR(find("env.A='x stdio=mux:ttt' b=1"), "-");
	CHECK_STR(find("env.A=\"x \\\" stdio=1\" stdio=2"), "2");
	CHECK_STR(find("env.A=x\\ stdio=1 stdio=2"), "2");
	CHECK_STR(find("env.A='unfinished stdio=1"), "-");
}

int main(void)
{
	check_splits();
	check_long();
	check_cmdline();
	return unit_done();
}
