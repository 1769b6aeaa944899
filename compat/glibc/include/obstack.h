/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Obstacks (GNU C library manual, 3.2.6): objects that grow at the end of a
 * stack of chunks. Only what is a function; the layout is glibc's, because
 * most of the interface is macros compiled into the program.
 */
#ifndef GLIBC_OBSTACK_H
#define GLIBC_OBSTACK_H

struct _obstack_chunk {
	char *limit; /* one past the chunk's end */
	struct _obstack_chunk *prev;
	char contents[4];
};

struct obstack {
	long chunk_size;
	struct _obstack_chunk *chunk;
	char *object_base; /* of the object that is growing */
	char *next_free;
	char *chunk_limit;
	void *temp; /* the macros' own */
	int alignment_mask;
	void *(*chunkfun)(void *arg, long size);
	void (*freefun)(void *arg, void *chunk);
	void *extra_arg;
	unsigned use_extra_arg : 1; /* whether the two take arg at all */
	unsigned maybe_empty_object : 1;
	unsigned alloc_failed : 1;
};

#endif
