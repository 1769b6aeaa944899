/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs_data.c: contents of regular files: read, write and what a mapping
 * needs. A page is one frame of PAGE_FILE, the same for read(2), write(2) and
 * every mapping, so all see one another's bytes at once.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/vm.h>
#include <asm/signal.h>
#include <linux/fs.h>
#include "ramfs.h"

static char *frame_at(uint32_t word)
{
	return pfn_to_virt(word_pfn(word));
}

/* A frame with undefined contents, counted, not yet part of a file. */
static int new_frame(struct super *s, pfn_t *out)
{
	if (!ramfs_take_page(s))
		return -ENOSPC;
	*out = page_alloc(PAGE_FILE, 0);
	if (*out != PFN_NONE)
		return 0;
	ramfs_give_pages(s, 1);
	return -ENOSPC;
}

static void drop_frame(struct super *s, pfn_t pfn)
{
	page_free(pfn, 0);
	ramfs_give_pages(s, 1);
}

/* Make pfn page idx, or drop it. */
static int add_frame(struct vnode *v, uint64_t idx, pfn_t pfn)
{
	if (page_index_set(&ramfs_file(v)->pages, idx, page_word(pfn))) {
		drop_frame(v->super, pfn);
		return -ENOSPC;
	}
	v->blocks += PAGE_SIZE / 512;
	return 0;
}

int ramfs_get_frame(struct vnode *v, uint64_t idx, pfn_t *out)
{
	struct ramfs_file *r = ramfs_file(v);
	uint32_t word = page_index_get(&r->pages, idx);
	int err;

	if (word) {
		*out = word_pfn(word);
		if (word & PAGE_UNWRITTEN)
			page_index_set(&r->pages, idx, page_word(*out));
		return 0;
	}
	err = new_frame(v->super, out);
	if (err)
		return err;
	memset(pfn_to_virt(*out), 0, PAGE_SIZE);
	return add_frame(v, idx, *out);
}

void ramfs_free_pages(struct vnode *v, uint64_t first, uint64_t end)
{
	struct page_index *pi = &ramfs_file(v)->pages;
	uint64_t idx;
	uint32_t word;

	while (page_index_next(pi, first, &idx, &word) && idx < end) {
		page_index_remove(pi, idx);
		page_put(word_pfn(word));
		v->blocks -= PAGE_SIZE / 512;
		ramfs_give_pages(v->super, 1);
		first = idx + 1;
	}
}

static ssize_t ramfs_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct vnode *v = f->vnode;
	uint64_t at = (uint64_t)*pos;
	ssize_t done = 0, n = 0;

	while (u->left && at < v->size) {
		size_t off = at & (PAGE_SIZE - 1);
		size_t want = MIN(PAGE_SIZE - off, v->size - at);
		uint32_t word =
			page_index_get(&ramfs_file(v)->pages, at >> PAGE_SHIFT);

		want = MIN(want, u->left);
		n = word ? uio_write(frame_at(word) + off, want, u)
			 : uio_zero(want, u);
		if (n <= 0)
			break;
		at += (size_t)n;
		done += n;
		if ((size_t)n < want)
			break;
	}
	*pos = (loff_t)at;
	if (done || n >= 0)
		file_accessed(f);
	return done ? done : n;
}

/*
 * Bytes into a page that is not there yet. It joins the file only once it is
 * filled. Reading the program's buffer may fault, and the buffer may be a
 * mapping of this very page: then the fault has put a page there meanwhile.
 */
static ssize_t write_new_page(struct vnode *v, uint64_t at, size_t want,
			      struct uio *u)
{
	size_t off = at & (PAGE_SIZE - 1);
	uint64_t idx = at >> PAGE_SHIFT;
	uint32_t word;
	pfn_t pfn;
	ssize_t n;
	char *p;
	int err = new_frame(v->super, &pfn);

	if (err)
		return err;
	p = pfn_to_virt(pfn);
	n = uio_read(p + off, want, u);
	word = page_index_get(&ramfs_file(v)->pages, idx);
	if (n <= 0 || word) {
		if (n > 0)
			memcpy(frame_at(word) + off, p + off, (size_t)n);
		drop_frame(v->super, pfn);
		return n;
	}
	memset(p, 0, off);
	memset(p + off + n, 0, PAGE_SIZE - off - (size_t)n);
	err = add_frame(v, idx, pfn);
	return err ? err : n;
}

