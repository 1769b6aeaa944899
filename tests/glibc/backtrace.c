/* SPDX-License-Identifier: BSD-2-Clause */
/* backtrace(3). Addresses differ, so depths and nesting are compared. */
#define _GNU_SOURCE
#include "test.h"
#include <execinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *addresses[64];

static __attribute__((noinline)) int depth(int more)
{
	volatile int n;

	if (more)
		n = depth(more - 1);
	else
		n = backtrace(addresses, 64);
	return n;
}

static int reported(const char *line, const void *address)
{
	char text[32];

	snprintf(text, sizeof(text), "[%p]", address);
	return strstr(line, text) != NULL;
}

void test_backtrace(void)
{
	char **lines, buf[8192];
	int shallow = depth(0), deep, fds[2], good = 1;
	ssize_t len;

	SHOW(shallow >= 3);
	deep = depth(10);
	SHOW(deep - shallow);
	SHOW(addresses[2] == addresses[5]);
	SHOW(backtrace(addresses, 2));
	SHOW(backtrace(addresses, 0));
	deep = depth(3);
	lines = backtrace_symbols(addresses, deep);
	for (int i = 0; i < deep; i++)
		good = good && reported(lines[i], addresses[i]);
	SHOW(good);
	free(lines);
	if (pipe(fds))
		return;
	backtrace_symbols_fd(addresses, deep, fds[1]);
	len = read(fds[0], buf, sizeof(buf) - 1);
	buf[len > 0 ? len : 0] = '\0';
	for (int i = 0; i < deep; i++)
		good = good && reported(buf, addresses[i]);
	SHOW(good);
	close(fds[0]);
	close(fds[1]);
}
