/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_object.c: which areas map a file. A filesystem knows its vnode only; a
 * small hash table finds the areas.
 */
#include "vm_impl.h"
#include <posixen/file.h>

#define BUCKETS 64u
static struct list bucket[BUCKETS];

const void *object_of(const struct file *f)
{
	return f->vnode ? (const void *)f->vnode : f;
}

static struct list *bucket_of(const void *object)
{
	struct list *l = &bucket[((uintptr_t)object >> 5) % BUCKETS];

	if (!l->next)
		list_init(l);
	return l;
}

void object_link(struct vm_area *a)
{
	if (a->file)
		list_push(bucket_of(object_of(a->file)), &a->object_link);
}

void object_unlink(struct vm_area *a)
{
	list_del(&a->object_link);
}

void vm_invalidate(const void *object, uint64_t first, uint64_t end)
{
	list_for_each (l, bucket_of(object)) {
		struct vm_area *a = list_entry(l, struct vm_area, object_link);
		uint64_t last = area_index(a, a->end);
		uint64_t from = MAX(first, a->pgoff), to = MIN(end, last);

		if (object_of(a->file) != object || from >= to)
			continue;
		area_zap(a, a->start + ((from - a->pgoff) << PAGE_SHIFT),
			 a->start + ((to - a->pgoff) << PAGE_SHIFT),
			 end != UINT64_MAX);
	}
}

bool vm_mapped_writable(const void *object)
{
	list_for_each (l, bucket_of(object)) {
		struct vm_area *a = list_entry(l, struct vm_area, object_link);
		const unsigned int both = VM_SHARED | VM_MAYWRITE;

		if (object_of(a->file) == object && (a->flags & both) == both)
			return true;
	}
	return false;
}
