/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page_index.h: a sparse array of 32-bit words indexed by page number, for the
 * page cache of a file (vfs/page_index.c). 0 stands for "nothing here".
 *
 * A file of one page costs no node; otherwise a tree of 64-way nodes as high
 * as the largest index asks for. Never blocks.
 */
#ifndef VFS_PAGE_INDEX_H
#define VFS_PAGE_INDEX_H

#include <stdbool.h>
#include <stdint.h>

struct page_index {
	void *root;	 /* NULL, or a node of that height */
	uint32_t single; /* the word at index 0 while root is NULL */
	int height;	 /* 1: root is a leaf */
};

uint32_t page_index_get(const struct page_index *pi, uint64_t idx);
/* word must not be 0. -ENOMEM: nothing changed. */
int page_index_set(struct page_index *pi, uint64_t idx, uint32_t word);
/* Take a word out; 0 if there was none. Frees nodes that became empty. */
uint32_t page_index_remove(struct page_index *pi, uint64_t idx);
/* The first index >= idx that has a word: true and *found, *word. */
bool page_index_next(const struct page_index *pi, uint64_t idx, uint64_t *found,
		     uint32_t *word);

#endif
