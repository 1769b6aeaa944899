/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs_size.c: what changes the extent of a file: truncate, fallocate, and
 * lseek's view of data and holes.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/vm.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <asm/signal.h>
#include "ramfs.h"

static uint64_t pages_of(uint64_t size)
{
	return (size >> PAGE_SHIFT) + !!(size & (PAGE_SIZE - 1));
}

int ramfs_truncate(struct vnode *v, uint64_t size)
{
	uint64_t old = v->size;

	if (size < old && (v->seals & F_SEAL_SHRINK))
		return -EPERM;
	if (size > old && (v->seals & F_SEAL_GROW))
		return -EPERM;
	v->size = size;
	if (size < old) {
		vm_invalidate(v, pages_of(size), UINT64_MAX);
		ramfs_zero_range(v, size, PAGE_UP(size));
	} else {
		ramfs_zero_range(v, old, MIN(size, PAGE_UP(old)));
	}
	/* Pages that fallocate put beyond the end go too, unless the file grows
	 * towards them. */
	if (size <= old)
		ramfs_free_pages(v, pages_of(size), UINT64_MAX);
	if (size != old)
		vnode_touch(v, ATTR_MTIME);
	return 0;
}

static int punch_hole(struct vnode *v, uint64_t off, uint64_t len)
{
	uint64_t end = off + len;
	uint64_t first = pages_of(off), last = end >> PAGE_SHIFT;

	if (v->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		return -EPERM;
	if (first > last) {
		ramfs_zero_range(v, off, end);
	} else {
		ramfs_zero_range(v, off, PAGE_UP(off));
		ramfs_zero_range(v, end & PAGE_MASK, end);
	}
	if (first < last) {
		vm_invalidate(v, first, last);
		ramfs_free_pages(v, first, last);
	}
	vnode_kill_priv(v);
	vnode_touch(v, ATTR_MTIME);
	return 0;
}

/* On failure the pages that nobody has written go again, which may be more than
 * this call made, as on Linux. */
static void unreserve(struct vnode *v, uint64_t first, uint64_t end)
{
	uint64_t idx;
	uint32_t word;

	while (page_index_next(&ramfs_file(v)->pages, first, &idx, &word) &&
	       idx < end) {
		if (word & PAGE_UNWRITTEN)
			ramfs_free_pages(v, idx, idx + 1);
		first = idx + 1;
	}
}

/* Make the absent pages of [first, end); all or none. */
static int reserve(struct vnode *v, uint64_t first, uint64_t end)
{
	struct page_index *pi = &ramfs_file(v)->pages;
	pfn_t pfn;

	/* What cannot fit must not be tried page by page. */
	if (end - first > v->super->max_pages)
		return -ENOSPC;
	for (uint64_t idx = first; idx < end; idx++) {
		int err;

		if (page_index_get(pi, idx))
			continue;
		err = ramfs_get_frame(v, idx, &pfn);
		if (err) {
			unreserve(v, first, idx);
			return err;
		}
		page_index_set(pi, idx, page_word(pfn) | PAGE_UNWRITTEN);
	}
	return 0;
}

/* fallocate(2) with the modes that tmpfs has. The caller has checked the range
 * and that the file is writable. */
int ramfs_fallocate(struct file *f, int mode, loff_t off, loff_t len)
{
	struct vnode *v = f->vnode;
	uint64_t end = (uint64_t)off + (uint64_t)len;
	int err;

	if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE))
		return -EOPNOTSUPP;
	if (mode & FALLOC_FL_PUNCH_HOLE)
		return punch_hole(v, (uint64_t)off, (uint64_t)len);
	if (!(mode & FALLOC_FL_KEEP_SIZE)) {
		err = vfs_newsize_ok(v, end);
		if (err)
			return err;
	}
	if ((v->seals & F_SEAL_GROW) && end > v->size)
		return -EPERM;
	err = reserve(v, (uint64_t)off >> PAGE_SHIFT, pages_of(end));
	if (err)
		return err;
	if (!(mode & FALLOC_FL_KEEP_SIZE) && end > v->size) {
		ramfs_zero_range(v, v->size, MIN(end, PAGE_UP(v->size)));
		v->size = end;
	}
	vnode_kill_priv(v);
	vnode_touch(v, ATTR_MTIME);
	return 0;
}

/* The first offset >= off of written data, or of a hole; the end of the file
 * is a hole. */
static loff_t seek_data(const struct vnode *v, uint64_t off)
{
	uint64_t idx = off >> PAGE_SHIFT;
	uint32_t word;

	while (page_index_next(&ramfs_file(v)->pages, idx, &idx, &word) &&
	       idx < pages_of(v->size)) {
		if (!(word & PAGE_UNWRITTEN))
			return (loff_t)MAX(off, idx << PAGE_SHIFT);
		idx++;
	}
	return -ENXIO;
}

static loff_t seek_hole(const struct vnode *v, uint64_t off)
{
	uint64_t idx = off >> PAGE_SHIFT;

	for (; idx < pages_of(v->size); idx++) {
		uint32_t word = page_index_get(&ramfs_file(v)->pages, idx);

		if (!word || (word & PAGE_UNWRITTEN))
			return (loff_t)MAX(off, idx << PAGE_SHIFT);
	}
	return (loff_t)v->size;
}

loff_t ramfs_llseek(struct file *f, loff_t off, int whence)
{
	struct vnode *v = f->vnode;

	if (whence != SEEK_DATA && whence != SEEK_HOLE)
		return plain_llseek(f, off, whence, (loff_t)v->size);
	if (off < 0 || (uint64_t)off >= v->size)
		return -ENXIO;
	off = whence == SEEK_DATA ? seek_data(v, (uint64_t)off)
				  : seek_hole(v, (uint64_t)off);
	if (off >= 0)
		f->pos = off;
	return off;
}
