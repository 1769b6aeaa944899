/* SPDX-License-Identifier: BSD-2-Clause */
/* Fortified functions that the system or the environment fills a buffer for. */
#include "names/fortify.h"
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

ssize_t __read_chk(int fd, void *to, size_t n, size_t room)
{
	need_room(n, room);
	return read(fd, to, n);
}

ssize_t __pread_chk(int fd, void *to, size_t n, off_t at, size_t room)
{
	need_room(n, room);
	return pread(fd, to, n, at);
}

ssize_t __pread64_chk(int fd, void *to, size_t n, off_t at, size_t room)
{
	return __pread_chk(fd, to, n, at, room);
}

ssize_t __recv_chk(int fd, void *to, size_t n, size_t room, int flags)
{
	need_room(n, room);
	return recv(fd, to, n, flags);
}

ssize_t __recvfrom_chk(int fd, void *to, size_t n, size_t room, int flags,
		       struct sockaddr *addr, socklen_t *len)
{
	need_room(n, room);
	return recvfrom(fd, to, n, flags, addr, len);
}

ssize_t __readlink_chk(const char *path, char *to, size_t n, size_t room)
{
	need_room(n, room);
	return readlink(path, to, n);
}

ssize_t __readlinkat_chk(int fd, const char *path, char *to, size_t n,
			 size_t room)
{
	need_room(n, room);
	return readlinkat(fd, path, to, n);
}

char *__realpath_chk(const char *path, char *to, size_t room)
{
	need_room(PATH_MAX, room);
	return realpath(path, to);
}

char *__getcwd_chk(char *to, size_t n, size_t room)
{
	need_room(n, room);
	return getcwd(to, n);
}

size_t __confstr_chk(int name, char *to, size_t n, size_t room)
{
	need_room(n, room);
	return confstr(name, to, n);
}

int __gethostname_chk(char *to, size_t n, size_t room)
{
	need_room(n, room);
	return gethostname(to, n);
}

int __getdomainname_chk(char *to, size_t n, size_t room)
{
	need_room(n, room);
	return getdomainname(to, n);
}

int __getlogin_r_chk(char *to, size_t n, size_t room)
{
	need_room(n, room);
	return getlogin_r(to, n);
}

int __ttyname_r_chk(int fd, char *to, size_t n, size_t room)
{
	need_room(n, room);
	return ttyname_r(fd, to, n);
}

int ptsname_r(int fd, char *to, size_t n);

int __ptsname_r_chk(int fd, char *to, size_t n, size_t room)
{
	need_room(n, room);
	return ptsname_r(fd, to, n);
}

int __getgroups_chk(int n, gid_t list[], size_t room)
{
	if (n < 0) {
		errno = EINVAL;
		return -1;
	}
	need_room(n * sizeof(gid_t), room);
	return getgroups(n, list);
}

int __poll_chk(struct pollfd *fds, nfds_t n, int timeout, size_t room)
{
	need_room(n, room / sizeof(*fds));
	return poll(fds, n, timeout);
}

int __ppoll_chk(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
		const sigset_t *mask, size_t room)
{
	need_room(n, room / sizeof(*fds));
	return ppoll(fds, n, timeout, mask);
}

/* FD_SET and its kin: the number of the word that holds descriptor fd's bit. */
long __fdelt_chk(long fd)
{
	if (fd < 0 || fd >= FD_SETSIZE)
		__fortify_fail("bit out of range 0 - FD_SETSIZE on fd_set");
	return fd / (8 * (long)sizeof(long));
}

long __fdelt_warn(long fd)
{
	return __fdelt_chk(fd);
}
