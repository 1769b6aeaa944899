/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions behind the macros of obstack.h. */
#include <obstack.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ALIGNMENT = 16, /* what malloc(3) gives */
	/* A page less what an allocator might keep beside a block. */
	CHUNK_SIZE = 4096 - 2 * ALIGNMENT,
	SLACK = 100, /* so that a growing object does not move each time */
};

int obstack_exit_failure = EXIT_FAILURE;

static void memory_exhausted(void)
{
	fprintf(stderr, "memory exhausted\n");
	exit(obstack_exit_failure);
}

/* The program may set another, which must not return either. */
void (*obstack_alloc_failed_handler)(void) = memory_exhausted;

static char *align(const struct obstack *h, char *p)
{
	uintptr_t mask = h->alignment_mask;

	return (char *)(((uintptr_t)p + mask) & ~mask);
}

static struct _obstack_chunk *get_chunk(struct obstack *h, long size)
{
	struct _obstack_chunk *chunk;

	if (h->use_extra_arg)
		chunk = h->chunkfun(h->extra_arg, size);
	else
		chunk = ((void *(*)(long))(void *)h->chunkfun)(size);
	if (!chunk) {
		obstack_alloc_failed_handler();
		abort();
	}
	chunk->limit = (char *)chunk + size;
	return chunk;
}

static void put_chunk(struct obstack *h, struct _obstack_chunk *chunk)
{
	if (h->use_extra_arg)
		h->freefun(h->extra_arg, chunk);
	else
		((void (*)(void *))(void *)h->freefun)(chunk);
}

static int begin(struct obstack *h, int size, int alignment)
{
	h->chunk_size = size ? size : CHUNK_SIZE;
	h->alignment_mask = (alignment ? alignment : ALIGNMENT) - 1;
	h->chunk = get_chunk(h, h->chunk_size);
	h->chunk->prev = NULL;
	h->chunk_limit = h->chunk->limit;
	h->object_base = align(h, h->chunk->contents);
	h->next_free = h->object_base;
	h->maybe_empty_object = 0;
	h->alloc_failed = 0;
	return 1;
}

int _obstack_begin(struct obstack *h, int size, int alignment,
		   void *(*get)(long), void (*put)(void *))
{
	h->chunkfun = (void *(*)(void *, long))(void *)get;
	h->freefun = (void (*)(void *, void *))(void *)put;
	h->use_extra_arg = 0;
	return begin(h, size, alignment);
}

int _obstack_begin_1(struct obstack *h, int size, int alignment,
		     void *(*get)(void *, long), void (*put)(void *, void *),
		     void *arg)
{
	h->chunkfun = get;
	h->freefun = put;
	h->extra_arg = arg;
	h->use_extra_arg = 1;
	return begin(h, size, alignment);
}

/* The growing object moves to a chunk that has room for length bytes more. */
void _obstack_newchunk(struct obstack *h, int length)
{
	struct _obstack_chunk *old = h->chunk, *chunk;
	size_t have = h->next_free - h->object_base;
	long size = have + length + have / 8 + h->alignment_mask + SLACK;
	char *base;

	if (size < h->chunk_size)
		size = h->chunk_size;
	chunk = get_chunk(h, size);
	base = align(h, chunk->contents);
	memcpy(base, h->object_base, have);
	chunk->prev = old;
	/* Was it all that the old chunk held? Nobody points into it then. */
	if (!h->maybe_empty_object &&
	    h->object_base == align(h, old->contents)) {
		chunk->prev = old->prev;
		put_chunk(h, old);
	}
	h->chunk = chunk;
	h->chunk_limit = chunk->limit;
	h->object_base = base;
	h->next_free = base + have;
	h->maybe_empty_object = 0;
}

/* An object may be empty and lie at the very end of its chunk. */
static int holds(const struct _obstack_chunk *chunk, const void *object)
{
	return (const void *)chunk < object &&
	       object <= (const void *)chunk->limit;
}

int _obstack_allocated_p(struct obstack *h, void *object)
{
	struct _obstack_chunk *chunk = h->chunk;

	while (chunk && !holds(chunk, object))
		chunk = chunk->prev;
	return chunk != NULL;
}

/* Free object and all that came after it; NULL: the whole obstack. */
void obstack_free(struct obstack *h, void *object)
{
	struct _obstack_chunk *chunk = h->chunk;

	while (chunk && !holds(chunk, object)) {
		struct _obstack_chunk *prev = chunk->prev;

		put_chunk(h, chunk);
		chunk = prev;
		/* What is now the last object may be one of no bytes. */
		h->maybe_empty_object = 1;
	}
	h->chunk = chunk;
	if (!chunk) {
		if (object)
			abort();
		return;
	}
	h->object_base = h->next_free = object;
	h->chunk_limit = chunk->limit;
}

void _obstack_free(struct obstack *h, void *object)
{
	obstack_free(h, object);
}

int _obstack_memory_used(struct obstack *h)
{
	int bytes = 0;

	for (struct _obstack_chunk *c = h->chunk; c; c = c->prev)
		bytes += c->limit - (char *)c;
	return bytes;
}
