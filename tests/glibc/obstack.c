/* SPDX-License-Identifier: BSD-2-Clause */
/* Obstacks: which chunks are asked for, and what is in the objects. */
#define _GNU_SOURCE
#include "test.h"
#include <obstack.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *get(long size)
{
	printf("  get %ld\n", size);
	return malloc(size);
}

static void put(void *chunk)
{
	printf("  put\n");
	free(chunk);
}

static void *get_for(void *who, long size)
{
	printf("  %s gets %ld\n", (char *)who, size);
	return malloc(size);
}

static void put_for(void *who, void *chunk)
{
	printf("  %s puts\n", (char *)who);
	free(chunk);
}

#define obstack_chunk_alloc get
#define obstack_chunk_free  put

static void growing(void)
{
	struct obstack h;
	char *first, *second;

	SHOW(obstack_init(&h));
	SHOW(obstack_chunk_size(&h));
	SHOW(obstack_room(&h));
	first = obstack_copy0(&h, "first", 5);
	SHOW_STRING(first);
	for (int i = 0; i < 3000; i++)
		obstack_grow(&h, "0123456789", 10);
	SHOW(obstack_object_size(&h));
	obstack_1grow(&h, '\0');
	second = obstack_finish(&h);
	SHOW(strlen(second));
	SHOW((uintptr_t)second % 16);
	SHOW(obstack_memory_used(&h));
	obstack_blank(&h, 5000);
	SHOW(obstack_object_size(&h));
	obstack_finish(&h);
	obstack_free(&h, second);
	SHOW(obstack_memory_used(&h));
	SHOW_STRING(first);
	SHOW(obstack_printf(&h, "%s %d", "printed", 42));
	obstack_1grow(&h, '\0');
	SHOW_STRING((char *)obstack_finish(&h));
	obstack_free(&h, NULL);
}

static void special(void)
{
	struct obstack h;
	char *empty;

	obstack_begin(&h, 100);
	empty = obstack_alloc(&h, 0);
	obstack_alloc(&h, 500);
	obstack_alloc(&h, 50);
	obstack_free(&h, empty);
	obstack_ptr_grow(&h, &h);
	obstack_int_grow(&h, 7);
	SHOW(obstack_object_size(&h));
	obstack_free(&h, NULL);
	obstack_specify_allocation_with_arg(&h, 512, 64, get_for, put_for,
					    "ann");
	SHOW((uintptr_t)obstack_alloc(&h, 1) % 64);
	SHOW((uintptr_t)obstack_alloc(&h, 1) % 64);
	obstack_free(&h, NULL);
}

void test_obstack(void)
{
	growing();
	special();
	TRY(obstack_free(&(struct obstack){0}, "not there"));
}
