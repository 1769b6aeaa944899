/* SPDX-License-Identifier: BSD-2-Clause */
/* What malloc(3) and its kin say when they cannot: mmap(2) is not asked at all
 * for what cannot be there. */
#include "t.h"
#include <malloc.h>

static void *volatile result;

static void said(const char *what, void *p)
{
	result = p;
	t_ret(what, p ? 0 : -1);
	free(p);
	errno = 0;
}

int main(void)
{
	volatile size_t half = SIZE_MAX / 2, big = PTRDIFF_MAX;

	errno = 0;
	said("calloc, product too large", calloc(half, half + 8));
	said("calloc, just too large", calloc(half + 2, 2));
	said("calloc, too large", calloc(big, 1));
	said("malloc", malloc(big + 1));
	said("realloc", realloc(NULL, big + 1));
	said("reallocarray", reallocarray(NULL, half, 4));
	said("aligned_alloc", aligned_alloc(64, big));
	said("aligned_alloc of an odd size", aligned_alloc(64, 100));
	said("memalign of an odd size", memalign(256, 300));
	return 0;
}
