/* SPDX-License-Identifier: BSD-2-Clause */
/* iov.c: vectors of buffers as system calls pass them. */
#include <posixen/mem.h>
#include <linux/uio.h>
#include "internal.h"

/*
 * readv(2): -EINVAL for more than IOV_MAX buffers or a negative length, -EFAULT
 * for memory that a program cannot own; the total is capped, not refused.
 */
static int check(struct iovec *iov, size_t nr, size_t *total)
{
	*total = 0;
	for (size_t i = 0; i < nr; i++) {
		if ((ssize_t)iov[i].iov_len < 0)
			return -EINVAL;
		if (!user_half(iov[i].iov_base, iov[i].iov_len))
			return -EFAULT;
		if (iov[i].iov_len > MAX_RW_COUNT - *total)
			iov[i].iov_len = MAX_RW_COUNT - *total;
		*total += iov[i].iov_len;
	}
	return 0;
}

int iov_arg_get(struct iov_arg *a, const void *uiov, unsigned long nr)
{
	size_t total;
	int err;

	if (nr > UIO_MAXIOV)
		return -EINVAL;
	a->iov = (struct iovec *)a->fast;
	if (nr * sizeof(struct iovec) > sizeof(a->fast)) {
		a->iov = kmalloc(nr * sizeof(struct iovec));
		if (!a->iov)
			return -ENOMEM;
	}
	err = copy_in(a->iov, uiov, nr * sizeof(struct iovec));
	if (!err)
		err = check(a->iov, nr, &total);
	if (err) {
		iov_arg_put(a);
		return err;
	}
	a->uio = (struct uio){.iov = a->iov, .nr = nr, .left = total};
	return 0;
}

void iov_arg_put(struct iov_arg *a)
{
	if ((void *)a->iov != (void *)a->fast)
		kfree(a->iov);
	a->iov = NULL;
}
