/* SPDX-License-Identifier: BSD-2-Clause */
#define _GNU_SOURCE
#include "strings.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

unsigned char *edge_start, *edge_end, *edge2_start, *edge2_end;
long passed, failed;

unsigned next_random(void)
{
	static unsigned x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

static void make_edges(unsigned char **start, unsigned char **end)
{
	unsigned char *p = mmap(NULL, (PAGES + 2) * 4096, PROT_NONE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED ||
	    mprotect(p + 4096, PAGES * 4096, PROT_READ | PROT_WRITE))
		abort();
	*start = p + 4096;
	*end = *start + PAGES * 4096;
}

static void on_fault(int sig)
{
	static const char text[] = "FAIL: read or wrote beyond a page edge\n";

	_exit(write(1, text, sizeof(text) - 1) < 0 ? 3 : 2);
}

int main(void)
{
	signal(SIGSEGV, on_fault);
	setvbuf(stdout, NULL, _IOLBF, 0);
	make_edges(&edge_start, &edge_end);
	make_edges(&edge2_start, &edge2_end);
	test_copy();
	test_compare();
	test_search();
	printf("%ld checks, %ld of them failed\n", passed + failed, failed);
	return failed != 0;
}
