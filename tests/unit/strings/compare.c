/* SPDX-License-Identifier: BSD-2-Clause */
/* memcmp, strcmp, strncmp against loops; only the sign is specified. */
#include "strings.h"

static int reference_memcmp(const unsigned char *a, const unsigned char *b,
			    size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b)
			return *a - *b;
	return 0;
}

static int reference_strncmp(const unsigned char *a, const unsigned char *b,
			     size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return *a - *b;
	return 0;
}

static void all_three(const unsigned char *a, const unsigned char *b, size_t n)
{
	const char *s = (const char *)a, *t = (const char *)b;

	CHECK(sign(px_memcmp(a, b, n)) == sign(reference_memcmp(a, b, n)),
	      "n %zu", n);
	CHECK(sign(px_strncmp(s, t, n)) == sign(reference_strncmp(a, b, n)),
	      "n %zu", n);
	/* Both end at n at the latest, whatever strncmp() is told. */
	CHECK(sign(px_strncmp(s, t, n + 40)) ==
		      sign(reference_strncmp(a, b, n + 1)),
	      "n %zu", n);
	CHECK(sign(px_strcmp(s, t)) == sign(reference_strncmp(a, b, n + 1)),
	      "n %zu", n);
}

/* Equal for n bytes and then ended; then changed at each place in turn. */
static void one_length(unsigned char *a, unsigned char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		a[i] = b[i] = (unsigned char)(next_random() % 255 + 1);
	a[n] = b[n] = 0;
	all_three(a, b, n);
	CHECK(px_strcmp((char *)a, (char *)b) == 0, "n %zu", n);
	CHECK(px_memcmp(a, b, n + 1) == 0, "n %zu", n);
	for (size_t i = 0; i < n; i += n < 80 ? 1 : 7) {
		unsigned char keep = a[i];

		/* Differs in the top bit: a signed comparison fails. */
		a[i] ^= 0x80;
		if (a[i])
			all_three(a, b, n);
		/* Ends early in one. */
		a[i] = 0;
		all_three(a, b, n);
		/* Ends early in both: what follows does not count. */
		if (i + 1 < n) {
			unsigned char keep_b = b[i];

			b[i] = 0;
			a[i + 1] ^= 1;
			all_three(a, b, n);
			a[i + 1] ^= 1;
			b[i] = keep_b;
		}
		a[i] = keep;
	}
}

void test_compare(void)
{
	for (size_t at = 0; at < 64; at++)
		for (size_t n = 0; n <= 300; n += n < 70 ? 1 : 13)
			for (size_t bt = n % 5; bt < 64; bt += 5)
				one_length(edge_start + at, edge2_start + bt,
					   n);
	/* Flush with the end of a page, the one, the other and both. */
	for (size_t n = 0; n <= 300; n++) {
		one_length(edge_end - n - 1, edge2_end - n - 1, n);
		one_length(edge_end - n - 1, edge2_start + n % 64, n);
		one_length(edge_start + n % 64, edge2_end - n - 1, n);
		/* Across the border of two pages that both exist. */
		one_length(edge_start + 4096 - n / 2, edge2_start + 4090, n);
	}
	/* Without an end: strncmp and memcmp may not look behind n. */
	for (size_t n = 0; n <= 300; n++) {
		unsigned char *a = edge_end - n, *b = edge2_end - n;

		for (size_t i = 0; i < n; i++)
			a[i] = b[i] = 'x';
		CHECK(px_strncmp((char *)a, (char *)b, n) == 0, "n %zu", n);
		CHECK(px_memcmp(a, b, n) == 0, "n %zu", n);
		/* n larger than what exists, but the strings end. */
		if (n) {
			a[n - 1] = b[n - 1] = 0;
			CHECK(px_strncmp((char *)a, (char *)b, (size_t)-1) == 0,
			      "n %zu", n);
		}
	}
}
