/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify(7): which calls cause which events, on the file and in its
 * directory, and in which order.
 */
#include "inotify.h"
#include <sys/sendfile.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <dirent.h>

static int fd;

static void reads(int f)
{
	char buf[16];
	struct iovec v = {buf, 4};

	read(f, buf, 2);
	ino_show("read", fd);
	read(f, buf, 0);
	ino_show("read of nothing", fd);
	pread(f, buf, 2, 0);
	ino_show("pread", fd);
	pread(f, buf, 2, 1000);
	ino_show("read at the end", fd);
	lseek(f, 0, SEEK_SET);
	readv(f, &v, 1);
	ino_show("readv", fd);
	read(f, buf, 2);
	read(f, buf, 2);
	ino_show("two reads are told as one", fd);
	read(f, T_BAD, 2);
	ino_show("a read that fails", fd);
}

static void writes(int f)
{
	struct iovec v = {"abc", 3};

	write(f, "x", 1);
	ino_show("write", fd);
	write(f, "x", 0);
	ino_show("write of nothing", fd);
	pwrite(f, "x", 1, 0);
	ino_show("pwrite", fd);
	writev(f, &v, 1);
	ino_show("writev", fd);
	ftruncate(f, 2);
	ino_show("ftruncate", fd);
	ftruncate(f, 2);
	ino_show("ftruncate to the same size", fd);
	fallocate(f, 0, 0, 8192);
	ino_show("fallocate", fd);
	fchmod(f, 0600);
	ino_show("fchmod", fd);
	fchown(f, 3, 3);
	ino_show("fchown", fd);
	fchown(f, -1, -1);
	ino_show("fchown of neither", fd);
	futimens(f, NULL);
	ino_show("futimens", fd);
}

static void copies(void)
{
	int a = open("d/f", O_RDWR), b = open("d/g", O_RDWR), p[2];
	off_t from = 0, to = 0;

	ino_show("two files", fd);
	from = 0;
	sendfile(b, a, &from, 10);
	ino_show("sendfile", fd);
	from = 0;
	copy_file_range(a, &from, b, &to, 10, 0);
	ino_show("copy_file_range", fd);
	pipe(p);
	from = 0;
	splice(a, &from, p[1], NULL, 10, 0);
	splice(p[0], NULL, b, NULL, 10, 0);
	ino_show("splice", fd);
	close(p[0]);
	close(p[1]);
	close(a);
	close(b);
	ino_show("two closes", fd);
}

static void by_path(void)
{
	struct timespec t[2] = {{5, 0}, {6, 0}};

	chmod("d/f", 0640);
	ino_show("chmod", fd);
	chmod("d/f", 0640);
	ino_show("chmod to the same", fd);
	chown("d/f", 4, -1);
	ino_show("chown", fd);
	truncate("d/f", 100);
	ino_show("truncate", fd);
	utimensat(AT_FDCWD, "d/f", t, 0);
	ino_show("utimensat", fd);
	t[0].tv_nsec = UTIME_OMIT;
	utimensat(AT_FDCWD, "d/f", t, 0);
	ino_show("utimensat of the second", fd);
	t[0].tv_nsec = 0;
	t[1].tv_nsec = UTIME_OMIT;
	utimensat(AT_FDCWD, "d/f", t, 0);
	ino_show("utimensat of the first", fd);
	t[0].tv_nsec = UTIME_OMIT;
	utimensat(AT_FDCWD, "d/f", t, 0);
	ino_show("utimensat of neither", fd);
	access("d/f", R_OK);
	ino_show("access", fd);
}

