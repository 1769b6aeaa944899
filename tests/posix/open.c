/* SPDX-License-Identifier: BSD-2-Clause */
/* open(path, flags, mode): see open(2). */
#include "t.h"
#include <sys/resource.h>

static int x_open(const char *path, int flags, int mode)
{
	return syscall(SYS_open, path, flags, mode);
}

static void try(const char *name, const char *path, int flags, int mode)
{
	int fd = x_open(path, flags, mode);

	t_ret(name, fd);
	if (fd >= 0)
		close(fd);
}

int main(void)
{
	char name[300], path[5000];
	struct rlimit lim;
	int fd, fd2, i;

	umask(022);
	try("missing", "f", O_RDONLY, 0);
	try("create", "f", O_RDWR | O_CREAT, 0666);
	t_stat("f", "f");
	try("exclusive", "f", O_RDWR | O_CREAT | O_EXCL, 0666);
	try("create again", "f", O_RDWR | O_CREAT, 0600);
	t_stat("f", "f");
	t_file("f", "contents");
	try("truncate", "f", O_WRONLY | O_TRUNC, 0);
	t_stat("f", "f");
	t_file("f", "contents");
	try("truncate for reading", "f", O_RDONLY | O_TRUNC, 0);
	t_stat("f", "f");
	umask(0);
	try("sticky", "s", O_WRONLY | O_CREAT, 07777);
	t_stat("s", "s");
	try("unreadable new file", "u", O_RDWR | O_CREAT, 0);
	t_stat("u", "u");
	umask(022);

	mkdir("d", 0755);
	try("directory for reading", "d", O_RDONLY, 0);
	try("directory for writing", "d", O_WRONLY, 0);
	try("directory, O_CREAT", "d", O_RDONLY | O_CREAT, 0644);
	try("O_DIRECTORY", "d", O_RDONLY | O_DIRECTORY, 0);
	try("O_DIRECTORY of a file", "f", O_RDONLY | O_DIRECTORY, 0);
	try("trailing slash", "d/", O_RDONLY, 0);
	try("trailing slash of a file", "f/", O_RDONLY, 0);
	try("create with a trailing slash", "n/", O_RDWR | O_CREAT, 0644);
	try("through a file", "f/x", O_RDONLY, 0);
	try("through nothing", "n/x", O_RDWR | O_CREAT, 0644);
	try("empty", "", O_RDONLY, 0);
	try("bad address", T_BAD, O_RDONLY, 0);

	symlink("f", "l");
	symlink("nowhere", "dangling");
	symlink("loop", "loop");
	symlink("d", "ld");
	try("link", "l", O_RDONLY, 0);
	try("O_NOFOLLOW", "l", O_RDONLY | O_NOFOLLOW, 0);
	try("O_NOFOLLOW of a file", "f", O_RDONLY | O_NOFOLLOW, 0);
	try("O_NOFOLLOW in the middle", "ld/../f", O_RDONLY | O_NOFOLLOW, 0);
	try("O_NOFOLLOW and O_DIRECTORY", "ld",
	    O_RDONLY | O_NOFOLLOW | O_DIRECTORY, 0);
	try("loop", "loop", O_RDONLY, 0);
	try("exclusive over a dangling link", "dangling",
	    O_WRONLY | O_CREAT | O_EXCL, 0644);
	try("dangling", "dangling", O_RDONLY, 0);
	try("create through a dangling link", "dangling", O_WRONLY | O_CREAT,
	    0644);
	t_stat("nowhere", "nowhere");

	fd = x_open("l", O_PATH | O_NOFOLLOW, 0);
	t_ret("O_PATH of a link", fd);
	t_val("flags", fcntl(fd, F_GETFL) & (O_PATH | O_ACCMODE | O_NOFOLLOW));
	t_ret("read it", read(fd, name, 1));
	close(fd);

	/* Names and paths at their limits. */
	memset(name, 'n', 255);
	name[255] = 0;
	try("255 characters", name, O_WRONLY | O_CREAT, 0644);
	name[255] = 'n';
	name[256] = 0;
	try("256 characters", name, O_WRONLY | O_CREAT, 0644);
	for (i = 0; i < 4094; i += 2)
		memcpy(path + i, "./", 2);
	strcpy(path + 4094, "f");
	try("4095 characters", path, O_RDONLY, 0);
	strcpy(path + 4094, "/f");
	try("4096 characters", path, O_RDONLY, 0);

	fd = x_open("f", O_RDONLY, 0);
	fd2 = x_open("f", O_RDONLY | O_CLOEXEC, 0);
	t_is("lowest free descriptor", fd2 == fd + 1);
	t_val("not close-on-exec", fcntl(fd, F_GETFD));
	t_val("close-on-exec", fcntl(fd2, F_GETFD));
	close(fd);
	t_is("lowest again", x_open("f", O_RDONLY, 0) == fd);

	/* A limit on descriptors. */
	getrlimit(RLIMIT_NOFILE, &lim);
	i = lim.rlim_cur;
	lim.rlim_cur = fd2 + 1;
	setrlimit(RLIMIT_NOFILE, &lim);
	try("over the limit", "f", O_RDONLY, 0);
	try("the file is looked for later", "missing", O_RDONLY, 0);
	lim.rlim_cur = i;
	setrlimit(RLIMIT_NOFILE, &lim);

	/* A file without a name. */
	fd = x_open(".", O_RDWR | O_TMPFILE, 0600);
	t_ret("O_TMPFILE", fd);
	t_val("write to it", write(fd, "abc", 3));
	close(fd);
	try("O_TMPFILE for reading", ".", O_RDONLY | O_TMPFILE, 0600);
	try("O_TMPFILE on a file", "f", O_RDWR | O_TMPFILE, 0600);
	try("device", "/dev/null", O_RDWR, 0);
	try("O_TRUNC of a device", "/dev/null", O_WRONLY | O_TRUNC, 0);
	mkfifo("fifo", 0644);
	try("fifo without a reader", "fifo", O_WRONLY | O_NONBLOCK, 0);
	try("fifo for reading", "fifo", O_RDONLY | O_NONBLOCK, 0);
	try("fifo for both", "fifo", O_RDWR, 0);
	return 0;
}
