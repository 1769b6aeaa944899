/* SPDX-License-Identifier: BSD-2-Clause */
/* socket(family, type, protocol): the internet families, see ip(7), ipv6(7). */
#include "inet.h"

static void make(const char *what, int family, int type, int protocol)
{
	int fd = socket(family, type, protocol);

	if (fd < 0) {
		t_ret(what, -errno);
		return;
	}
	t_say("%s: type %d, domain %d, protocol %d, flags %x, cloexec %d\n",
	      what, in_opt(fd, SOL_SOCKET, SO_TYPE),
	      in_opt(fd, SOL_SOCKET, SO_DOMAIN),
	      in_opt(fd, SOL_SOCKET, SO_PROTOCOL), fcntl(fd, F_GETFL),
	      fcntl(fd, F_GETFD));
	close(fd);
}

static void kinds(int family)
{
	make("stream", family, SOCK_STREAM, 0);
	make("stream by number", family, SOCK_STREAM, IPPROTO_TCP);
	make("datagrams", family, SOCK_DGRAM, 0);
	make("datagrams by number", family, SOCK_DGRAM, IPPROTO_UDP);
	make("both flags", family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	     0);
	make("raw", family, SOCK_RAW,
	     family == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6);
	make("stream over UDP", family, SOCK_STREAM, IPPROTO_UDP);
	make("datagrams over TCP", family, SOCK_DGRAM, IPPROTO_TCP);
	make("unknown protocol", family, SOCK_STREAM, 200);
	make("protocol too large", family, SOCK_STREAM, 100000);
	make("negative protocol", family, SOCK_STREAM, -1);
	make("raw without a protocol", family, SOCK_RAW, 0);
	make("no type", family, 0, 0);
	make("type 7", family, 7, 0);
	make("negative type", family, -1, 0);
	make("unknown flags", family, SOCK_STREAM | 0x100, 0);
}

static void file(int family)
{
	int fd = socket(family, SOCK_STREAM, 0), n = -1;
	struct stat st;
	char path[64], to[64], b[4];
	ssize_t len;

	t_val("fstat", fstat(fd, &st));
	t_say("mode %o size %ld links %d\n", st.st_mode, (long)st.st_size,
	      (int)st.st_nlink);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	len = readlink(path, to, sizeof(to) - 1);
	to[len > 0 ? len : 0] = '\0';
	t_is("its name has its number", !strncmp(to, "socket:[", 8));
	t_val("lseek", VAL(lseek(fd, 0, SEEK_SET)));
	t_val("pread", VAL(pread(fd, b, 1, 0)));
	t_val("read", VAL(read(fd, b, 1)));
	t_val("read of nothing", VAL(read(fd, b, 0)));
	t_val("ftruncate", VAL(ftruncate(fd, 0)));
	t_val("fsync", VAL(fsync(fd)));
	t_val("open by /proc", VAL(open(path, O_RDWR)));
	t_val("poll of a new one", in_poll(fd));
	t_val("FIONREAD", VAL(ioctl(fd, FIONREAD, &n)));
	t_val("unknown ioctl", VAL(ioctl(fd, 0x12345, &n)));
	n = 1;
	t_val("FIONBIO", VAL(ioctl(fd, FIONBIO, &n)));
	t_val("flags", fcntl(fd, F_GETFL));
	n = 0;
	t_val("FIONBIO off", VAL(ioctl(fd, FIONBIO, &n)));
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close", close(fd));
	t_val("again", VAL(close(fd)));
}

int main(void)
{
	in_both(kinds);
	in_both(file);
	make("AF_UNSPEC", AF_UNSPEC, SOCK_STREAM, 0);
	make("negative family", -1, SOCK_STREAM, 0);
	make("unknown family", 60, SOCK_STREAM, 0);
	t_val("socketpair",
	      VAL(socketpair(AF_INET, SOCK_STREAM, 0, (int[2]){0, 0})));
	return 0;
}