static void opens(void)
{
	int f, events;

	f = open("d/f", O_RDONLY);
	ino_show("open", fd);
	close(f);
	ino_show("close", fd);
	f = open("d/f", O_RDWR);
	close(dup(f));
	ino_show("dup and close", fd);
	close(f);
	ino_show("close for writing", fd);
	f = open("d/f", O_PATH);
	close(f);
	ino_show("O_PATH", fd);
	f = open("d/f", 3);
	close(f);
	ino_show("mode 3", fd);
	/* Linux changed the order of the two between 6.1 and 6.18. */
	f = open("d/f", O_RDWR | O_TRUNC);
	ioctl(fd, FIONREAD, &events);
	t_val("bytes told of O_TRUNC", events);
	while (read(fd, (char[64]){0}, 64) > 0)
		;
	close(f);
	ino_show("and its close", fd);
	t_ret("O_EXCL", open("d/f", O_CREAT | O_EXCL, 0644) < 0 ? -errno : 0);
	ino_show("a failed open", fd);
	f = open("d/f", O_RDWR | O_CREAT, 0644);
	close(f);
	ino_show("O_CREAT of what exists", fd);
	f = open("d", O_TMPFILE | O_RDWR, 0600);
	write(f, "x", 1);
	ino_show("O_TMPFILE", fd);
	{
		char path[64];

		snprintf(path, sizeof(path), "/proc/self/fd/%d", f);
		linkat(AT_FDCWD, path, AT_FDCWD, "d/named", AT_SYMLINK_FOLLOW);
	}
	ino_show("linkat of it", fd);
	close(f);
	ino_show("close of it", fd);
	unlink("d/named");
	ino_show("unlink of it", fd);
}

static void names(void)
{
	close(open("d/new", O_CREAT | O_WRONLY, 0644));
	ino_show("create", fd);
	mkdir("d/sub", 0755);
	ino_show("mkdir", fd);
	close(open("d/sub/deep", O_CREAT | O_WRONLY, 0644));
	ino_show("one level deeper is not watched", fd);
	rmdir("d/sub");
	unlink("d/sub/deep");
	ino_show("rmdir that fails", fd);
	rmdir("d/sub");
	ino_show("rmdir", fd);
	symlink("f", "d/link");
	ino_show("symlink", fd);
	lchown("d/link", 1, 1);
	ino_show("lchown of it", fd);
	close(open("d/link", O_RDONLY));
	ino_show("open through it", fd);
	unlink("d/link");
	ino_show("unlink of it", fd);
	link("d/f", "d/hard");
	ino_show("link", fd);
	close(open("d/hard", O_RDONLY));
	ino_show("open by the other name", fd);
	unlink("d/hard");
	ino_show("unlink of one of two", fd);
	mknod("d/fifo", S_IFIFO | 0644, 0);
	ino_show("mknod", fd);
	close(open("d/fifo", O_RDONLY | O_NONBLOCK));
	ino_show("a FIFO", fd);
	unlink("d/fifo");
	mknod("d/null", S_IFCHR | 0644, makedev(1, 3));
	ino_show("a device", fd);
	unlink("d/null");
	unlink("d/new");
	ino_show("unlink", fd);
}

static void directory(void)
{
	DIR *d = opendir("d");

	ino_show("opendir", fd);
	while (readdir(d))
		;
	ino_show("readdir", fd);
	closedir(d);
	ino_show("closedir", fd);
	chmod("d", 0700);
	ino_show("chmod of the directory", fd);
	mkdir("d/sub", 0755);
	close(open("d/sub", O_RDONLY));
	chmod("d/sub", 0700);
	ino_show("a directory in it", fd);
	rmdir("d/sub");
	ino_show("which goes", fd);
}

static void devices(void)
{
	int f;

	t_val("/dev", inotify_add_watch(fd, "/dev", IN_ALL_EVENTS));
	f = open("/dev/zero", O_RDWR);
	close(f);
	ino_show("a device", fd);
}

int main(void)
{
	int f;

	mkdir("d", 0755);
	t_file("d/f", "some text that is longer");
	t_file("d/g", "");
	fd = inotify_init1(IN_NONBLOCK);
	t_val("the directory", inotify_add_watch(fd, "d", IN_ALL_EVENTS));
	t_val("a file in it", inotify_add_watch(fd, "d/f", IN_ALL_EVENTS));
	f = open("d/f", O_RDWR);
	ino_show("open", fd);
	reads(f);
	writes(f);
	close(f);
	ino_show("close", fd);
	copies();
	by_path();
	opens();
	names();
	directory();
	devices();
	return 0;
}
