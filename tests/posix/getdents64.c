/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getdents64(fd, buf, n): see getdents64(2). The order is the filesystem's, so
 * names are sorted here.
 */
#include "t.h"

struct entry {
	uint64_t ino;
	int64_t off;
	unsigned short len;
	unsigned char type;
	char name[];
};

static char names[300][64];
static int n;

static int order(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Read a whole directory with a buffer of this size. */
static long list(int fd, size_t size)
{
	static char buf[65536];
	long got, at;

	n = 0;
	while ((got = syscall(SYS_getdents64, fd, buf, size)) > 0) {
		for (at = 0; at < got;) {
			struct entry *e = (void *)(buf + at);

			if (n < 300)
				snprintf(names[n++], 64, "%s type %d", e->name,
					 e->type);
			at += e->len;
		}
	}
	qsort(names, n, 64, order);
	return got;
}

int main(void)
{
	char name[40];
	int fd, i;

	mkdir("d", 0755);
	t_file("d/file", "");
	mkdir("d/dir", 0755);
	symlink("x", "d/link");
	mkfifo("d/fifo", 0644);
	fd = open("d", O_RDONLY);
	t_val("end", list(fd, 4096));
	for (i = 0; i < n; i++)
		t_str("entry", names[i]);
	t_val("at the end", syscall(SYS_getdents64, fd, names, 4096));
	lseek(fd, 0, SEEK_SET);
	list(fd, 32);
	t_val("entries with a small buffer", n);
	lseek(fd, 0, SEEK_SET);
	t_val("buffer too small", syscall(SYS_getdents64, fd, names, 10));
	t_val("bad address", syscall(SYS_getdents64, fd, T_BAD, 4096));
	close(fd);
	mkdir("many", 0755);
	for (i = 0; i < 250; i++) {
		snprintf(name, sizeof(name), "many/%d", i);
		t_file(name, "");
	}
	fd = open("many", O_RDONLY);
	list(fd, 1000);
	t_val("many", n);
	t_is("the last of them", strcmp(names[n - 1], "99 type 8") == 0);
	close(fd);
	t_val("closed", syscall(SYS_getdents64, 99, names, 4096));
	fd = open("d/file", O_RDONLY);
	t_val("file", syscall(SYS_getdents64, fd, names, 4096));
	fd = open("d", O_RDONLY);
	unlink("d/file");
	rmdir("d/dir");
	unlink("d/link");
	unlink("d/fifo");
	rmdir("d");
	t_val("removed", syscall(SYS_getdents64, fd, names, 4096));
	return 0;
}