static ssize_t write_page(struct vnode *v, uint64_t at, struct uio *u,
			  size_t limit)
{
	struct ramfs_file *r = ramfs_file(v);
	size_t off = at & (PAGE_SIZE - 1);
	size_t want = MIN(PAGE_SIZE - off, limit);
	uint32_t word = page_index_get(&r->pages, at >> PAGE_SHIFT);
	ssize_t n;

	if (v->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		return -EPERM;
	if ((v->seals & F_SEAL_GROW) && at + want > v->size)
		return -EPERM;
	if (!word)
		return write_new_page(v, at, want, u);
	n = uio_read(frame_at(word) + off, want, u);
	if (n > 0 && (word & PAGE_UNWRITTEN))
		page_index_set(&r->pages, at >> PAGE_SHIFT,
			       word & ~PAGE_UNWRITTEN);
	return n;
}

/* RLIMIT_FSIZE (getrlimit(2)) and the largest offset: bytes that may be
 * written at pos, or -EFBIG. */
static ssize_t size_limit(loff_t pos, size_t n)
{
	struct process *p = current_process();
	uint64_t limit = p ? p->rlim[RLIMIT_FSIZE].rlim_cur : RLIM_INFINITY;

	if (limit != RLIM_INFINITY) {
		if ((uint64_t)pos >= limit) {
			signal_send(p, current(), SIGXFSZ, NULL);
			return -EFBIG;
		}
		n = MIN(n, limit - (uint64_t)pos);
	}
	if (pos == LONG_MAX)
		return -EFBIG;
	return (ssize_t)MIN(n, (uint64_t)(LONG_MAX - pos));
}

static ssize_t ramfs_write(struct file *f, struct uio *u, loff_t *pos)
{
	struct vnode *v = f->vnode;
	uint64_t at = (uint64_t)*pos;
	ssize_t limit, n = 0;
	size_t left, done = 0;

	if (!u->left)
		return 0;
	if ((f->flags & O_APPEND) || (u->rwf & RWF_APPEND))
		at = v->size;
	limit = size_limit((loff_t)at, u->left);
	if (limit < 0)
		return limit;
	/* A mapping may have left bytes after the end in its last page. */
	if (at > v->size)
		ramfs_zero_range(v, v->size, MIN(at, PAGE_UP(v->size)));
	vnode_kill_priv(v);
	vnode_touch(v, ATTR_MTIME);
	for (left = (size_t)limit; left; left -= (size_t)n) {
		size_t want = MIN(PAGE_SIZE - (at & (PAGE_SIZE - 1)), left);

		n = write_page(v, at, u, left);
		if (n <= 0)
			break;
		at += (size_t)n;
		done += (size_t)n;
		if (at > v->size)
			v->size = at;
		if ((size_t)n < want)
			break;
	}
	*pos = (loff_t)at;
	return done ? (ssize_t)done : n;
}

/* Overwrite bytes [from, to) of one page that may be there. */
void ramfs_zero_range(struct vnode *v, uint64_t from, uint64_t to)
{
	uint32_t word =
		page_index_get(&ramfs_file(v)->pages, from >> PAGE_SHIFT);

	if (from < to && word)
		memset(frame_at(word) + (from & (PAGE_SIZE - 1)), 0, to - from);
}

static int ramfs_get_page(struct file *f, uint64_t idx, bool write, pfn_t *out)
{
	struct vnode *v = f->vnode;
	int err;

	if (idx >= PAGE_UP(v->size) >> PAGE_SHIFT)
		return -EIO;
	/* Who only looks (mincore, a private copy) does not fill a hole. A
	 * touch does, even for reading, and asks again with write set: a
	 * mapping of zeroes would not see a later write(2). */
	*out = PFN_NONE;
	if (!write && !page_index_get(&ramfs_file(v)->pages, idx))
		return 0;
	err = ramfs_get_frame(v, idx, out);
	/* Nobody can be told of a failure but by a signal: once more. */
	if (err)
		err = ramfs_get_frame(v, idx, out);
	if (!err)
		page_get(*out);
	return err;
}

static void ramfs_page_mkwrite(struct file *f, uint64_t idx)
{
	vnode_touch(f->vnode, ATTR_MTIME);
}

static const struct vm_object_ops ramfs_vm_ops = {
	.get_page = ramfs_get_page,
	.page_mkwrite = ramfs_page_mkwrite,
	.mapped = file_accessed,
};

static int ramfs_fsync(struct file *f, bool data_only)
{
	return 0;
}

const struct file_ops ramfs_reg_file_ops = {
	.read = ramfs_read,
	.write = ramfs_write,
	.llseek = ramfs_llseek,
	.fsync = ramfs_fsync,
	.fallocate = ramfs_fallocate,
	.vm = &ramfs_vm_ops,
};
