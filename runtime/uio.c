/* SPDX-License-Identifier: BSD-2-Clause */
/* uio.c: moving bytes between a buffer and a list of buffers (uaccess.h). */
#include <posixen/uaccess.h>
#include <posixen/lib.h>
#include <linux/uio.h>

static void advance(struct uio *u, size_t n)
{
	u->off += n;
	u->left -= n;
}

/* The next piece of the list, at most n bytes: its size, 0 at the end. */
static size_t piece(struct uio *u, char **p, size_t n)
{
	/* Empty entries are allowed and passed over. */
	while (u->nr && u->off == u->iov->iov_len) {
		u->iov++;
		u->nr--;
		u->off = 0;
	}
	if (!u->nr)
		return 0;
	*p = (char *)u->iov->iov_base + u->off;
	return MIN(MIN(n, u->left), u->iov->iov_len - u->off);
}

enum direction { LIST_TO_BUF, BUF_TO_LIST, ZERO_TO_LIST };

static size_t move_kernel(char *p, char *buf, size_t n, enum direction dir)
{
	if (dir == LIST_TO_BUF)
		memcpy(buf, p, n);
	else if (dir == BUF_TO_LIST)
		memcpy(p, buf, n);
	else
		memset(p, 0, n);
	return n;
}

static size_t move_user(char *p, char *buf, size_t n, enum direction dir)
{
	if (dir == LIST_TO_BUF)
		return copy_in_some(buf, p, n);
	if (dir == BUF_TO_LIST)
		return copy_out_some(p, buf, n);
	return clear_out_some(p, n);
}

static ssize_t move(char *buf, size_t n, struct uio *u, enum direction dir)
{
	size_t done = 0, len, moved;
	char *p;

	while (done < n && (len = piece(u, &p, n - done))) {
		moved = u->kernel ? move_kernel(p, buf, len, dir)
				  : move_user(p, buf, len, dir);
		if (buf)
			buf += moved;
		advance(u, moved);
		done += moved;
		if (moved < len)
			return done ? (ssize_t)done : -EFAULT;
	}
	return (ssize_t)done;
}

ssize_t uio_read(void *buf, size_t n, struct uio *u)
{
	return move(buf, n, u, LIST_TO_BUF);
}

ssize_t uio_write(const void *buf, size_t n, struct uio *u)
{
	return move((char *)buf, n, u, BUF_TO_LIST);
}

ssize_t uio_zero(size_t n, struct uio *u)
{
	return move(NULL, n, u, ZERO_TO_LIST);
}
