/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpio.c: archives, good ones and broken ones. A broken one must end in one
 * line that says what is wrong, and never in a read past its end (each is
 * unpacked from a block of exactly its size, which the sanitizer watches).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include "../unit.h"
#include <posixen/syscalls.h>
#include "fake.h"

struct archive {
	char data[100000];
	size_t n;
	unsigned int next_ino;
};

static void put(struct archive *a, const void *p, size_t n)
{
	memcpy(a->data + a->n, p, n);
	a->n += n;
	while (a->n % 4)
		a->data[a->n++] = '\0';
}

static void member(struct archive *a, const char *name, unsigned int mode,
		   unsigned int ino, unsigned int nlink, const char *data,
		   size_t size)
{
	char head[400];
	int n = snprintf(head, sizeof(head),
			 "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
			 "%08x%08x%s",
			 ino, mode, 7, 8, nlink, 1234567, (unsigned int)size, 3,
			 1, 1, 3, (unsigned int)strlen(name) + 1, 0, name);

	put(a, head, (size_t)n + 1);
	put(a, data, size);
}

static void add(struct archive *a, const char *name, unsigned int mode,
		const char *data)
{
	member(a, name, mode, ++a->next_ino, 1, data, strlen(data));
}

static void trailer(struct archive *a)
{
	member(a, "TRAILER!!!", 0, 0, 1, "", 0);
}

static void good(struct archive *a)
{
	a->n = 0;
	a->next_ino = 100;
	add(a, ".", S_IFDIR | 0755, "");
	add(a, "d", S_IFDIR | 0750, "");
	add(a, "d/file", S_IFREG | 04640, "contents\n");
	add(a, "./d/empty", S_IFREG | 0600, "");
	add(a, "d/link", S_IFLNK | 0777, "../d/file");
	add(a, "no/parents/here", S_IFREG | 0644, "x");
	add(a, "null", S_IFCHR | 0666, "");
	add(a, "fifo", S_IFIFO | 0622, "");
	member(a, "h1", S_IFREG | 0644, 5, 3, "", 0);
	member(a, "h2", S_IFREG | 0644, 5, 3, "", 0);
	member(a, "d/h3", S_IFREG | 0644, 5, 3, "linked", 6);
	trailer(a);
}

static int unpack(const char *data, size_t n)
{
	char *exact = malloc(n ? n : 1);
	int err;

	memcpy(exact, data, n);
	fake_log[0] = '\0';
	err = cpio_unpack(exact, n);
	free(exact);
	return err;
}

