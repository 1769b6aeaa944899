/* SPDX-License-Identifier: BSD-2-Clause */
/* memcpy, memmove, memset, stpcpy: every byte written, and no other. */
#include "strings.h"

#define ROOM 1024
static unsigned char work[ROOM], want[ROOM];

static void fill(unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = next_random() % 255 + 1;
}

static int same(const unsigned char *a, const unsigned char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return 0;
	return 1;
}

/* Copy within one buffer, from and to any place, byte by byte. */
static void reference_move(unsigned char *d, const unsigned char *s, size_t n)
{
	if (d < s)
		for (size_t i = 0; i < n; i++)
			d[i] = s[i];
	else
		while (n--)
			d[n] = s[n];
}

static void one_copy(size_t to, size_t from, size_t n)
{
	unsigned char *dest = edge_start + to, *src = edge2_start + from;
	const size_t around = 64;

	for (size_t i = 0; i < n + around; i++)
		dest[i] = (unsigned char)(i * 7 + 1);
	CHECK(px_memcpy(dest, src, n) == dest, "returned value");
	CHECK(same(dest, src, n), "to %zu from %zu n %zu", to, from, n);
	for (size_t i = n; i < n + around; i++)
		CHECK(dest[i] == (unsigned char)(i * 7 + 1),
		      "byte %zu behind %zu", i - n, n);
	for (size_t i = 0; i < to; i++)
		CHECK(edge_start[i] == 0xee, "byte %zu before", to - i);
}

static void test_memcpy(void)
{
	fill(edge2_start, 8192);
	for (int i = 0; i < 64; i++)
		edge_start[i] = 0xee;
	for (size_t to = 0; to < 64; to++) {
		for (int i = 0; i < (int)to; i++)
			edge_start[i] = 0xee;
		/* Every alignment of the source for some, few for the rest. */
		for (size_t n = 0; n <= 300; n++)
			for (size_t from = n % 3; from < 64; from += 3)
				one_copy(to, from, n);
		for (size_t n = 301; n < 4000; n += 97)
			one_copy(to, n % 64, n);
	}
	/* Flush with the ends of both mappings, and with their starts. */
	for (size_t n = 0; n <= 600; n++) {
		px_memcpy(edge_end - n, edge2_end - n, n);
		CHECK(same(edge_end - n, edge2_end - n, n), "end, n %zu", n);
		px_memcpy(edge_start, edge2_end - n, n);
		CHECK(same(edge_start, edge2_end - n, n), "start, n %zu", n);
		px_memcpy(edge_end - n, edge2_start, n);
		CHECK(same(edge_end - n, edge2_start, n), "ends, n %zu", n);
	}
}

static void one_move(size_t to, size_t from, size_t n)
{
	for (size_t i = 0; i < ROOM; i++)
		work[i] = want[i] = (unsigned char)(i * 37 + (i >> 8));
	reference_move(want + to, want + from, n);
	CHECK(px_memmove(work + to, work + from, n) == work + to, "value");
	CHECK(same(work, want, ROOM), "to %zu from %zu n %zu", to, from, n);
}

static void test_memmove(void)
{
	/* Every distance at which 16, 64 or 128 bytes could overlap. */
	for (size_t n = 0; n <= 300; n++)
		for (size_t d = 0; d <= 140; d++) {
			one_move(200 + n % 16, 200 + n % 16 + d, n);
			one_move(200 + n % 16 + d, 200 + n % 16, n);
		}
	for (int i = 0; i < 100000; i++) {
		size_t n = next_random() % 500;

		one_move(next_random() % 500, next_random() % 500, n);
	}
}

static void one_set(unsigned char *p, size_t n, int c)
{
	unsigned char *begin = p - 32 < edge_start ? edge_start : p - 32;
	unsigned char *end = p + n + 32 > edge_end ? edge_end : p + n + 32;

	for (unsigned char *q = begin; q < end; q++)
		*q = 0x11;
	CHECK(px_memset(p, c, n) == p, "value");
	for (unsigned char *q = begin; q < end; q++)
		CHECK(*q == (q >= p && q < p + n ? (unsigned char)c : 0x11),
		      "n %zu at %p: byte %td", n, (void *)p, q - p);
}

static void test_memset(void)
{
	for (size_t n = 0; n <= 300; n++) {
		for (size_t at = 0; at < 64; at++)
			one_set(edge_start + at, n, 0x80 + (int)n);
		one_set(edge_end - n, n, 0x123);
	}
	for (size_t n = 301; n < 4000; n += 61)
		one_set(edge_start + n % 64, n, -1);
}

static void test_stpcpy(void)
{
	for (size_t n = 0; n <= 300; n++)
		for (size_t at = 0; at < 64; at++) {
			char *src = (char *)edge2_end - n - 1;
			char *dest = (char *)edge_start + at;

			fill((unsigned char *)src, n);
			src[n] = 0;
			dest[n + 1] = 0x55;
			CHECK(px_stpcpy(dest, src) == dest + n, "n %zu", n);
			CHECK(same((void *)dest, (void *)src, n + 1), "n %zu",
			      n);
			CHECK(dest[n + 1] == 0x55, "n %zu", n);
		}
}

void test_copy(void)
{
	test_memcpy();
	test_memmove();
	test_memset();
	test_stpcpy();
}
