/* SPDX-License-Identifier: BSD-2-Clause */
/* argz_add(3), envz_add(3), names of numbers, strfromd(3), malloc's others. */
#define _GNU_SOURCE
#include "test.h"
#include <argz.h>
#include <envz.h>
#include <errno.h>
#include <malloc.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int(isinf)(double);
int(isnan)(double);
int isinff(float);
int isnanl(long double);
int finitel(long double);

static void show(const char *argz, size_t len)
{
	printf("  %zu:", len);
	for (size_t i = 0; i < len; i++)
		putchar(argz[i] ? argz[i] : '|');
	printf("\n");
}

static void vectors(void)
{
	char *words[] = {"one", "two", "three", NULL}, *out[8];
	char *a = NULL;
	size_t len = 0;
	unsigned count = 0;

	SHOW(argz_create(words, &a, &len));
	show(a, len);
	SHOW(argz_count(a, len));
	SHOW(argz_add(&a, &len, "four"));
	SHOW(argz_add_sep(&a, &len, "::x:yy::", ':'));
	show(a, len);
	SHOW(argz_append(&a, &len, "p\0q", 4));
	show(a, len);
	SHOW(argz_insert(&a, &len, a + 6, "zero"));
	show(a, len);
	SHOW(argz_insert(&a, &len, NULL, "end"));
	SHOW(argz_insert(&a, &len, a + len, "bad"));
	SHOW(argz_replace(&a, &len, "o", "00", &count));
	SHOW(count);
	show(a, len);
	argz_delete(&a, &len, argz_next(a, len, a));
	show(a, len);
	argz_extract(a, len, out);
	SHOW_STRING(out[2]);
	argz_stringify(a, len, ',');
	SHOW_STRING(a);
	free(a);
	SHOW(argz_create_sep("a b  c", ' ', &a, &len));
	show(a, len);
	argz_delete(&a, &len, a);
	argz_delete(&a, &len, a);
	argz_delete(&a, &len, a);
	SHOW(a == NULL);
}

static void environments(void)
{
	char *e = NULL, *more = NULL;
	size_t len = 0, more_len = 0;

	SHOW(envz_add(&e, &len, "PATH", "/bin"));
	SHOW(envz_add(&e, &len, "HOME", ""));
	SHOW(envz_add(&e, &len, "NULL", NULL));
	SHOW(envz_add(&e, &len, "PATH", "/usr/bin"));
	show(e, len);
	SHOW_STRING(envz_get(e, len, "PATH"));
	SHOW_STRING(envz_get(e, len, "NULL"));
	SHOW_STRING(envz_get(e, len, "PAT"));
	SHOW_STRING(envz_entry(e, len, "HOME"));
	envz_add(&more, &more_len, "HOME", "/root");
	envz_add(&more, &more_len, "NEW", "1");
	SHOW(envz_merge(&e, &len, more, more_len, 0));
	show(e, len);
	SHOW(envz_merge(&e, &len, more, more_len, 1));
	show(e, len);
	envz_strip(&e, &len);
	show(e, len);
	envz_remove(&e, &len, "NEW");
	show(e, len);
}

static void numbers(void)
{
	char text[64];

	for (int i = -1; i < 135; i++)
		SHOW_STRING(strerrorname_np(i));
	for (int i = -1; i < 33; i++)
		SHOW_STRING(sigabbrev_np(i));
	SHOW_STRING(strerrordesc_np(0));
	SHOW_STRING(strerrordesc_np(ENOENT));
	SHOW_STRING(strerrordesc_np(9999));
	SHOW_STRING(sigdescr_np(SIGTERM));
	SHOW_STRING(sigdescr_np(0));
	SHOW(strfromd(text, sizeof(text), "%.3f", 3.14159));
	SHOW_STRING(text);
	SHOW(strfromd(text, 4, "%e", 1234.5));
	SHOW_STRING(text);
	SHOW(strfromf(text, sizeof(text), "%.2g", 0.001f));
	SHOW_STRING(text);
	SHOW(strfroml(text, sizeof(text), "%.20G", 1.0L / 3));
	SHOW_STRING(text);
	SHOW(strfromd(text, sizeof(text), "%a", 1.5));
	SHOW_STRING(text);
	TRY(strfromd(text, sizeof(text), "%d", 1.0));
	TRY(strfromd(text, sizeof(text), "x%f", 1.0));
	SHOW((isinf)(-INFINITY));
	SHOW((isnan)(NAN) != 0);
	SHOW(isinff(1.0f));
	SHOW(isnanl(1.0L));
	SHOW(finitel(INFINITY));
	SHOW(finitel(0.0L) != 0);
}

static void memory(void)
{
	void *p = pvalloc(10);

	SHOW((long)p % 4096);
	free(p);
	SHOW(mallinfo2().arena > 0);
	SHOW(mallopt(M_MMAP_THRESHOLD, 1 << 20));
	SHOW(malloc_info(1, stdout));
	SHOW(malloc_trim(0) >= 0);
}

void test_lists(void)
{
	vectors();
	environments();
	numbers();
	memory();
}
