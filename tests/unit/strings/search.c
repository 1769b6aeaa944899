/* SPDX-License-Identifier: BSD-2-Clause */
/* strlen, strchrnul, memchr, memrchr against loops. */
#include "strings.h"
#include <stdint.h>

static void *reference_memchr(const unsigned char *s, int c, size_t n)
{
	for (; n; n--, s++)
		if (*s == (unsigned char)c)
			return (void *)s;
	return NULL;
}

static void *reference_memrchr(const unsigned char *s, int c, size_t n)
{
	while (n--)
		if (s[n] == (unsigned char)c)
			return (void *)(s + n);
	return NULL;
}

static char *reference_strchrnul(const unsigned char *s, int c)
{
	while (*s && *s != (unsigned char)c)
		s++;
	return (char *)s;
}

/* n bytes of 'x' at p, with decoys all around, and 'y' at two places. */
static void one_search(unsigned char *p, size_t n, size_t first, size_t second)
{
	const char *s = (const char *)p;

	if (first < n)
		p[first] = 0xf9;
	if (second < n)
		p[second] = 0xf9;
	CHECK(px_memchr(p, 0xf9, n) == reference_memchr(p, 0xf9, n),
	      "n %zu first %zu", n, first);
	CHECK(px_memchr(p, 0x1f9, n) == reference_memchr(p, 0xf9, n),
	      "n %zu first %zu", n, first);
	CHECK(px_memrchr(p, 0xf9, n) == reference_memrchr(p, 0xf9, n),
	      "n %zu second %zu", n, second);
	CHECK(px_strchrnul(s, (char)0xf9) == reference_strchrnul(p, 0xf9),
	      "n %zu first %zu", n, first);
	CHECK(px_strchrnul(s, 0) == s + n, "n %zu", n);
	CHECK(px_strlen(s) == n, "n %zu", n);
	/* The byte right behind the end is one that is looked for. */
	CHECK(!px_memchr(p, 0, n), "n %zu", n);
	CHECK(!px_memrchr(p, 0, n), "n %zu", n);
	if (first < n) {
		/* As large an n as can be: stops at what it finds. */
		CHECK(px_memchr(p, 0xf9, SIZE_MAX) == p + first ||
			      second < first,
		      "n %zu first %zu", n, first);
		p[first] = 'x';
	}
	if (second < n)
		p[second] = 'x';
}

static void one_place(unsigned char *p, size_t n)
{
	/* Decoys that a search must not see: before, and behind the end. */
	for (size_t i = 1; i <= 70 && p - i >= edge_start; i++)
		p[-(ptrdiff_t)i] = i & 1 ? 0xf9 : 0;
	for (size_t i = 0; i < n; i++)
		p[i] = 'x';
	p[n] = 0;
	for (size_t i = n + 1; i < n + 70 && p + i < edge_end; i++)
		p[i] = i & 1 ? 0xf9 : 0;
	one_search(p, n, n, n);
	for (size_t i = 0; i < n; i += n < 100 ? 1 : 11)
		one_search(p, n, i, i + (n - i) / 2);
}

static size_t reference_strcspn(const char *s, const char *reject)
{
	size_t n = 0, i;

	for (; s[n]; n++)
		for (i = 0; reject[i]; i++)
			if (s[n] == reject[i])
				return n;
	return n;
}

static void test_strcspn(void)
{
	static const char *const sets[] = {
		"",	  "\xf9",    "\xf9q",	    "q\xf9", "qr\xf9",
		"q\xf9r", "\xf9qrs", "qrstuvw\xf9", "qrst",  "qrs"};
	const size_t count = sizeof(sets) / sizeof(sets[0]);

	for (size_t n = 0; n <= 100; n++)
		for (size_t at = 0; at < 17; at++)
			for (size_t k = 0; k < count * (n + 1); k++) {
				unsigned char *p = at < 16 ? edge_start + at
							   : edge_end - n - 1;
				size_t where = k / count;

				for (size_t i = 0; i < n; i++)
					p[i] = i % 3 ? 'x' : 0x80;
				p[n] = 0;
				if (where < n)
					p[where] = 0xf9;
				CHECK(px_strcspn((char *)p, sets[k % count]) ==
					      reference_strcspn(
						      (char *)p,
						      sets[k % count]),
				      "n %zu at %zu set %zu", n, at, k % count);
			}
}

void test_search(void)
{
	test_strcspn();
	for (size_t n = 0; n <= 300; n++) {
		for (size_t at = 0; at < 64; at++)
			one_place(edge_start + at, n);
		one_place(edge_end - n - 1, n);
		one_place(edge_start + 4096 - n / 2, n);
	}
	for (size_t n = 301; n < 4000; n += 173)
		one_place(edge_end - n - 1, n);
	/* The block just before the edge, without an end. */
	for (size_t n = 0; n <= 100; n++) {
		unsigned char *p = edge_end - n;

		for (size_t i = 0; i < n; i++)
			p[i] = 'x';
		CHECK(!px_memchr(p, 'q', n), "n %zu", n);
		CHECK(!px_memrchr(p, 'q', n), "n %zu", n);
		CHECK(!px_memrchr(edge_start, 0x77, n), "n %zu", n);
	}
}
