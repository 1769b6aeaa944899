/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_area.c: the areas of an address space, in an AVL tree by address and in a
 * list in the same order.
 *
 * Each node knows the span of its subtree and the largest hole within it, so
 * that a place for a new mapping is found without visiting every area. A stack
 * that may grow counts as beginning VM_STACK_GAP lower: nothing is placed
 * there.
 */
#include "vm_impl.h"

static int height(const struct vm_area *n)
{
	return n ? n->height : 0;
}

static uintptr_t low_edge(const struct vm_area *a)
{
	return a->flags & VM_GROWSDOWN && a->start > VM_STACK_GAP
		       ? a->start - VM_STACK_GAP
		       : a->start;
}

static size_t hole(uintptr_t from, uintptr_t to)
{
	return to > from ? to - from : 0;
}

/* Compute what a node says of its subtree from its children. */
static void update(struct vm_area *n)
{
	const struct vm_area *l = n->left, *r = n->right;
	size_t gap = 0;

	n->height = 1 + MAX(height(l), height(r));
	n->sub_min = l ? l->sub_min : low_edge(n);
	n->sub_max = r ? r->sub_max : n->end;
	if (l)
		gap = MAX(l->sub_gap, hole(l->sub_max, low_edge(n)));
	if (r)
		gap = MAX(gap, MAX(r->sub_gap, hole(n->end, r->sub_min)));
	n->sub_gap = gap;
}

static struct vm_area *rotate_right(struct vm_area *n)
{
	struct vm_area *l = n->left;

	n->left = l->right;
	l->right = n;
	update(n);
	update(l);
	return l;
}

static struct vm_area *rotate_left(struct vm_area *n)
{
	struct vm_area *r = n->right;

	n->right = r->left;
	r->left = n;
	update(n);
	update(r);
	return r;
}

static struct vm_area *balance(struct vm_area *n)
{
	int tilt = height(n->left) - height(n->right);

	if (tilt > 1) {
		if (height(n->left->left) < height(n->left->right))
			n->left = rotate_left(n->left);
		return rotate_right(n);
	}
	if (tilt < -1) {
		if (height(n->right->right) < height(n->right->left))
			n->right = rotate_right(n->right);
		return rotate_left(n);
	}
	update(n);
	return n;
}

static struct vm_area *insert(struct vm_area *n, struct vm_area *a)
{
	if (!n) {
		update(a);
		return a;
	}
	if (a->start < n->start)
		n->left = insert(n->left, a);
	else
		n->right = insert(n->right, a);
	return balance(n);
}

static struct vm_area *take_lowest(struct vm_area *n, struct vm_area **lowest)
{
	if (!n->left) {
		*lowest = n;
		return n->right;
	}
	n->left = take_lowest(n->left, lowest);
	return balance(n);
}

static struct vm_area *remove(struct vm_area *n, struct vm_area *a)
{
	struct vm_area *next, *rest;

	if (n != a) {
		if (a->start < n->start)
			n->left = remove(n->left, a);
		else
			n->right = remove(n->right, a);
		return balance(n);
	}
	if (!n->right)
		return n->left;
	rest = take_lowest(n->right, &next);
	next->left = n->left;
	next->right = rest;
	return balance(next);
}

/* Bring the nodes on the way to a up to date. */
static void refresh(struct vm_area *n, const struct vm_area *a)
{
	if (n != a)
		refresh(a->start < n->start ? n->left : n->right, a);
	update(n);
}

struct vm_area *area_find(struct vm_space *vm, uintptr_t addr)
{
	struct vm_area *n = vm->root, *found = NULL;

	while (n) {
		if (n->end > addr) {
			found = n;
			n = n->left;
		} else {
			n = n->right;
		}
	}
	return found;
}

struct vm_area *area_at(struct vm_space *vm, uintptr_t addr)
{
	struct vm_area *a = area_find(vm, addr);

	return a && a->start <= addr ? a : NULL;
}

void area_insert(struct vm_space *vm, struct vm_area *a)
{
	struct vm_area *next = area_find(vm, a->start);

	a->left = a->right = NULL;
	list_append(next ? &next->link : &vm->areas, &a->link);
	vm->root = insert(vm->root, a);
	vm->nr_areas++;
}

void area_remove(struct vm_space *vm, struct vm_area *a)
{
	vm->root = remove(vm->root, a);
	list_del(&a->link);
	vm->nr_areas--;
}

void area_move_bounds(struct vm_area *a, uintptr_t start, uintptr_t end)
{
	a->start = start;
	a->end = end;
	refresh(a->vm->root, a);
}

/* No hole of len bytes in or beside this subtree, within [lo, hi)? */
static bool hopeless(const struct vm_area *n, uintptr_t lo, uintptr_t hi,
		     size_t len)
{
	return n->sub_gap < len && hole(lo, n->sub_min) < len &&
	       hole(n->sub_max, hi) < len;
}

static uintptr_t gap_down(const struct vm_area *n, uintptr_t lo, uintptr_t hi,
			  size_t len)
{
	uintptr_t at;

	if (hole(lo, hi) < len)
		return 0;
	if (!n)
		return hi - len;
	if (hopeless(n, lo, hi, len))
		return 0;
	at = gap_down(n->right, MAX(lo, n->end), hi, len);
	return at ? at : gap_down(n->left, lo, MIN(hi, low_edge(n)), len);
}

static uintptr_t gap_up(const struct vm_area *n, uintptr_t lo, uintptr_t hi,
			size_t len)
{
	uintptr_t at;

	if (hole(lo, hi) < len)
		return 0;
	if (!n)
		return lo;
	if (hopeless(n, lo, hi, len))
		return 0;
	at = gap_up(n->left, lo, MIN(hi, low_edge(n)), len);
	return at ? at : gap_up(n->right, MAX(lo, n->end), hi, len);
}

uintptr_t area_gap_down(struct vm_space *vm, uintptr_t lo, uintptr_t hi,
			size_t len)
{
	return gap_down(vm->root, lo, hi, len);
}

uintptr_t area_gap_up(struct vm_space *vm, uintptr_t lo, uintptr_t hi,
		      size_t len)
{
	return gap_up(vm->root, lo, hi, len);
}
