/* SPDX-License-Identifier: BSD-2-Clause */
/* send_calls.c: sendto(2), sendmsg(2), sendmmsg(2). */
#include <posixen/syscalls.h>
#include <linux/uio.h>
#include "core.h"

long sys_sendto(px_fd fd, px_buf_in buf, px_size n, px_msgflags flags,
		px_sockaddr_in uname, px_socklen len)
{
	struct iovec iov = {(void *)buf, MIN(n, MAX_RW_COUNT)};
	struct uio u = {.iov = &iov, .nr = 1, .left = iov.iov_len};
	struct message m;
	struct socket *s;
	struct file *f;
	ssize_t ret = 0;

	if (!user_half(buf, iov.iov_len))
		return -EFAULT;
	f = socket_get(fd, &s);
	if (is_err(f))
		return ptr_err(f);
	/* Not the name, which is long and most often not there. */
	m.uio = &u;
	m.name_len = 0;
	m.control = NULL;
	m.control_len = 0;
	m.control_out = NULL;
	m.flags = flags;
	m.out_flags = 0;
	if (uname) {
		ret = name_in(&m.name, uname, (int)len);
		m.name_len = len;
	}
	if (!ret)
		ret = socket_send(s, &m);
	file_put(f);
	return ret;
}

static ssize_t send_one(struct socket *s, const struct user_msghdr *u,
			unsigned int flags, size_t *unsent)
{
	struct message_arg a;
	ssize_t ret = message_get(&a, u);

	if (!ret)
		ret = message_get_name(&a);
	if (!ret)
		ret = message_get_control(&a);
	if (!ret) {
		a.m.flags = flags;
		ret = socket_send(s, &a.m);
		*unsent = a.uio.left;
	}
	message_put(&a);
	return ret;
}

long sys_sendmsg(px_fd fd, px_msghdr_in msg, px_msgflags flags)
{
	struct socket *s;
	struct file *f;
	size_t unsent;
	ssize_t ret;

	if (flags & MSG_CMSG_COMPAT)
		return -EINVAL;
	f = socket_get(fd, &s);
	if (is_err(f))
		return ptr_err(f);
	ret = send_one(s, msg, flags, &unsent);
	file_put(f);
	return ret;
}

/* The error that ends a call which sent something is not told. */
long sys_sendmmsg(px_fd fd, px_ptr vec, px_uint nr, px_msgflags flags)
{
	struct user_mmsghdr *v = vec;
	unsigned int done = 0, len;
	struct socket *s;
	struct file *f;
	size_t unsent;
	ssize_t ret = 0;

	if (flags & MSG_CMSG_COMPAT)
		return -EINVAL;
	f = socket_get(fd, &s);
	if (is_err(f))
		return ptr_err(f);
	nr = MIN(nr, (unsigned int)UIO_MAXIOV);
	while (done < nr) {
		ret = send_one(s, &v[done].hdr, flags, &unsent);
		if (ret < 0)
			break;
		len = ret;
		ret = copy_out_obj(&v[done].len, &len);
		if (ret)
			break;
		done++;
		if (unsent)
			break;
	}
	file_put(f);
	return done ? (long)done : ret;
}
