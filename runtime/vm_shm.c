/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_shm.c: shared anonymous memory. As in Linux it is a file that has no name
 * and no descriptor, whose pages live as long as a mapping of it: so that all
 * else (mremap, MADV_DONTNEED, a fork to come) needs no case of its own.
 *
 * The frames stand in leaves of one page each, made when first needed. Its size
 * is fixed; what lies beyond raises SIGBUS.
 */
#include "vm_impl.h"
#include <posixen/file.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <linux/falloc.h>

#define PER_LEAF (PAGE_SIZE / sizeof(pfn_t))

struct shm {
	uint64_t pages;
	size_t present; /* of these */
	size_t nr_leaves;
	pfn_t *leaf[];
};

static uint64_t next_ino = 1;

static pfn_t *slot_of(struct shm *s, uint64_t idx, bool make)
{
	pfn_t **leaf = &s->leaf[idx / PER_LEAF];

	if (!*leaf && make) {
		*leaf = kmalloc(PAGE_SIZE);
		if (*leaf)
			memset(*leaf, 0xff, PAGE_SIZE); /* PFN_NONE */
	}
	return *leaf ? *leaf + idx % PER_LEAF : NULL;
}

static int shm_get_page(struct file *f, uint64_t idx, bool write, pfn_t *out)
{
	struct shm *s = f->priv;
	pfn_t *slot;

	if (idx >= s->pages)
		return -EIO;
	slot = slot_of(s, idx, write);
	if (!slot)
		return write ? -ENOMEM : 0;
	if (*slot == PFN_NONE && write) {
		*slot = page_zalloc(PAGE_ANON);
		s->present += *slot != PFN_NONE;
	}
	if (*slot == PFN_NONE)
		return write ? -ENOMEM : 0;
	page_get(*slot);
	*out = *slot;
	return 0;
}

static void free_pages(struct shm *s, uint64_t first, uint64_t end)
{
	for (; first < end; first++) {
		pfn_t *slot = slot_of(s, first, false);

		if (!slot) {
			first |= PER_LEAF - 1;
			continue;
		}
		if (*slot != PFN_NONE) {
			page_put(*slot);
			s->present--;
		}
		*slot = PFN_NONE;
	}
}

/* madvise(MADV_REMOVE) comes this way. */
static int shm_fallocate(struct file *f, int mode, loff_t off, loff_t len)
{
	struct shm *s = f->priv;
	uint64_t first = (uint64_t)off >> PAGE_SHIFT;
	uint64_t end = MIN(s->pages, (uint64_t)(off + len) >> PAGE_SHIFT);

	if (mode != (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE))
		return -EOPNOTSUPP;
	if (first < end) {
		vm_invalidate(object_of(f), first, end);
		free_pages(s, first, end);
	}
	return 0;
}

static void shm_release(struct file *f)
{
	struct shm *s = f->priv;

	free_pages(s, 0, s->pages);
	for (size_t i = 0; i < s->nr_leaves; i++)
		kfree(s->leaf[i]);
	kfree(s);
}

static const struct vm_object_ops shm_vm_ops = {
	.get_page = shm_get_page,
};

static const struct file_ops shm_ops = {
	.fallocate = shm_fallocate,
	.release = shm_release,
	.vm = &shm_vm_ops,
};

struct file *shm_create(size_t size)
{
	uint64_t pages = PAGE_UP(size) >> PAGE_SHIFT;
	size_t n = (pages + PER_LEAF - 1) / PER_LEAF;
	struct shm *s = kzalloc(sizeof(*s) + n * sizeof(s->leaf[0]));
	struct file *f;

	if (!s)
		return err_ptr(-ENOMEM);
	s->pages = pages;
	s->nr_leaves = n;
	f = file_alloc(&shm_ops, 2 /* O_RDWR */, s);
	if (!f) {
		kfree(s);
		return err_ptr(-ENOMEM);
	}
	f->anon_name = "/dev/zero (deleted)";
	f->anon_ino = next_ino++;
	return f;
}

size_t shm_present(const struct file *f)
{
	const struct shm *s = f->priv;

	return s->present;
}
