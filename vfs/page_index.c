/* SPDX-License-Identifier: BSD-2-Clause */
/* page_index.c: see page_index.h. */
#include <posixen/mem.h>
#include "page_index.h"

#define WAY_BITS 6
#define WAYS	 (1 << WAY_BITS)
/* 9 * 6 bits cover every page number of a 63-bit offset. */
#define MAX_HEIGHT 9

struct leaf {
	uint32_t count;
	uint32_t word[WAYS];
};

struct inner {
	uint32_t count;
	void *child[WAYS];
};

static unsigned int way(uint64_t idx, int height)
{
	return idx >> ((height - 1) * WAY_BITS) & (WAYS - 1);
}

/* True if idx can be reached by a tree of that height. */
static bool covers(int height, uint64_t idx)
{
	return height &&
	       (height >= MAX_HEIGHT || !(idx >> (height * WAY_BITS)));
}

uint32_t page_index_get(const struct page_index *pi, uint64_t idx)
{
	const void *n = pi->root;

	if (!n)
		return idx ? 0 : pi->single;
	if (!covers(pi->height, idx))
		return 0;
	for (int h = pi->height; h > 1; h--) {
		n = ((const struct inner *)n)->child[way(idx, h)];
		if (!n)
			return 0;
	}
	return ((const struct leaf *)n)->word[way(idx, 1)];
}

static void *new_node(int height)
{
	return kzalloc(height == 1 ? sizeof(struct leaf)
				   : sizeof(struct inner));
}

static int height_for(uint64_t idx)
{
	int h = 1;

	while (!covers(h, idx))
		h++;
	return h;
}

/* Put nodes on top until idx is covered. What was added stays if a later
 * allocation fails: it is a valid tree. An empty tree just gets its height. */
static int grow(struct page_index *pi, uint64_t idx)
{
	if (!pi->root && pi->single) {
		struct leaf *l = new_node(1);

		if (!l)
			return -ENOMEM;
		l->word[0] = pi->single;
		l->count = 1;
		pi->single = 0;
		pi->root = l;
		pi->height = 1;
	}
	if (!pi->root)
		pi->height = height_for(idx);
	while (!covers(pi->height, idx)) {
		struct inner *n = new_node(pi->height + 1);

		if (!n)
			return -ENOMEM;
		n->child[0] = pi->root;
		n->count = 1;
		pi->root = n;
		pi->height++;
	}
	return 0;
}

/* Nodes made on the way down are undone if a deeper one cannot be had. */
static int set_below(void **link, int height, uint64_t idx, uint32_t word)
{
	struct inner *n;
	int err;
	bool fresh = !*link;

	if (fresh)
		*link = new_node(height);
	if (!*link)
		return -ENOMEM;
	if (height == 1) {
		struct leaf *l = *link;

		l->count += !l->word[way(idx, 1)];
		l->word[way(idx, 1)] = word;
		return 0;
	}
	n = *link;
	n->count += !n->child[way(idx, height)];
	err = set_below(&n->child[way(idx, height)], height - 1, idx, word);
	if (err) {
		n->count -= !n->child[way(idx, height)];
		if (!n->count && fresh) {
			kfree(n);
			*link = NULL;
		}
	}
	return err;
}

int page_index_set(struct page_index *pi, uint64_t idx, uint32_t word)
{
	int err;

	if (!idx && !pi->root) {
		pi->single = word;
		return 0;
	}
	err = grow(pi, idx);
	if (!err)
		err = set_below(&pi->root, pi->height, idx, word);
	if (!pi->root)
		pi->height = 0;
	return err;
}

static uint32_t remove_below(void **link, int height, uint64_t idx)
{
	struct inner *n = *link;
	uint32_t word;

	if (!n)
		return 0;
	if (height == 1) {
		struct leaf *l = *link;

		word = l->word[way(idx, 1)];
		l->word[way(idx, 1)] = 0;
		l->count -= word != 0;
		if (!l->count) {
			kfree(l);
			*link = NULL;
		}
		return word;
	}
	word = remove_below(&n->child[way(idx, height)], height - 1, idx);
	if (word && !n->child[way(idx, height)] && !--n->count) {
		kfree(n);
		*link = NULL;
	}
	return word;
}

uint32_t page_index_remove(struct page_index *pi, uint64_t idx)
{
	uint32_t word;

	if (!pi->root) {
		word = idx ? 0 : pi->single;
		if (word)
			pi->single = 0;
		return word;
	}
	if (!covers(pi->height, idx))
		return 0;
	word = remove_below(&pi->root, pi->height, idx);
	if (!pi->root)
		pi->height = 0;
	return word;
}

static bool next_in_leaf(const struct leaf *l, uint64_t base, unsigned int i,
			 uint64_t *found, uint32_t *word)
{
	for (; i < WAYS; i++) {
		if (!l->word[i])
			continue;
		*found = base + i;
		*word = l->word[i];
		return true;
	}
	return false;
}

/* In the subtree whose first index is base. */
static bool next_below(const void *node, int height, uint64_t base,
		       uint64_t idx, uint64_t *found, uint32_t *word)
{
	unsigned int shift = (height - 1) * WAY_BITS;
	unsigned int i = idx > base ? (idx - base) >> shift : 0;
	const struct inner *n = node;

	if (height == 1)
		return next_in_leaf(node, base, i, found, word);
	for (; i < WAYS; i++)
		if (n->child[i] &&
		    next_below(n->child[i], height - 1,
			       base + ((uint64_t)i << shift), idx, found, word))
			return true;
	return false;
}

bool page_index_next(const struct page_index *pi, uint64_t idx, uint64_t *found,
		     uint32_t *word)
{
	if (!pi->root) {
		*found = 0;
		*word = pi->single;
		return !idx && pi->single;
	}
	return covers(pi->height, idx) &&
	       next_below(pi->root, pi->height, 0, idx, found, word);
}
