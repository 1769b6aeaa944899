/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_calls.c: the calls that make, name and end sockets: socket(2),
 * socketpair(2), bind(2), listen(2), accept(2), connect(2), getsockname(2),
 * getpeername(2), shutdown(2). The order of their checks is Linux's.
 */
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <asm/fcntl.h>
#include "core.h"

#define MAX_FAMILY 46 /* one past the largest number that Linux knows */
#define MAX_TYPE   11

static const struct socket_family *family_of(int family)
{
	static const struct socket_family *const families[] = {
		&inet_family,
		&inet6_family,
		&unix_family,
		&netlink_family,
	};

	for (size_t i = 0; i < ARRAY_SIZE(families); i++)
		if (families[i]->family == family)
			return families[i];
	return NULL;
}

/* A socket with its family's part, or err_ptr. */
static struct socket *make(int family, int type, int protocol)
{
	const struct socket_family *fam;
	struct socket *s;
	int err;

	if (family < 0 || family >= MAX_FAMILY)
		return err_ptr(-EAFNOSUPPORT);
	if (type < 0 || type >= MAX_TYPE)
		return err_ptr(-EINVAL);
	fam = family_of(family);
	if (!fam)
		return err_ptr(-EAFNOSUPPORT);
	s = socket_create(family, type, protocol);
	if (!s)
		return err_ptr(-ENOMEM);
	err = fam->create(s);
	if (!err)
		return s;
	socket_free(s);
	return err_ptr(err);
}

static void unmake(struct socket *s)
{
	if (s->ops->release)
		s->ops->release(s);
	socket_free(s);
}

static int type_flags(int *type)
{
	int flags = *type & ~SOCK_TYPE_MASK;

	*type &= SOCK_TYPE_MASK;
	return flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK) ? -EINVAL : flags;
}

long sys_socket(px_sockdomain family, px_socktype type, px_sockproto protocol)
{
	int flags = type_flags(&type), fd;
	struct socket *s;
	struct file *f;

	if (flags < 0)
		return flags;
	s = make(family, type, protocol);
	if (is_err(s))
		return ptr_err(s);
	fd = fd_reserve(0);
	if (fd < 0) {
		unmake(s);
		return fd;
	}
	f = socket_file(s, flags);
	if (!f) {
		fd_release(fd);
		unmake(s);
		return -ENFILE;
	}
	fd_install(fd, f, flags & SOCK_CLOEXEC);
	return fd;
}

/* Both sockets of a pair as files, or neither. */
static int make_pair(int family, int type, int protocol, int flags,
		     struct file *end[2])
{
	struct socket *s[2];
	int err;

	s[0] = make(family, type, protocol);
	if (is_err(s[0]))
		return ptr_err(s[0]);
	s[1] = make(family, type, protocol);
	if (is_err(s[1])) {
		unmake(s[0]);
		return ptr_err(s[1]);
	}
	err = family_of(family)->pair ? family_of(family)->pair(s[0], s[1])
				      : -EOPNOTSUPP;
	if (err)
		goto fail;
	err = -ENFILE;
	end[0] = socket_file(s[0], flags);
	if (!end[0])
		goto fail;
	end[1] = socket_file(s[1], flags);
	if (end[1])
		return 0;
	file_put(end[0]);
	unmake(s[1]);
	return err;
fail:
	unmake(s[0]);
	unmake(s[1]);
	return err;
}

/* The program learns the descriptors before they are open, as on Linux. */
long sys_socketpair(px_sockdomain family, px_socktype type,
		    px_sockproto protocol, px_fdpair_out ufds)
{
	int flags = type_flags(&type), fds[2], err;
	struct file *end[2] = {NULL, NULL};

	if (flags < 0)
		return flags;
	fds[0] = fd_reserve(0);
	if (fds[0] < 0)
		return fds[0];
	err = fds[1] = fd_reserve(0);
	if (err < 0)
		goto fail_first;
	err = copy_out(ufds, fds, sizeof(fds));
	if (!err)
		err = make_pair(family, type, protocol, flags, end);
	if (err)
		goto fail;
	fd_install(fds[0], end[0], flags & SOCK_CLOEXEC);
	fd_install(fds[1], end[1], flags & SOCK_CLOEXEC);
	return 0;
fail:
	fd_release(fds[1]);
fail_first:
	fd_release(fds[0]);
	return err;
}

long sys_bind(px_fd fd, px_sockaddr_in uname, px_socklen len)
{
	struct sockaddr_storage_k name;
	struct socket *s;
	struct file *f = socket_get(fd, &s);
	int err;

	if (is_err(f))
		return ptr_err(f);
	err = name_in(&name, uname, (int)len);
	if (!err)
		err = s->ops->bind ? s->ops->bind(s, &name, len) : -EOPNOTSUPP;
	file_put(f);
	return err;
}

