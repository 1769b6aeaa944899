/* SPDX-License-Identifier: BSD-2-Clause */
/* socket(domain, type, protocol): see socket(2) and unix(7). */
#include "t.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

static void one(const char *what, int type)
{
	int fd = socket(AF_UNIX, type, 0), v = 0, n = 0;
	struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP, 0};
	socklen_t len = sizeof(v);
	struct stat st;

	t_ret(what, fd);
	if (fd < 0)
		return;
	t_val("F_GETFL", fcntl(fd, F_GETFL));
	t_val("F_GETFD", fcntl(fd, F_GETFD));
	getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &len);
	t_val("SO_TYPE", v);
	fstat(fd, &st);
	t_val("mode", st.st_mode);
	t_val("FIONREAD", ioctl(fd, FIONREAD, &n));
	t_val("TIOCGWINSZ", ioctl(fd, TIOCGWINSZ, &n));
	n = 1;
	t_val("FIONBIO", ioctl(fd, FIONBIO, &n));
	t_val("F_GETFL", fcntl(fd, F_GETFL));
	t_val("poll", poll(&p, 1, 0));
	t_say("events %#x\n", p.revents);
	t_val("close", close(fd));
}

int main(void)
{
	struct rlimit old, few;
	int fd;

	t_val("unknown family", socket(45, SOCK_STREAM, 0));
	t_val("family too large", socket(46, SOCK_STREAM, 0));
	t_val("negative family", socket(-1, SOCK_STREAM, 0));
	t_val("unspecified", socket(AF_UNSPEC, SOCK_STREAM, 0));
	t_val("type too large", socket(AF_UNIX, 11, 0));
	t_val("no type", socket(AF_UNIX, 0, 0));
	t_val("other type", socket(AF_UNIX, SOCK_RDM, 0));
	t_val("unknown flag", socket(AF_UNIX, SOCK_STREAM | 0x10000, 0));
	t_val("unknown flag first", socket(99, SOCK_STREAM | 0x10000, 0));
	t_val("bad protocol", socket(AF_UNIX, SOCK_STREAM, 17));
	t_val("negative protocol", socket(AF_UNIX, SOCK_STREAM, -1));
	one("stream", SOCK_STREAM);
	one("datagram", SOCK_DGRAM);
	one("raw", SOCK_RAW);
	one("seqpacket", SOCK_SEQPACKET);
	one("both flags", SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = 3;
	setrlimit(RLIMIT_NOFILE, &few);
	t_val("no descriptor", socket(AF_UNIX, SOCK_STREAM, 0));
	t_val("bad type first", socket(AF_UNIX, SOCK_RDM, 0));
	setrlimit(RLIMIT_NOFILE, &old);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	t_is("lowest", fd == 3);
	t_ret("dup", dup(fd));
	close(3);
	t_val("still there", listen(4, 1));
	return 0;
}
