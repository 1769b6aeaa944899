/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files without a name, and files reached by way of /proc/self/fd: open(2)
 * (O_TMPFILE, O_PATH), linkat(2), proc(5).
 */
#include "t.h"

static char name[64];

static const char *proc(int fd)
{
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return name;
}

static void show_link(const char *what, int fd)
{
	char s[300] = "";
	long n = readlink(proc(fd), s, sizeof(s) - 1);

	/* The number of an unnamed file is nobody's business. */
	t_val(what, n > 0 && strchr(s, '#') ? 0 : n);
	t_str(what, strchr(s, '#') ? strrchr(s, ' ') : s);
}

static void tmpfile_tests(void)
{
	int fd = open(".", O_TMPFILE | O_RDWR, 0640), fd2;
	struct stat st;
	char c;

	t_ret("unnamed", fd);
	show_link("its name", fd);
	fstat(fd, &st);
	t_val("links", st.st_nlink);
	t_val("mode", st.st_mode);
	t_val("write", write(fd, "tmp", 3));
	t_ret("give it a name",
	      linkat(AT_FDCWD, proc(fd), AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
	t_cat("named", "named");
	fstat(fd, &st);
	t_val("links", st.st_nlink);
	t_ret("unlink", unlink("named"));
	t_ret("again",
	      linkat(AT_FDCWD, proc(fd), AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
	fd2 = open(proc(fd), O_RDONLY);
	t_ret("open again", fd2);
	t_val("read", read(fd2, &c, 1));
	close(fd2);
	close(fd);
	fd = open(".", O_TMPFILE | O_RDWR | O_EXCL, 0600);
	t_ret("never to be named", fd);
	t_ret("name it",
	      linkat(AT_FDCWD, proc(fd), AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
	t_ret("by AT_EMPTY_PATH",
	      linkat(fd, "", AT_FDCWD, "named", AT_EMPTY_PATH));
	close(fd);
	t_ret("in a file", open("f", O_TMPFILE | O_RDWR, 0600));
	t_ret("in nothing", open("missing", O_TMPFILE | O_RDWR, 0600));
	t_ret("to read only", open(".", O_TMPFILE, 0600));
}

static void path_tests(void)
{
	int fd = open("f", O_PATH), fd2;
	struct stat st;
	char c;

	t_ret("O_PATH", fd);
	t_ret("read", read(fd, &c, 1));
	t_ret("write", write(fd, "x", 1));
	t_ret("lseek", lseek(fd, 0, SEEK_SET));
	t_ret("ftruncate", ftruncate(fd, 0));
	t_ret("fsync", fsync(fd));
	t_ret("fstat", fstat(fd, &st));
	fd2 = open(proc(fd), O_RDWR);
	t_ret("open for good", fd2);
	t_val("read", read(fd2, &c, 1));
	close(fd2);
	t_ret("chmod behind it", chmod(proc(fd), 0600));
	t_ret("truncate behind it", truncate(proc(fd), 4));
	close(fd);
	t_stat("f", "f");
	fd = open("l", O_PATH | O_NOFOLLOW);
	t_ret("of a link", fd);
	t_val("its text", readlinkat(fd, "", name, sizeof(name)));
	t_ret("chmod of a link", chmod(proc(fd), 0600));
	t_ret("open of a link", open(proc(fd), O_RDONLY));
	close(fd);
	fd = open("d", O_PATH | O_DIRECTORY);
	t_ret("directory", fd);
	t_ret("from there", openat(fd, "x", O_RDWR | O_CREAT, 0600));
	t_ret("list", syscall(SYS_getdents64, fd, name, sizeof(name)));
	t_ret("through proc", access("/proc/self/fd/../fd", F_OK));
	close(fd);
}

static void moved_tests(void)
{
	int fd = open("f", O_RDONLY), d = open("d", O_RDONLY);

	show_link("as opened", fd);
	rename("f", "d/g");
	show_link("renamed", fd);
	rename("d", "e");
	show_link("directory renamed", fd);
	show_link("directory", d);
	t_file("h", "h");
	rename("h", "e/g");
	show_link("overwritten", fd);
	unlink("e/g");
	unlink("e/x");
	rmdir("e");
	show_link("directory removed", d);
	t_ret("create in it", openat(d, "y", O_RDWR | O_CREAT, 0600));
	t_ret("its parent", faccessat(d, "..", F_OK, 0));
	t_ret("itself", faccessat(d, ".", F_OK, 0));
	t_val("list", syscall(SYS_getdents64, d, name, sizeof(name)));
}

int main(void)
{
	t_file("f", "contents");
	symlink("f", "l");
	mkdir("d", 0755);
	tmpfile_tests();
	path_tests();
	moved_tests();
	return 0;
}
