/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs compute with: scanf() with GNU's lengths, strtol() of what is
 * no number, the numbers of a seed, the order of equal elements, sysconf() and
 * confstr() where the machine has no say, texts of signals.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#pragma GCC diagnostic ignored "-Wformat"

static void scanned(void)
{
	long long big = 0;
	size_t size = 0;
	long a = 0;
	int n, b = 0;
	char s[20] = "", t[20] = "";

	n = sscanf("77 78", "%qd %zu", &big, &size);
	printf("%d %lld %zu\n", n, big, size);
	n = sscanf("79,80", "%Ld,%Li", &big, &a);
	printf("%d %lld %ld\n", n, big, a);
	n = sscanf("81 82", "%'d %Id", &b, &n);
	printf("%d\n", b);
	n = sscanf("qZL'I]x", "%[qZ]%[]L'I]%c", s, t, t + 10);
	printf("%d %s %s %c\n", n, s, t, t[10]);
	n = swscanf(L"83 qq", L"%qx %2s", &big, s);
	printf("%d %llx %s\n", n, big, s);
	n = sscanf("5 6 7", "%*qd %2$ld %1$d", &b, &a);
	printf("%d %d %ld\n", n, b, a);
}

static void converted(void)
{
	static const char *const texts[] = {
		"zz", "", " -", "12x", "0x", "-5", "99999999999999999999"};
	char *end;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		errno = 0;
		printf("%ld", strtol(texts[i], &end, 10));
		printf(" %d [%s]", errno, end);
		errno = EDOM;
		printf(" %lu", strtoul(texts[i], &end, 0));
		printf(" %d [%s]", errno, end);
		errno = 0;
		printf(" %jd", strtoimax(texts[i], NULL, 16));
		printf(" %d\n", errno);
	}
	errno = 0;
	printf("%lld", strtoll("1", NULL, 1));
	printf(" %d\n", errno);
	errno = 0;
	printf("%ld", wcstol(L"none", NULL, 0));
	printf(" %d\n", errno);
}

static void random_numbers(void)
{
	static char state[64], other[32];
	unsigned seed = 5;

	printf("%d", rand());
	printf(" %ld\n", random());
	for (int i = 0; i < 5; i++) {
		srand(i);
		printf("%d", rand());
		printf(" %d", rand());
		srandom(i * 1000);
		printf(" %ld", random());
		printf(" %d\n", rand_r(&seed));
	}
	printf("%d", initstate(3, state, sizeof(state)) != NULL);
	printf(" %ld", random());
	printf(" %d", initstate(4, other, sizeof(other)) == state);
	printf(" %ld", random());
	printf(" %d", setstate(state) == other);
	printf(" %ld\n", random());
	srand48(9);
	printf("%ld\n", lrand48());
}

struct element {
	int key, place;
	char filling[12];
};

static int by_key(const void *a, const void *b)
{
	return ((const struct element *)a)->key -
	       ((const struct element *)b)->key;
}

static int by_key_r(const void *a, const void *b, void *calls)
{
	++*(int *)calls;
	return by_key(a, b);
}

static void sorted(void)
{
	static struct element all[500];
	static const int counts[] = {0, 1, 2, 3, 7, 100, 500};
	unsigned sum = 0;
	int calls = 0;

	for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]); c++) {
		for (int i = 0; i < counts[c]; i++)
			all[i] = (struct element){i * 7919 % 5, i, ""};
		if (c & 1)
			qsort(all, counts[c], sizeof(all[0]), by_key);
		else
			qsort_r(all, counts[c], sizeof(all[0]), by_key_r,
				&calls);
		for (int i = 0; i < counts[c]; i++)
			sum = sum * 31 + all[i].place;
		printf("%u\n", sum);
	}
	printf("%d\n", calls);
}

static void configured(void)
{
	static const int texts[] = {2,	  3,	1,    5,    1000,
				    1004, 1100, 1108, 1109, 1116,
				    1124, 1148, 1149, 77,   5000};
	/* Of all machines, from _SC_CHAR_BIT to _SC_NL_TEXTMAX. */
	char buf[40];

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		strcpy(buf, "-");
		errno = 0;
		printf("%d: %zu", texts[i],
		       confstr(texts[i], buf, sizeof(buf)));
		printf(" %d [%s]\n", errno, buf);
	}
	printf("%zu %s\n", confstr(_CS_GNU_LIBC_VERSION, buf, 6), buf);
	for (int i = _SC_CHAR_BIT; i <= _SC_NL_TEXTMAX; i++)
		printf("%ld ", sysconf(i));
	errno = 0;
	printf("%ld", sysconf(_SC_PII));
	printf(" %d", errno);
	printf(" %ld", sysconf(777));
	printf(" %d\n", errno);
}

static void named(void)
{
	char text[] = "ro,size=5,foo=1,,size", *at = text, *value;
	char *const words[] = {"ro", "size", NULL};

	while (*at) {
		int n = getsubopt(&at, words, &value);

		printf("%d %s\n", n, value ? value : "NULL");
	}
	printf("%s %s\n", strsignal(SIGRTMIN + 3), strsignal(SIGFPE));
	printf("%s\n", strsignal(99));
	for (const char *s = "\303\204b\377Z"; *s; s++)
		printf("%d %d ", tolower((unsigned char)*s), toupper(*s));
	puts("");
}

void test_numbers(void)
{
	scanned();
	converted();
	random_numbers();
	sorted();
	configured();
	named();
}
