/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ranges of vfs/lock_range.c beside a model that has, for each owner, one
 * cell per byte: random requests, then the same question asked of both. Each
 * allocation is made to fail now and then: nothing may change, nothing leak.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include "unit.h"
#define loff_t runtime_loff_t
#include "../../vfs/lock_range.h"

#define BYTES  48
#define OWNERS 3

static long in_use;
static int fail_at = -1;

void *kmalloc(size_t n)
{
	if (fail_at >= 0 && fail_at-- == 0)
		return NULL;
	in_use++;
	return malloc(n);
}

void kfree(void *p)
{
	in_use -= p != NULL;
	free(p);
}

static struct list locks;
static short model[OWNERS][BYTES + 1]; /* the last cell: all bytes behind */
static int owner_of[OWNERS];
static unsigned int seed = 1;

static unsigned int any(unsigned int below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

static struct lock request(int owner, short type, int start, int end)
{
	return (struct lock){
		.start = start,
		.end = end >= BYTES ? LOCK_END : end,
		.kind = owner ? LOCK_OFD : LOCK_POSIX,
		.type = type,
		.owner = &owner_of[owner],
		.pid = owner,
	};
}

static bool model_conflict(int owner, short type, int start, int end)
{
	for (int o = 0; o < OWNERS; o++)
		for (int i = start; i <= end && o != owner; i++)
			if (model[o][i] == F_WRLCK ||
			    (model[o][i] == F_RDLCK && type == F_WRLCK))
				return true;
	return false;
}

/* The list says the same as the cells, in as few pieces as can be. */
static bool same_as_model(void)
{
	short seen[OWNERS][BYTES + 1];
	int pieces = 0, want = 0;

	for (int o = 0; o < OWNERS; o++)
		for (int i = 0; i <= BYTES; i++)
			seen[o][i] = F_UNLCK;
	list_for_each (pos, &locks) {
		struct lock *l = list_entry(pos, struct lock, link);
		int o = (int *)l->owner - owner_of;

		pieces++;
		if (l->start > l->end)
			return false;
		for (int64_t i = l->start; i <= BYTES; i++) {
			if (i > l->end)
				break;
			if (seen[o][i] != F_UNLCK)
				return false; /* they overlap */
			seen[o][i] = l->type;
		}
	}
	for (int o = 0; o < OWNERS; o++)
		for (int i = 0; i <= BYTES; i++)
			want += model[o][i] != F_UNLCK &&
				(!i || model[o][i - 1] != model[o][i]);
	return !memcmp(seen, model, sizeof(model)) && pieces == want;
}

static void step(void)
{
	static const short types[] = {F_RDLCK, F_WRLCK, F_UNLCK, F_UNLCK};
	int owner = any(OWNERS), start = any(BYTES), end;
	short type = types[any(4)];
	struct lock req;
	bool changed;
	int err;

	end = any(6) ? start + (int)any(BYTES - start) : BYTES;
	req = request(owner, type, start, end);
	if (type != F_UNLCK) {
		bool conflict = model_conflict(owner, type, start, end);

		CHECK((lock_conflict(&locks, &req) != NULL) == conflict);
		if (conflict)
			return;
	}
	fail_at = any(10) ? -1 : (int)any(2);
	err = lock_apply(&locks, &req, &changed);
	if (fail_at == -1 && err == 0)
		for (int i = start; i <= end; i++)
			model[owner][i] = type;
	else
		CHECK(err == -ENOLCK);
	fail_at = -1;
	CHECK(same_as_model());
}

int main(void)
{
	list_init(&locks);
	for (int o = 0; o < OWNERS; o++)
		for (int i = 0; i <= BYTES; i++)
			model[o][i] = F_UNLCK;
	for (int i = 0; i < 20000; i++)
		step();
	for (int o = 0; o < OWNERS; o++)
		lock_remove_owner(&locks, o ? LOCK_OFD : LOCK_POSIX,
				  &owner_of[o]);
	CHECK(list_empty(&locks));
	CHECK(in_use == 0);
	return unit_done();
}
