/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * message.c: struct msghdr between the program and the families, and the
 * ancillary data in it (cmsg(3)).
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <linux/uio.h>
#include "core.h"

/* What ancillary data may be in one message (net.core.optmem_max). */
#define CONTROL_MAX 131072

#define CMSG_ALIGN(n) ALIGN_UP((n), sizeof(size_t))

static int check_vector(struct message_arg *a, size_t nr)
{
	size_t total = 0;

	for (size_t i = 0; i < nr; i++) {
		struct iovec *v = &a->iov[i];

		if ((ssize_t)v->iov_len < 0)
			return -EINVAL;
		if (!user_half(v->iov_base, v->iov_len))
			return -EFAULT;
		if (v->iov_len > MAX_RW_COUNT - total)
			v->iov_len = MAX_RW_COUNT - total;
		total += v->iov_len;
	}
	a->uio = (struct uio){.iov = a->iov, .nr = nr, .left = total};
	return 0;
}

static int get_vector(struct message_arg *a)
{
	size_t nr = a->hdr.iov_len, size = nr * sizeof(struct iovec);

	if (nr > UIO_MAXIOV)
		return -EMSGSIZE;
	if (size > sizeof(a->fast_iov)) {
		a->iov = kmalloc(size);
		if (!a->iov)
			return -ENOMEM;
	}
	if (copy_in(a->iov, a->hdr.iov, size))
		return -EFAULT;
	return check_vector(a, nr);
}

/* The header and the vector; message_put() also after an error. */
int message_get(struct message_arg *a, const struct user_msghdr *u)
{
	a->iov = (struct iovec *)a->fast_iov;
	a->control_in = NULL;
	a->m = (struct message){.uio = &a->uio};
	if (copy_in_obj(&a->hdr, u))
		return -EFAULT;
	if (!a->hdr.name)
		a->hdr.name_len = 0;
	if (a->hdr.name_len < 0)
		return -EINVAL;
	return get_vector(a);
}

void message_put(struct message_arg *a)
{
	if ((void *)a->iov != (void *)a->fast_iov)
		kfree(a->iov);
	if (a->control_in != a->fast_control)
		kfree(a->control_in);
}

int message_get_name(struct message_arg *a)
{
	/* More than the longest name is cut here, not refused. */
	a->m.name_len =
		MIN((size_t)a->hdr.name_len, sizeof(struct sockaddr_storage_k));
	if (!a->m.name_len)
		return 0;
	return copy_in(&a->m.name, a->hdr.name, a->m.name_len);
}

int message_get_control(struct message_arg *a)
{
	size_t n = a->hdr.control_len;

	if (n > CONTROL_MAX)
		return -ENOBUFS;
	if (!n)
		return 0;
	a->control_in =
		n <= sizeof(a->fast_control) ? a->fast_control : kmalloc(n);
	if (!a->control_in)
		return -ENOBUFS;
	if (copy_in(a->control_in, a->hdr.control, n))
		return -EFAULT;
	a->m.control = a->control_in;
	a->m.control_len = n;
	return 0;
}

bool control_next(const struct message *m, size_t *pos, int *level, int *type,
		  const void **data, size_t *len, int *err)
{
	const char *base = m->control;
	struct cmsghdr h;

	*err = 0;
	if (*pos > m->control_len || m->control_len - *pos < sizeof(h))
		return false;
	memcpy(&h, base + *pos, sizeof(h));
	if (h.len < sizeof(h) || h.len > m->control_len - *pos) {
		*err = -EINVAL;
		return false;
	}
	*level = h.level;
	*type = h.type;
	*data = base + *pos + sizeof(h);
	*len = h.len - sizeof(h);
	*pos += CMSG_ALIGN(h.len);
	return true;
}

ssize_t control_put(struct message *m, int level, int type, const void *data,
		    size_t len)
{
	struct control_out *c = m->control_out;
	struct cmsghdr h = {sizeof(h) + len, level, type};
	size_t left = c ? c->room - c->used : 0;

	if (left < sizeof(h)) {
		m->out_flags |= MSG_CTRUNC;
		return 0;
	}
	if (left < h.len) {
		m->out_flags |= MSG_CTRUNC;
		h.len = left;
	}
	if (copy_out_obj((struct cmsghdr *)((char *)c->ubuf + c->used), &h) ||
	    copy_out((char *)c->ubuf + c->used + sizeof(h), data,
		     h.len - sizeof(h)))
		return -EFAULT;
	c->used += MIN(CMSG_ALIGN(sizeof(h) + len), left);
	return h.len - sizeof(h);
}
