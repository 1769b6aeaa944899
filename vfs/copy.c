/* SPDX-License-Identifier: BSD-2-Clause */
/* copy.c: see copy.h. */
#include <posixen/fs.h>
#include <posixen/mem.h>
#include <posixen/vm.h>
#include <linux/stat.h>
#include <linux/uio.h>
#include "copy.h"

#define BUF_MAX 65536u

/* A buffer of a size that pays for n bytes, or a small one if memory is short.
 */
static char *buffer(size_t n, size_t *size)
{
	char *buf;

	*size = MIN(PAGE_UP(n), BUF_MAX);
	buf = kmalloc(*size);
	if (!buf && *size > PAGE_SIZE) {
		*size = PAGE_SIZE;
		buf = kmalloc(*size);
	}
	return buf;
}

ssize_t copy_between(struct file *in, loff_t *from, struct file *out,
		     loff_t *to, size_t n)
{
	size_t size, done = 0;
	ssize_t got = 0, put = 0;
	char *buf;

	if (!n)
		return 0;
	buf = buffer(n, &size);
	if (!buf)
		return -ENOMEM;
	while (done < n) {
		loff_t at = *from;

		got = file_kread(in, buf, MIN(n - done, size), &at);
		if (got <= 0)
			break;
		put = file_kwrite(out, buf, got, to);
		if (put <= 0)
			break;
		done += put;
		*from += put;
		if (put < got)
			break;
	}
	kfree(buf);
	if (done)
		return done;
	return got < 0 ? got : put;
}

/* What one write is shown: 128 KB. */
#define BATCH 32

struct frames {
	struct iovec iov[BATCH];
	pfn_t pfn[BATCH]; /* PFN_NONE: zeroes */
	unsigned int nr;
	size_t bytes;
};

bool has_frames(const struct file *f)
{
	return f->vnode && S_ISREG(f->vnode->mode) && f->ops->vm &&
	       f->ops->vm->get_page;
}

int frame_of(struct file *f, uint64_t idx, pfn_t *pfn)
{
	return f->ops->vm->get_page(f, idx, false, pfn);
}

static void frames_put(struct frames *fr)
{
	for (unsigned int i = 0; i < fr->nr; i++)
		if (fr->pfn[i] != PFN_NONE)
			page_put(fr->pfn[i]);
}

/* At most n bytes of f from pos on; what was had before an error is kept. */
static int frames_get(struct frames *fr, struct file *f, loff_t pos, size_t n)
{
	static char zeroes[PAGE_SIZE]; /* never written */
	size_t off = (size_t)pos & (PAGE_SIZE - 1), len;
	int err = 0;

	fr->nr = 0;
	fr->bytes = 0;
	while (fr->nr < BATCH && fr->bytes < n) {
		pfn_t *pfn = &fr->pfn[fr->nr];
		char *at = zeroes;

		err = frame_of(f, (uint64_t)(pos + fr->bytes) >> PAGE_SHIFT,
			       pfn);
		if (err)
			break;
		if (*pfn != PFN_NONE)
			at = pfn_to_virt(*pfn);
		len = MIN(PAGE_SIZE - off, n - fr->bytes);
		fr->iov[fr->nr++] = (struct iovec){at + off, len};
		fr->bytes += len;
		off = 0;
	}
	return fr->nr ? 0 : err;
}

/* One batch: bytes that out took, or -errno. want: how many there are. */
static ssize_t send_batch(struct file *in, loff_t from, struct file *out,
			  size_t want, size_t *shown)
{
	struct frames fr;
	struct uio u;
	ssize_t put;
	int err = frames_get(&fr, in, from, want);

	if (err)
		return err;
	u = (struct uio){
		.iov = fr.iov,
		.nr = fr.nr,
		.left = fr.bytes,
		.kernel = true,
		.more = fr.bytes < want,
	};
	*shown = fr.bytes;
	put = out->ops->write(out, &u, NULL);
	frames_put(&fr);
	return put;
}

ssize_t send_frames(struct file *in, loff_t *from, struct file *out, size_t n)
{
	size_t done = 0, want, shown;
	ssize_t put = 0;

	if (in->ops->vm->mapped)
		in->ops->vm->mapped(in);
	/* The file may change its size while out waits. */
	while (done < n && (uint64_t)*from < in->vnode->size) {
		want = MIN(n - done, in->vnode->size - (uint64_t)*from);
		put = send_batch(in, *from, out, want, &shown);
		if (put <= 0)
			break;
		done += put;
		*from += put;
		if ((size_t)put < shown)
			break;
	}
	return done ? (ssize_t)done : put;
}

int offset_in(struct file *f, const long *uoff, loff_t *pos)
{
	long off = f->pos;

	if (uoff && copy_in_obj(&off, uoff))
		return -EFAULT;
	*pos = off;
	return 0;
}

int offset_out(struct file *f, long *uoff, loff_t pos)
{
	long off = pos;

	if (uoff)
		return copy_out_obj(uoff, &off);
	f->pos = pos;
	return 0;
}
