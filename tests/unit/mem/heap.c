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
	CHECK(strcmp(kstrdup("abc"), "abc") == 0);
	CHECK(strcmp(kstrndup("abc", 2), "ab") == 0);
	exit(unit_done());
}

/* Larger than any block of frames, and in memory that has no block left. */
void test_heap_joined(void)
{
	static pfn_t single[8000];
	size_t before, pages, n = 0;
	char *a, *b, *c;

	boot(1, 4000);
	kfree(kmalloc(2 << 20));
	before = kmalloc_in_use();
	pages = page_use_count(PAGE_KERNEL);
	a = kmalloc(3 << 20);
	b = kmalloc(2 << 20);
	CHECK(a && b);
	memset(a, 1, 3 << 20);
	memset(b, 2, 2 << 20);
	CHECK(a[0] == 1 && a[(3 << 20) - 1] == 1);
	CHECK(peek((uintptr_t)a + (3 << 20)) == -1);
	kfree(a);
	c = kmalloc(5 << 19);
	CHECK(c == a && b[0] == 2);
	c = krealloc(c, 3 << 20);
	kfree(b);
	kfree(c);
	CHECK(kmalloc(1UL << 40) == NULL && kmalloc(-1UL) == NULL);
	CHECK(kmalloc_in_use() == before);
	CHECK(page_use_count(PAGE_KERNEL) <= pages + 16);

	/* Every other frame is free: no piece of 32 is left. */
	while ((single[n] = page_alloc(PAGE_ANON, 0)) != PFN_NONE)
		n++;
	for (size_t i = 0; i < n; i++) {
		if (single[i] % 2)
			page_free(single[i], 0);
	}
	CHECK(page_alloc(PAGE_KERNEL, 5) == PFN_NONE);
	a = kmalloc(100000);
	CHECK(a != NULL);
	memset(a, 3, 100000);
	kfree(a);
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
