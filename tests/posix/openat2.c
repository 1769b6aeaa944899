/* SPDX-License-Identifier: BSD-2-Clause */
/* openat2(dirfd, path, how, size): see openat2(2). */
#include "t.h"

struct how {
	uint64_t flags, mode, resolve, more;
};

static int x(int d, const char *path, uint64_t flags, uint64_t mode,
	     uint64_t resolve)
{
	struct how how = {flags, mode, resolve, 0};
	int fd = syscall(437, d, path, &how, 24);

	if (fd >= 0)
		close(fd);
	return fd;
}

int main(void)
{
	struct how how = {O_RDONLY, 0, 0, 0};
	int d;

	mkdir("d", 0755);
	t_file("f", "");
	t_file("d/f", "");
	symlink("f", "l");
	symlink("f", "d/l");
	symlink("../f", "d/up");
	symlink("/tmp", "d/abs");
	d = open("d", O_RDONLY);
	t_ret("plain", x(d, "f", O_RDONLY, 0, 0));
	t_ret("create", x(d, "new", O_RDWR | O_CREAT, 0600, 0));
	t_stat("new", "d/new");
	t_ret("mode without O_CREAT", x(d, "f", O_RDONLY, 0600, 0));
	t_ret("mode", x(d, "n2", O_RDWR | O_CREAT, 0100600, 0));
	t_ret("unknown flag", x(d, "f", 1ULL << 40, 0, 0));
	t_ret("O_PATH with others", x(d, "f", O_PATH | O_RDWR, 0, 0));
	t_ret("unknown resolve", x(d, "f", O_RDONLY, 0, 1ULL << 40));
	t_ret("NO_SYMLINKS", x(d, "l", O_RDONLY, 0, 4));
	t_ret("NO_SYMLINKS, none", x(d, "f", O_RDONLY, 0, 4));
	t_ret("BENEATH", x(d, "f", O_RDONLY, 0, 8));
	t_ret("BENEATH, link", x(d, "l", O_RDONLY, 0, 8));
	t_ret("BENEATH, up", x(d, "../f", O_RDONLY, 0, 8));
	t_ret("BENEATH, link up", x(d, "up", O_RDONLY, 0, 8));
	t_ret("BENEATH, absolute", x(d, "/tmp", O_RDONLY, 0, 8));
	t_ret("BENEATH, absolute link", x(d, "abs", O_RDONLY, 0, 8));
	t_ret("IN_ROOT, up", x(d, "../f", O_RDONLY, 0, 16));
	t_ret("IN_ROOT, absolute", x(d, "/f", O_RDONLY, 0, 16));
	t_ret("IN_ROOT, link up", x(d, "up", O_RDONLY, 0, 16));
	t_ret("BENEATH and IN_ROOT", x(d, "f", O_RDONLY, 0, 24));
	t_ret("NO_XDEV", x(d, "f", O_RDONLY, 0, 1));
	t_ret("NO_XDEV, another device",
	      x(AT_FDCWD, "/dev/null", O_RDONLY, 0, 1));
	t_ret("NO_MAGICLINKS", x(AT_FDCWD, "/proc/self/fd/1", O_PATH, 0, 2));
	t_ret("missing", x(d, "missing", O_RDONLY, 0, 0));
	t_ret("too small", syscall(437, d, "f", &how, 16));
	t_ret("larger, zero", syscall(437, d, "f", &how, 32));
	how.more = 1;
	t_ret("larger, not zero", syscall(437, d, "f", &how, 32));
	t_ret("bad address", syscall(437, d, "f", T_BAD, 24));
	return 0;
}
