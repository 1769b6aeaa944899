/* SPDX-License-Identifier: BSD-2-Clause */
/* heap.c: the kernel heap. */
#include "mem.h"
#include <stdlib.h>

struct held {
	unsigned char *p;
	size_t n;
	unsigned char fill;
};

static int intact(const struct held *h)
{
	for (size_t i = 0; i < h->n; i++) {
		if (h->p[i] != h->fill)
			return 0;
	}
	return 1;
}

static size_t random_size(void)
{
	return rnd(20) ? rnd(600) : rnd(40000);
}

void test_heap_random(void)
{
	static struct held held[3000];
	unsigned int n = 0;
	size_t before;

	boot(1, 8000);
	for (int round = 0; round < 60000; round++) {
		struct held *h = &held[n ? rnd(n) : 0];
		size_t size = random_size();
		unsigned char *p;

		if (n < 3000 && rnd(2)) {
			h = &held[n++];
			h->p = kmalloc(size);
			CHECK(h->p && (uintptr_t)h->p % 16 == 0);
			h->n = size;
			h->fill = (unsigned char)rnd(256);
			memset(h->p, h->fill, size);
			continue;
		}
		if (!n)
			continue;
		CHECK(intact(h));
		if (rnd(3)) {
			kfree(h->p);
			*h = held[--n];
			continue;
		}
		p = krealloc(h->p, size);
		CHECK(p != NULL);
		h->p = p;
		h->n = MIN(h->n, size);
		CHECK(intact(h));
		h->n = size;
		memset(p, h->fill, size);
	}
	while (n--) {
		CHECK(intact(&held[n]));
		kfree(held[n].p);
	}
	/* One space of its own is all that is left; pages went back, but one
	 * per size. */
	before = page_use_count(PAGE_KERNEL);
	CHECK(kmalloc_in_use() <= 128);
	CHECK(before < 64);
	kfree(NULL);
	CHECK(kmalloc((PAGE_SIZE << PAGE_MAX_ORDER) + 1) == NULL);
	CHECK(strcmp(kstrdup("abc"), "abc") == 0);
	CHECK(strcmp(kstrndup("abc", 2), "ab") == 0);
	exit(unit_done());
}

void test_heap_exhausted(void)
{
	void *list = NULL, **p;
	size_t n = 0, start = 0;

	boot(400, 900);
	start = kmalloc_in_use();
	while ((p = kmalloc(100))) {
		*p = list;
		list = p;
		n++;
	}
	CHECK(n > 10000);
	CHECK(kmalloc(5000) == NULL);
	while ((p = list)) {
		list = *p;
		kfree(p);
	}
	CHECK(kmalloc_in_use() == start);
	CHECK(kmalloc(500000) != NULL);
	exit(unit_done());
}