static int lines(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

/* The root of the unpacking is a filesystem of its own for each try. */
static void begin(void)
{
	CHECK(fake_start() == 0);
	CHECK(sys_mkdir("/r", 0755) == 0);
	CHECK(sys_mount("r", "/r", "tmpfs", 0, "size=1m") == 0);
	CHECK(sys_chroot("/r") == 0);
	CHECK(sys_chdir("/") == 0);
}

static void end(void)
{
	fake_stop();
	CHECK(fake_start() == 0);
	CHECK(sys_umount2("/r", 0) == 0);
	CHECK(sys_rmdir("/r") == 0);
	fake_stop();
}

static void check_text(const char *path, const char *want)
{
	char buf[100] = "";
	int fd = (int)sys_openat(AT_FDCWD, path, O_RDONLY, 0);

	sys_read(fd, buf, sizeof(buf) - 1);
	CHECK_STR(buf, want);
	sys_close(fd);
}

static void check_mode(const char *path, unsigned int mode)
{
	struct stat st = {0};

	CHECK(sys_lstat(path, &st) == 0);
	CHECK(st.st_mode == mode);
	CHECK(st.st_uid == 7 && st.st_gid == 8);
	CHECK(st.st_mtim.tv_sec == 1234567 && st.st_mtim.tv_nsec == 0);
}

static void check_tree(void)
{
	struct stat a, b;
	char buf[50] = "";

	check_text("d/file", "contents\n");
	check_text("d/link", "contents\n");
	check_text("d/empty", "");
	check_text("no/parents/here", "x");
	check_text("h1", "linked");
	check_text("h2", "linked");
	check_mode("d", S_IFDIR | 0750);
	check_mode("d/file", S_IFREG | 04640);
	check_mode("d/link", S_IFLNK | 0777);
	check_mode("null", S_IFCHR | 0666);
	check_mode("fifo", S_IFIFO | 0622);
	CHECK(sys_readlink("d/link", buf, 49) == 9);
	CHECK_STR(buf, "../d/file");
	CHECK(sys_stat("h1", &a) == 0 && sys_stat("d/h3", &b) == 0);
	CHECK(a.st_ino == b.st_ino && a.st_nlink == 3);
	CHECK(sys_stat("null", &a) == 0 && a.st_rdev == 0x103);
}

static void test_good(struct archive *a)
{
	begin();
	good(a);
	CHECK(unpack(a->data, a->n) == 0);
	CHECK_STR(fake_log, "");
	check_tree();
	/* Again, over what is there. */
	CHECK(unpack(a->data, a->n) == 0);
	check_tree();
	end();
	/* Two archives with zeroes before, between and behind. */
	begin();
	memmove(a->data + 512, a->data, a->n);
	memset(a->data, 0, 512);
	a->n += 512 + 1024;
	memset(a->data + a->n - 1024, 0, 1024);
	add(a, "second", S_IFREG | 0644, "2");
	trailer(a);
	memset(a->data + a->n, 0, 700);
	CHECK(unpack(a->data, a->n + 700) == 0);
	check_text("second", "2");
	check_tree();
	end();
}

static void expect(struct archive *a, const char *why)
{
	begin();
	CHECK(unpack(a->data, a->n) == -EINVAL);
	CHECK(lines(fake_log) == 1);
	if (!strstr(fake_log, why))
		CHECK_STR(fake_log, why);
	end();
}

static void test_messages(struct archive *a)
{
	good(a);
	a->n = 0;
	expect(a, "it is empty");
	strcpy(a->data, "\x1f\x8b\x08rest");
	a->n = 10;
	expect(a, "gzip");
	strcpy(a->data, "this is no archive");
	a->n = 18;
	expect(a, "no newc header");
	strcpy(a->data, "070707000000");
	a->n = 12;
	expect(a, "old format");
	good(a);
	memcpy(a->data + a->n, "junk", 4);
	a->n += 4;
	expect(a, "no newc header");
	good(a);
	a->data[20] = 'x';
	expect(a, "bad number");
	good(a);
	a->n -= 124;
	expect(a, "without a trailer");
	/* A name a byte too short: no NUL where it should be. */
	good(a);
	a->data[110 - 8 - 1] = '1';
	expect(a, "name");
	good(a);
	memcpy(a->data + 6 + 11 * 8, "ffffffff", 8);
	expect(a, "length is impossible");
}

/* Every length but the whole is an error, with one line. */
static void test_cut(struct archive *a)
{
	good(a);
	for (size_t n = 0; n < a->n - 4; n++) {
		begin();
		CHECK(unpack(a->data, n) == -EINVAL);
		CHECK(lines(fake_log) == 1);
		end();
	}
}

/* Anything may come out but a crash or silence about an error. */
static void test_noise(struct archive *a)
{
	srandom(1);
	for (int i = 0; i < 3000; i++) {
		begin();
		good(a);
		for (long k = random() % 8; k >= 0; k--)
			a->data[(size_t)random() % a->n] =
				random() % 2
					? (char)random()
					: "0123456789abcdef/."[random() % 18];
		if (unpack(a->data, a->n))
			CHECK(lines(fake_log) >= 1);
		end();
	}
}

static void test_faults(struct archive *a)
{
	good(a);
	for (unsigned long n = 1;; n++) {
		size_t bytes = fake_bytes, pages = fake_pages;
		bool reached;
		int err;

		begin();
		fake_fail_at = fake_allocs + n;
		err = unpack(a->data, a->n);
		reached = fake_allocs >= fake_fail_at;
		fake_fail_at = 0;
		CHECK(!err || err == -ENOMEM || err == -ENOSPC);
		CHECK(!err || reached);
		CHECK(lines(fake_log) == !!err);
		end();
		CHECK(fake_bytes == bytes && fake_pages == pages);
		if (!reached)
			break;
	}
}

/* More than the filesystem may hold. */
static void test_too_big(struct archive *a)
{
	static char big[60000];

	memset(big, 'b', sizeof(big));
	a->n = 0;
	member(a, "big", S_IFREG | 0644, 1, 1, big, sizeof(big));
	trailer(a);
	begin();
	CHECK(sys_mount(NULL, "/", NULL, MS_REMOUNT, "size=40k") == 0);
	CHECK(unpack(a->data, a->n) == -ENOSPC);
	CHECK(strstr(fake_log, "big: not enough memory") != NULL);
	end();
}

int main(void)
{
	static struct archive a;

	fake_init();
	CHECK(vfs_init() == 0);
	test_good(&a);
	test_messages(&a);
	test_cut(&a);
	test_noise(&a);
	test_faults(&a);
	test_too_big(&a);
	return unit_done();
}
