/* SPDX-License-Identifier: BSD-2-Clause */
/* recv_calls.c: recvfrom(2), recvmsg(2), recvmmsg(2). */
#include <posixen/ktime.h>
#include <posixen/platform.h>
#include <posixen/syscalls.h>
#include <linux/uio.h>
#include "core.h"

long sys_recvfrom(px_fd fd, px_buf_out buf, px_size n, px_msgflags flags,
		  px_sockaddr_out uname, px_socklen_io ulen)
{
	struct iovec iov = {buf, MIN(n, MAX_RW_COUNT)};
	struct uio u = {.iov = &iov, .nr = 1, .left = iov.iov_len};
	struct message m;
	struct socket *s;
	struct file *f;
	ssize_t ret;
	int err;

	if (!user_half(buf, iov.iov_len))
		return -EFAULT;
	f = socket_get(fd, &s);
	if (is_err(f))
		return ptr_err(f);
	/* Not the name, which is long and most often not asked for. */
	m.uio = &u;
	m.control = NULL;
	m.control_len = 0;
	m.control_out = NULL;
	m.flags = flags;
	m.out_flags = 0;
	ret = socket_recv(s, &m);
	if (ret >= 0 && uname) {
		err = name_out(&m.name, (int)m.name_len, uname, (int *)ulen);
		if (err)
			ret = err;
	}
	file_put(f);
	return ret;
}

/* What recvmsg(2) changes in the program's header. */
static int put_header(struct message_arg *a, struct user_msghdr *u)
{
	unsigned int out = a->m.out_flags | (a->m.flags & MSG_CMSG_CLOEXEC);
	size_t used = a->control.used;
	int err = 0;

	if (a->hdr.name)
		err = name_out(&a->m.name, (int)a->m.name_len, a->hdr.name,
			       &u->name_len);
	if (!err)
		err = copy_out_obj(&u->flags, &out);
	return err ? err : copy_out_obj(&u->control_len, &used);
}

static ssize_t recv_one(struct socket *s, struct user_msghdr *u,
			unsigned int flags, unsigned int *out_flags)
{
	struct message_arg a;
	ssize_t ret = message_get(&a, u);
	int err;

	if (!ret) {
		a.control = (struct control_out){
			.ubuf = a.hdr.control,
			.room = a.hdr.control ? a.hdr.control_len : 0,
		};
		a.m.control_out = &a.control;
		a.m.flags = flags;
		ret = socket_recv(s, &a.m);
		if (ret >= 0) {
			*out_flags = a.m.out_flags;
			err = put_header(&a, u);
			if (err)
				ret = err;
		}
	}
	message_put(&a);
	return ret;
}

long sys_recvmsg(px_fd fd, px_msghdr_out msg, px_msgflags flags)
{
	unsigned int out_flags;
	struct socket *s;
	struct file *f;
	ssize_t ret;

	if (flags & MSG_CMSG_COMPAT)
		return -EINVAL;
	f = socket_get(fd, &s);
	if (is_err(f))
		return ptr_err(f);
	ret = recv_one(s, msg, flags, &out_flags);
	file_put(f);
	return ret;
}

/*
 * The time-out is looked at after each message only, and MSG_WAITFORONE makes
 * the first message the only one that is waited for (recvmmsg(2)). An error
 * after that is kept for the next call.
 */
static long recv_many(struct socket *s, struct user_mmsghdr *v, unsigned int nr,
		      unsigned int flags, uint64_t deadline)
{
	unsigned int done = 0, len, out_flags = 0;
	ssize_t ret = 0;

	if (!(flags & MSG_ERRQUEUE) && s->error)
		return socket_take_error(s);
	while (done < nr) {
		ret = recv_one(s, &v[done].hdr, flags & ~MSG_WAITFORONE,
			       &out_flags);
		if (ret < 0)
			break;
		len = ret;
		ret = copy_out_obj(&v[done].len, &len);
		if (ret)
			break;
		done++;
		if (flags & MSG_WAITFORONE)
			flags |= MSG_DONTWAIT;
		if (deadline != WAIT_FOREVER && plat_monotonic_ns() >= deadline)
			break;
		if (out_flags & MSG_OOB)
			break;
	}
	if (ret < 0 && !done)
		return ret;
	/* A call that is begun again is not an error to keep. */
	if (ret < 0 && ret != -EAGAIN && ret != -ERESTARTSYS && ret != -EINTR)
		s->error = -ret;
	return done;
}

long sys_recvmmsg(px_fd fd, px_ptr vec, px_uint nr, px_msgflags flags,
		  px_timespec_io utimeout)
{
	uint64_t deadline, now;
	struct socket *s;
	struct file *f;
	long ret;
	int err;

	if (flags & MSG_CMSG_COMPAT)
		return -EINVAL;
	err = timeout_in(utimeout, &deadline);
	if (err)
		return err;
	f = socket_get(fd, &s);
	if (is_err(f))
		return ptr_err(f);
	ret = recv_many(s, vec, nr, flags, deadline);
	file_put(f);
	if (ret > 0 && utimeout) {
		struct __kernel_timespec left;

		now = plat_monotonic_ns();
		left = ns_to_timespec(deadline > now ? deadline - now : 0);
		if (copy_out_obj((struct __kernel_timespec *)utimeout, &left))
			return -EFAULT;
	}
	return ret;
}
