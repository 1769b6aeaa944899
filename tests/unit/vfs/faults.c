/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * faults.c: every call of vfs/ that takes memory, with each of its allocations
 * made to fail once. The call must say ENOMEM or ENOSPC (or have done without),
 * the same call must work right afterwards, and in the end nothing is left.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <linux/fs.h>
#include <linux/memfd.h>
#include <linux/openat2.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include "../unit.h"
#include <posixen/syscalls.h>
#include "fake.h"

#define DIR_100                                                                \
	"../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/"    \
	"../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/../t/"

static char buf[20000];
static unsigned long injected;

static long t_create(void)
{
	return sys_openat(AT_FDCWD, "new", O_RDWR | O_CREAT | O_EXCL, 0644);
}

static long t_create_long(void)
{
	return sys_openat(AT_FDCWD, DIR_100 "new", O_RDWR | O_CREAT, 0644);
}

static long t_open(void)
{
	return sys_openat(AT_FDCWD, "link", O_RDWR, 0);
}

static long t_openat2(void)
{
	struct open_how how = {.flags = O_RDONLY, .resolve = RESOLVE_BENEATH};

	return sys_openat2(AT_FDCWD, "dir/../link", &how, sizeof(how));
}

static long t_tmpfile(void)
{
	return sys_openat(AT_FDCWD, ".", O_TMPFILE | O_RDWR, 0600);
}

static long t_mkdir(void)
{
	return sys_mkdir("newdir", 0755);
}

static long t_mknod(void)
{
	return sys_mknod("newfifo", S_IFIFO | 0644, 0);
}

static long t_symlink(void)
{
	return sys_symlink("somewhere", "newlink");
}

static long t_symlink_long(void)
{
	return sys_symlink(DIR_100, "newlink");
}

static long t_link(void)
{
	return sys_link("file", "newname");
}

static long t_rename(void)
{
	return sys_rename("file", "dir/renamed");
}

static long t_rename_over(void)
{
	return sys_rename("file", "file2");
}

static long t_exchange(void)
{
	return sys_renameat2(AT_FDCWD, "file", AT_FDCWD, "dir",
			     RENAME_EXCHANGE);
}

static long t_whiteout(void)
{
	return sys_renameat2(AT_FDCWD, "file", AT_FDCWD, "dir/x",
			     RENAME_WHITEOUT);
}

static long t_whiteout_over(void)
{
	return sys_renameat2(AT_FDCWD, "file", AT_FDCWD, "file2",
			     RENAME_WHITEOUT);
}

/* Long paths are copied to the heap. */
static long t_link_long(void)
{
	return sys_link(DIR_100 "file", DIR_100 "newname");
}

static long t_rename_long(void)
{
	return sys_rename(DIR_100 "file", DIR_100 "dir/renamed");
}

static long t_mount_long(void)
{
	return sys_mount(DIR_100, DIR_100 "dir", "tmpfs", 0, "size=1m");
}

static long t_chown_long(void)
{
	return sys_chown(DIR_100 "file", 1, 1);
}

static long t_unlink(void)
{
	return sys_unlink("file");
}

static long t_rmdir(void)
{
	return sys_rmdir("dir");
}

static long all_or_error(long n, long want)
{
	return n == want ? 0 : n < 0 ? n : -ENOSPC;
}

static long t_write(void)
{
	return all_or_error(sys_pwrite64(0, buf, 20000, 100), 20000);
}

static long t_write_far(void)
{
	return all_or_error(sys_pwrite64(0, buf, 5000, 1L << 50), 5000);
}

static long t_writev(void)
{
	struct iovec v[100];

	for (int i = 0; i < 100; i++)
		v[i] = (struct iovec){buf, 100};
	return all_or_error(sys_writev(0, v, 100), 10000);
}

static long t_fallocate(void)
{
	return sys_fallocate(0, 0, 1 << 20, 300000);
}

static long t_truncate(void)
{
	return sys_truncate("link", 3);
}

static long t_dup(void)
{
	return sys_fcntl(0, F_DUPFD, 500);
}

static long t_dup2(void)
{
	return sys_dup2(0, 300);
}

static long t_getcwd(void)
{
	return sys_getcwd(buf, sizeof(buf));
}

static long t_readlink(void)
{
	return sys_readlink("link", buf, sizeof(buf));
}

static long t_stat(void)
{
	struct stat st;

	return sys_stat(DIR_100 "link", &st);
}

static long t_memfd(void)
{
	return sys_memfd_create("name", MFD_CLOEXEC);
}

static long t_mount(void)
{
	return sys_mount("x", "dir", "tmpfs", 0, "size=1m,mode=700");
}

static long t_bind(void)
{
	return sys_mount("/tmp", "dir", NULL, MS_BIND, NULL);
}

static long t_chdir(void)
{
	return sys_chdir("dir");
}

static long t_getdents(void)
{
	long fd = sys_openat(AT_FDCWD, ".", O_RDONLY | O_DIRECTORY, 0);

	return fd < 0 ? fd : sys_getdents64((int)fd, buf, sizeof(buf));
}

#define T(f)                                                                   \
	{                                                                      \
#f, f                                                          \
	}
