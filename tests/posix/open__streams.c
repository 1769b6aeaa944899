/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening the standard output by name: /dev/stdout, /dev/fd/1, /proc/self/fd/1
 * lead to the same pipe. */
#include "t.h"
#include <poll.h>
#include <sys/sendfile.h>

static void by(const char *name, int flags)
{
	int fd = open(name, flags, 0644);
	char text[64];
	int n;

	t_ret(name, fd);
	if (fd < 0)
		return;
	n = snprintf(text, sizeof(text), "written to %s\n", name);
	t_val("write", write(fd, text, n));
	t_val("lseek", lseek(fd, 0, SEEK_CUR));
	close(fd);
}

int main(void)
{
	struct stat a, b;
	struct pollfd f = {1, POLLOUT, 0};
	char link[64] = "";
	int fd;

	by("/dev/stdout", O_WRONLY);
	by("/dev/stdout", O_WRONLY | O_CREAT | O_APPEND);
	by("/dev/stdout", O_WRONLY | O_CREAT | O_TRUNC);
	by("/dev/stderr", O_WRONLY);
	by("/dev/fd/1", O_WRONLY);
	by("/proc/self/fd/1", O_WRONLY);
	by("/proc/self/fd/77", O_WRONLY);
	fstat(1, &a);
	t_is("a pipe", S_ISFIFO(a.st_mode));
	stat("/dev/stdout", &b);
	t_is("the same", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	t_is("its name says so", readlink("/proc/self/fd/1", link, 63) > 0 &&
					 !strncmp(link, "pipe:[", 6));
	t_val("poll", poll(&f, 1, 0));
	t_val("events", f.revents);
	t_val("isatty", isatty(1));
	t_ret("why", -1);
	t_file("file", "sent\n");
	fd = open("file", O_RDONLY);
	t_val("sendfile", sendfile(1, fd, NULL, 100));
	lseek(fd, 0, SEEK_SET);
	t_val("F_DUPFD", fcntl(1, F_DUPFD, 10));
	t_val("write there", write(10, "dup\n", 4));
	t_val("ftruncate", ftruncate(1, 0));
	t_val("fsync", fsync(1));
	return 0;
}
