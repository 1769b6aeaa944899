/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading and writing /dev/null, zero, full, random, urandom: null(4),
 * full(4), random(4). */
#include "t.h"
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <linux/random.h>

static char buf[70000], other[4096];

static void node(const char *name, int want_mode)
{
	struct stat st;

	if (stat(name, &st)) {
		t_ret(name, -1);
		return;
	}
	t_say("%s: type %o mode %o device %u:%u\n", name, st.st_mode & S_IFMT,
	      want_mode ? st.st_mode & 07777 : 0, major(st.st_rdev),
	      minor(st.st_rdev));
}

static int zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return 0;
	return 1;
}

static void map_zero(void)
{
	int fd = open("/dev/zero", O_RDWR);
	char *a, *b;

	a = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	t_is("private", a != MAP_FAILED && zero(a, 8192));
	a[5] = 1;
	b = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	t_is("shared", b != MAP_FAILED && zero(b, 8192));
	b[4096] = 2;
	t_is("not one another's", a[5] == 1 && !a[4096] && !b[5]);
	munmap(a, 8192);
	munmap(b, 8192);
	close(fd);
}

int main(void)
{
	int fd, bits = 0;

	node("/dev/null", 1);
	node("/dev/zero", 1);
	node("/dev/full", 1);
	node("/dev/random", 1);
	node("/dev/urandom", 1);
	node("/dev/tty", 0);

	fd = open("/dev/null", O_RDWR);
	t_val("null, read", read(fd, buf, 10));
	t_val("null, write", write(fd, buf, 70000));
	t_val("null, seek", lseek(fd, 1000, SEEK_SET));
	t_val("null, seek", lseek(fd, 5, SEEK_CUR));
	t_val("null, pread", pread(fd, buf, 10, 100));
	t_is("null, map",
	     mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED);
	t_ret("why", -1);
	t_val("null, truncate", ftruncate(fd, 0));
	close(fd);
	t_ret("O_TRUNC", open("/dev/null", O_WRONLY | O_TRUNC | O_CREAT, 0644));
	close(3);

	memset(buf, 1, sizeof(buf));
	fd = open("/dev/zero", O_RDWR);
	t_val("zero, read", read(fd, buf, sizeof(buf)));
	t_is("all zero", zero(buf, sizeof(buf)));
	t_val("zero, write", write(fd, buf, 10));
	t_val("zero, bad read", read(fd, T_BAD, 10));
	t_val("zero, seek", lseek(fd, 1000, SEEK_SET));
	close(fd);
	map_zero();

	fd = open("/dev/full", O_RDWR);
	t_val("full, read", read(fd, buf, 10));
	t_val("full, write", write(fd, buf, 10));
	close(fd);

	for (int i = 0; i < 2; i++) {
		fd = open(i ? "/dev/random" : "/dev/urandom", O_RDWR);
		memset(buf, 0, 4096);
		t_val("random, read", read(fd, buf, 4096));
		t_val("again", read(fd, other, 4096));
		t_is("bytes differ", memcmp(buf, other, 4096) != 0);
		t_is("not zero", !zero(buf, 64));
		t_val("write", write(fd, "stir", 4));
		t_ret("entropy", ioctl(fd, RNDGETENTCNT, &bits));
		t_is("enough", bits >= 128);
		t_val("bad read", read(fd, T_BAD, 10));
		close(fd);
	}
	t_ret("no driver", mknod("node", S_IFCHR | 0600, makedev(250, 77)));
	t_ret("open it", open("node", O_RDWR));
	t_ret("a node of null", mknod("mynull", S_IFCHR | 0600, makedev(1, 3)));
	fd = open("mynull", O_RDWR);
	t_val("read it", read(fd, buf, 1));
	return 0;
}