/* Here Linux looks at the name before it looks at the file. */
long sys_connect(px_fd fd, px_sockaddr_in uname, px_socklen len)
{
	struct sockaddr_storage_k name;
	struct file *f = fd_get(fd);
	struct socket *s;
	int err;

	if (!f)
		return -EBADF;
	err = name_in(&name, uname, (int)len);
	s = socket_of(f);
	if (!err && !s)
		err = -ENOTSOCK;
	else if (!err && !s->ops->connect)
		err = -EOPNOTSUPP;
	if (!err)
		err = s->ops->connect(s, &name, len, f->flags & O_NONBLOCK);
	file_put(f);
	return err;
}

long sys_listen(px_fd fd, int backlog)
{
	struct socket *s;
	struct file *f = socket_get(fd, &s);
	int err;

	if (is_err(f))
		return ptr_err(f);
	if ((unsigned int)backlog > SOMAXCONN)
		backlog = SOMAXCONN;
	err = s->ops->listen ? s->ops->listen(s, backlog) : -EOPNOTSUPP;
	file_put(f);
	return err;
}

/* The next connection of s as a file, its peer's name told. */
static struct file *accept_file(struct socket *s, void *uname, int *ulen,
				int flags)
{
	struct sockaddr_storage_k name;
	struct socket *fresh;
	struct file *f;
	int err;

	if (!s->ops->accept)
		return err_ptr(-EOPNOTSUPP);
	fresh = socket_create(s->family, s->type, s->protocol);
	if (!fresh)
		return err_ptr(-ENFILE);
	/* Before the connection is taken, so that it is not lost for want of
	 * memory. */
	f = socket_file(fresh, flags);
	if (!f) {
		socket_free(fresh);
		return err_ptr(-ENFILE);
	}
	fresh->ops = s->ops;
	err = s->ops->accept(s, fresh, s->file->flags & O_NONBLOCK);
	if (err) {
		/* There is nothing of the family's to release. */
		static const struct socket_ops nothing;

		fresh->ops = &nothing;
		goto fail;
	}
	memset(&name, 0, sizeof(name));
	/* Also if nobody asks: only now a name is told that is gone. */
	err = fresh->ops->getname(fresh, &name, true);
	if (!uname)
		return f;
	if (err < 0)
		err = -ECONNABORTED;
	else
		err = name_out(&name, err, uname, ulen);
	if (!err)
		return f;
fail:
	file_put(f);
	return err_ptr(err);
}

long sys_accept4(px_fd fd, px_sockaddr_out uname, px_socklen_io ulen,
		 px_sockflags flags)
{
	struct file *f = fd_get(fd), *fresh;
	int newfd;

	if (!f)
		return -EBADF;
	newfd = -EINVAL;
	if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK))
		goto out;
	/* A connection for which there is no descriptor stays in the queue. */
	newfd = fd_reserve(0);
	if (newfd < 0)
		goto out;
	if (socket_of(f))
		fresh = accept_file(socket_of(f), uname, (int *)ulen, flags);
	else
		fresh = err_ptr(-ENOTSOCK);
	if (is_err(fresh)) {
		fd_release(newfd);
		newfd = ptr_err(fresh);
	} else {
		fd_install(newfd, fresh, flags & SOCK_CLOEXEC);
	}
out:
	file_put(f);
	return newfd;
}

long sys_accept(px_fd fd, px_sockaddr_out uname, px_socklen_io ulen)
{
	return sys_accept4(fd, uname, ulen, 0);
}

static long get_name(int fd, void *uname, unsigned int *ulen, bool peer)
{
	struct sockaddr_storage_k name;
	struct socket *s;
	struct file *f = socket_get(fd, &s);
	int len = -EOPNOTSUPP;

	if (is_err(f))
		return ptr_err(f);
	memset(&name, 0, sizeof(name));
	if (s->ops->getname)
		len = s->ops->getname(s, &name, peer);
	if (len >= 0)
		len = name_out(&name, len, uname, (int *)ulen);
	file_put(f);
	return len;
}

long sys_getsockname(px_fd fd, px_sockaddr_out uname, px_socklen_io ulen)
{
	return get_name(fd, uname, ulen, false);
}

long sys_getpeername(px_fd fd, px_sockaddr_out uname, px_socklen_io ulen)
{
	return get_name(fd, uname, ulen, true);
}

long sys_shutdown(px_fd fd, px_shuthow how)
{
	struct socket *s;
	struct file *f = socket_get(fd, &s);
	int err;

	if (is_err(f))
		return ptr_err(f);
	if (!s->ops->shutdown)
		err = -EOPNOTSUPP;
	else if (how < SHUT_RD || how > SHUT_RDWR)
		err = -EINVAL;
	else
		err = s->ops->shutdown(s, how);
	file_put(f);
	return err;
}
