/* SPDX-License-Identifier: BSD-2-Clause */
/* copy.c: see copy.h. */
#include <posixen/mem.h>
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