static const struct {
	const char *name;
	long (*fn)(void);
} tests[] = {
	T(t_create),	  T(t_create_long),   T(t_open),
	T(t_openat2),	  T(t_tmpfile),	      T(t_mkdir),
	T(t_mknod),	  T(t_symlink),	      T(t_symlink_long),
	T(t_link),	  T(t_rename),	      T(t_rename_over),
	T(t_exchange),	  T(t_whiteout),      T(t_unlink),
	T(t_rmdir),	  T(t_write),	      T(t_write_far),
	T(t_writev),	  T(t_fallocate),     T(t_truncate),
	T(t_dup),	  T(t_dup2),	      T(t_getcwd),
	T(t_readlink),	  T(t_stat),	      T(t_memfd),
	T(t_mount),	  T(t_bind),	      T(t_chdir),
	T(t_getdents),	  T(t_whiteout_over), T(t_link_long),
	T(t_rename_long), T(t_mount_long),    T(t_chown_long),
};

/* A filesystem with a few files as working directory; descriptor 0 is open. */
static void set_up(void)
{
	CHECK(fake_start() == 0);
	CHECK(sys_mkdir("/t", 0755) == 0);
	CHECK(sys_mount("t", "/t", "tmpfs", 0, NULL) == 0);
	CHECK(sys_chdir("/t") == 0);
	CHECK(sys_openat(AT_FDCWD, "file", O_RDWR | O_CREAT, 0644) == 0);
	CHECK(sys_write(0, "contents", 8) == 8);
	CHECK(sys_symlink("file", "link") == 0);
	CHECK(sys_mkdir("dir", 0755) == 0);
	CHECK(sys_link("file", "file1") == 0);
	CHECK(sys_mknod("file2", S_IFREG | 0644, 0) == 0);
}

static void tear_down(void)
{
	CHECK(sys_close_range(0, ~0u, 0) == 0);
	CHECK(sys_chdir("/") == 0);
	sys_umount2("/t/dir", 0);
	CHECK(sys_umount2("/t", 0) == 0);
	CHECK(sys_rmdir("/t") == 0);
	fake_stop();
}

static bool is_shortage(long r)
{
	return r == -ENOMEM || r == -ENOSPC;
}

/* The call with its n-th allocation failing; false when it makes fewer. */
static bool one(const char *name, long (*fn)(void), unsigned long n)
{
	size_t bytes = fake_bytes, pages = fake_pages;
	bool reached;
	long r;

	set_up();
	fake_fail_at = fake_allocs + n;
	r = fn();
	reached = fake_allocs >= fake_fail_at;
	fake_fail_at = 0;
	injected += reached;
	if (r < 0 && !(reached && is_shortage(r))) {
		printf("%s: allocation %lu: %s\n", name, n, strerror((int)-r));
		CHECK(!"the right error");
	}
	if (r < 0)
		CHECK(fn() >= 0);
	tear_down();
	if (fake_bytes != bytes || fake_pages != pages) {
		printf("%s: allocation %lu: %ld bytes, %ld pages left\n", name,
		       n, (long)(fake_bytes - bytes),
		       (long)(fake_pages - pages));
		CHECK(!"nothing left");
	}
	return reached;
}

/* All of memory is used up: what needs some fails, what does not works. */
static void full(void)
{
	struct stat st;
	long fd, n;

	set_up();
	fake_pages_max = fake_pages + 50;
	fd = sys_openat(AT_FDCWD, "big", O_RDWR | O_CREAT, 0644);
	CHECK(fd > 0);
	for (n = 0; n >= 0;)
		n = sys_write((int)fd, buf, sizeof(buf));
	CHECK(n == -ENOSPC);
	CHECK(sys_fstat((int)fd, &st) == 0 && st.st_size == 50 * 4096);
	CHECK(sys_pwrite64((int)fd, "x", 1, 0) == 1);
	CHECK(sys_write(0, "y", 1) == 1);
	CHECK(sys_fallocate(0, 0, 0, 1 << 20) == -ENOSPC);
	CHECK(sys_ftruncate((int)fd, 49 * 4096) == 0);
	CHECK(sys_pwrite64((int)fd, buf, 8192, 49 * 4096) == 4096);
	CHECK(sys_unlink("big") == 0);
	CHECK(sys_close((int)fd) == 0);
	CHECK(sys_fallocate(0, 0, 0, 40 * 4096) == 0);
	fake_pages_max = 1 << 16;
	tear_down();
}

/* The share of one filesystem is used up: its pages, then its files. */
static void share(void)
{
	char name[16];
	long n;

	set_up();
	CHECK(sys_mount("x", "dir", "tmpfs", 0, "size=64k,nr_inodes=10") == 0);
	n = sys_openat(AT_FDCWD, "dir/f", O_RDWR | O_CREAT, 0644);
	CHECK(sys_write((int)n, buf, 20000) == 20000);
	CHECK(sys_lseek((int)n, 60000, SEEK_SET) == 60000);
	CHECK(sys_write((int)n, buf, 20000) == 20000);
	CHECK(sys_write((int)n, buf, 20000) == 20000);
	/* Pages 0 to 4 and 14 to 24: that was all. */
	CHECK(sys_pwrite64((int)n, buf, 20000, 300000) == -ENOSPC);
	sys_close((int)n);
	for (int i = 0; i < 8; i++) {
		snprintf(name, sizeof(name), "dir/%d", i);
		CHECK(sys_mkdir(name, 0700) == 0);
	}
	CHECK(sys_mkdir("dir/one-more", 0700) == -ENOSPC);
	CHECK(sys_rmdir("dir/3") == 0);
	CHECK(sys_mkdir("dir/one-more", 0700) == 0);
	tear_down();
}

int main(void)
{
	fake_init();
	CHECK(vfs_init() == 0);
	fake_start();
	/* What is made once and stays. */
	CHECK(t_memfd() == 0);
	fake_stop();
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		for (unsigned long n = 1; one(tests[i].name, tests[i].fn, n);)
			n++;
	full();
	share();
	printf("faults: %lu allocations were made to fail\n", injected);
	return unit_done();
}
