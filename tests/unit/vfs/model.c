/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * model.c: the same random calls to vfs/ and to this machine's Linux, on a
 * fresh tmpfs that is the root of both: results, errors and what can be seen of
 * the files must be equal.
 *
 * model [SEED [STEPS]] runs one sequence; a failure names the seed and shows
 * the calls that led to it. Needs root for the tmpfs and chroot: skips without.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include "../unit.h"
#include <posixen/syscalls.h>
#include "fake.h"

#define SLOTS	12
#define MAX_IO	20000
#define HISTORY 100

static uint64_t rng;
static unsigned long step;
static char history[HISTORY][400];
static int ours_fd[SLOTS], host_fd[SLOTS];
static int failed;
static unsigned int uid;
/*
 * Linux's tmpfs shows reserved pages that nobody wrote as holes, except after
 * some truncations near them. So a sequence either reserves pages or looks for
 * holes.
 */
static int reserving;
static int mounts;
static char buf_o[MAX_IO], buf_h[MAX_IO];

static unsigned int rnd(unsigned int n)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	rng ^= rng << 17;
	return (unsigned int)((rng >> 20) % n);
}

static void note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(history[step % HISTORY], sizeof(history[0]), fmt, ap);
	va_end(ap);
}

static void differ(const char *what, long o, long h)
{
	unsigned long i = step > HISTORY ? step - HISTORY + 1 : 0;

	if (failed++)
		return;
	for (; i <= step; i++)
		printf("%6lu %s\n", i, history[i % HISTORY]);
	printf("differs: %s: ours %ld (%s), Linux %ld (%s)\n", what, o,
	       o < 0 ? strerror((int)-o) : "", h,
	       h < 0 ? strerror((int)-h) : "");
}

static void same(const char *what, long o, long h)
{
	size_t n = strlen(history[step % HISTORY]);

	snprintf(history[step % HISTORY] + n, sizeof(history[0]) - n,
		 " = %ld%s", o, o == h ? "" : " !!");
	if (o != h)
		differ(what, o, h);
}

static long host(long r)
{
	return r < 0 ? -errno : r;
}
#define HOST(...) host(syscall(__VA_ARGS__))

/* Paths: few names, so that calls meet. */
static char paths[4][5000];

static const char *path(int which)
{
	static const char *const names[] = {"a", "b", "c", "d", "e",  "l",
					    "a", "b", "c", "d", "..", "."};
	char *p = paths[which];
	unsigned int n = 1 + rnd(3), odd = rnd(60);

	p[0] = '\0';
	if (odd == 0)
		return p;
	if (odd == 1) {
		memset(p, 'x', 256);
		p[256 - rnd(2)] = '\0';
		return p;
	}
	if (odd == 2) {
		memset(p, '/', 4097);
		p[4095 + rnd(2)] = '\0';
		return p;
	}
	if (odd < 10)
		strcpy(p, "/");
	for (unsigned int i = 0; i < n; i++) {
		if (i)
			strcat(p, rnd(12) ? "/" : "//");
		strcat(p, names[rnd(i || n > 1 ? 12 : 10)]);
	}
	if (!rnd(12))
		strcat(p, "/");
	return p;
}

/* A directory for *at calls: the working directory or a slot. */
static int slot_or_cwd(int *o, int *h)
{
	int s = rnd(4) ? -1 : (int)rnd(SLOTS);

	*o = s < 0 ? AT_FDCWD : ours_fd[s];
	*h = s < 0 ? AT_FDCWD : host_fd[s];
	return s;
}

static void compare_stat(const struct stat *o, const struct stat *h)
{
	same("mode", o->st_mode, h->st_mode);
	same("nlink", (long)o->st_nlink, (long)h->st_nlink);
	same("uid", o->st_uid, h->st_uid);
	same("gid", o->st_gid, h->st_gid);
	same("rdev", (long)o->st_rdev, (long)h->st_rdev);
	same("size", o->st_size, h->st_size);
	same("blocks", o->st_blocks, h->st_blocks);
	same("blksize", o->st_blksize, h->st_blksize);
}

static void do_stat(void)
{
	int od, hd, s = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	int flags = (rnd(2) ? AT_SYMLINK_NOFOLLOW : 0) |
		    (rnd(4) ? 0 : AT_EMPTY_PATH);
	struct stat o, h;
	long ro, rh;

	note("newfstatat(%d, %.40s, %#x)", s, p, flags);
	ro = sys_newfstatat(od, p, &o, flags);
	rh = HOST(SYS_newfstatat, hd, p, &h, flags);
	same("result", ro, rh);
	if (!ro && !rh)
		compare_stat(&o, &h);
}

static void do_fstat(void)
{
	int s = (int)rnd(SLOTS);
	struct stat o, h;
	long ro, rh;

	note("fstat(%d)", s);
	ro = sys_fstat(ours_fd[s], &o);
	rh = HOST(SYS_fstat, host_fd[s], &h);
	same("result", ro, rh);
	if (!ro && !rh)
		compare_stat(&o, &h);
}

static void close_slot(int s)
{
	sys_close(ours_fd[s]);
	if (host_fd[s] >= 0)
		close(host_fd[s]);
	ours_fd[s] = host_fd[s] = -1;
}

static int open_flags(void)
{
	static const int some[] = {O_CREAT,	O_EXCL,	    O_TRUNC,   O_APPEND,
				   O_DIRECTORY, O_NOFOLLOW, O_NOATIME, O_PATH,
				   O_CLOEXEC,	O_SYNC};
	int flags = (int)rnd(3) | O_NONBLOCK;

	if (rnd(3))
		flags |= O_CREAT;
	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
		if (!rnd(8))
			flags |= some[i];
	if (!rnd(15))
		flags |= O_TMPFILE;
	return flags;
}

/* Both have it or none. */
static void keep_fds(int s, long o, long h)
{
	same("result", o < 0 ? o : 0, h < 0 ? h : 0);
	ours_fd[s] = o < 0 ? -1 : (int)o;
	host_fd[s] = h < 0 ? -1 : (int)h;
}

/* Sockets, devices and FIFOs behave as vfs2's tests say; here only openness. */
static void drop_special(int s)
{
	struct stat h;

	if (host_fd[s] >= 0 && !fstat(host_fd[s], &h) && !S_ISREG(h.st_mode) &&
	    !S_ISDIR(h.st_mode) && !S_ISLNK(h.st_mode))
		close_slot(s);
}

static void do_open(void)
{
	int s = (int)rnd(SLOTS), flags = open_flags();
	unsigned int mode = rnd(4) ? 0666 : rnd(010000);
	int od, hd, at = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	long o, h;

	note("%d = openat(%d, %.40s, %#o, %#o)", s, at, p, flags, mode);
	o = sys_openat(od, p, flags, mode);
	h = HOST(SYS_openat, hd, p, flags, mode);
	if (at != s || o < 0) {
		if (o >= 0 || h >= 0)
			close_slot(s);
	}
	if (o >= 0 || h >= 0 || at != s) {
		if (o < 0 && h < 0) {
			same("result", o, h);
			return;
		}
		keep_fds(s, o, h);
		drop_special(s);
	} else {
		same("result", o, h);
	}
}

static void do_openat2(void)
{
	int s = (int)rnd(SLOTS), od, hd, at = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	struct open_how how = {.flags = (uint64_t)open_flags(),
			       .resolve = rnd(0x20)};
	long o, h;

	if (how.flags & (O_CREAT | O_TMPFILE))
		how.mode = 0644;
	note("%d = openat2(%d, %.40s, %#llo, %#llx)", s, at, p, how.flags,
	     how.resolve);
	o = sys_openat2(od, p, &how, sizeof(how));
	h = HOST(SYS_openat2, hd, p, &how, sizeof(how));
	if (o < 0 && h < 0) {
		same("result", o, h);
		return;
	}
	close_slot(s);
	keep_fds(s, o, h);
	drop_special(s);
}

static void do_close(void)
{
	int s = (int)rnd(SLOTS);

	note("close(%d)", s);
	close_slot(s);
}

static void fill(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (char)(rnd(255) + 1);
}

static long offset(void)
{
	static const long nice[] = {0,	     1,	       4095,	4096,
				    4097,    8192,     12288,	65536,
				    1 << 18, 1L << 30, 1L << 40};

	if (!rnd(200))
		return -(long)rnd(3);
	if (!rnd(200))
		return INT64_MAX - rnd(5000);
	return nice[rnd(rnd(8) ? 9 : 11)] + rnd(3) * rnd(5000);
}

static size_t length(void)
{
	return rnd(4) ? rnd(300) : rnd(MAX_IO);
}

static void do_write(void)
{
	int s = (int)rnd(SLOTS), how = (int)rnd(4);
	size_t n = length();
	long off = offset();
	struct iovec v[3] = {{buf_o, n / 3}, {NULL, 0}, {buf_o + n / 3, n / 2}};
	long o, h;

	fill(buf_o, n);
	note("write%d(%d, %zu, %ld)", how, s, n, off);
	if (how == 0) {
		o = sys_write(ours_fd[s], buf_o, n);
		h = HOST(SYS_write, host_fd[s], buf_o, n);
	} else if (how == 1) {
		o = sys_pwrite64(ours_fd[s], buf_o, n, off);
		h = HOST(SYS_pwrite64, host_fd[s], buf_o, n, off);
	} else if (how == 2) {
		o = sys_writev(ours_fd[s], v, 3);
		h = HOST(SYS_writev, host_fd[s], v, 3);
	} else {
		int rwf = rnd(3) ? 0 : RWF_APPEND;

		o = sys_pwritev2(ours_fd[s], v, 3, off, 0, rwf);
		h = HOST(SYS_pwritev2, host_fd[s], v, 3, off, 0, rwf);
	}
	same("result", o, h);
}

static void do_read(void)
{
	int s = (int)rnd(SLOTS), how = (int)rnd(3);
	size_t n = length();
	long off = offset(), o, h;

	memset(buf_o, 0, n);
	memset(buf_h, 0, n);
	note("read%d(%d, %zu, %ld)", how, s, n, off);
	if (how == 0) {
		o = sys_read(ours_fd[s], buf_o, n);
		h = HOST(SYS_read, host_fd[s], buf_h, n);
	} else if (how == 1) {
		o = sys_pread64(ours_fd[s], buf_o, n, off);
		h = HOST(SYS_pread64, host_fd[s], buf_h, n, off);
	} else {
		struct iovec vo[2] = {{buf_o, n / 3}, {buf_o + n / 3, n / 2}};
		struct iovec vh[2] = {{buf_h, n / 3}, {buf_h + n / 3, n / 2}};

		o = sys_preadv(ours_fd[s], vo, 2, off, 0);
		h = HOST(SYS_preadv, host_fd[s], vh, 2, off, 0);
	}
	same("result", o, h);
	same("bytes", memcmp(buf_o, buf_h, n), 0);
}

/* Positions in directories are each one's own. */
static bool is_dir(int s)
{
	struct stat h;

	return host_fd[s] >= 0 && !fstat(host_fd[s], &h) && S_ISDIR(h.st_mode);
}

static void do_lseek(void)
{
	int s = (int)rnd(SLOTS), whence = (int)rnd(reserving ? 3 : 6);
	long off = offset(), o, h;

	note("lseek(%d, %ld, %d)", s, off, whence);
	if (is_dir(s))
		return;
	if (whence == SEEK_END && rnd(2))
		off = -off;
	o = sys_lseek(ours_fd[s], off, whence);
	h = HOST(SYS_lseek, host_fd[s], off, whence);
	/* Linux finds no data in the very last page of all. */
	if (whence != SEEK_DATA || o < INT64_MAX - 8192)
		same("result", o, h);
}

static void do_truncate(void)
{
	long size = offset();

	if (rnd(2)) {
		int s = (int)rnd(SLOTS);

		note("ftruncate(%d, %ld)", s, size);
		same("result", sys_ftruncate(ours_fd[s], size),
		     HOST(SYS_ftruncate, host_fd[s], size));
	} else {
		const char *p = path(0);

		note("truncate(%.40s, %ld)", p, size);
		same("result", sys_truncate(p, size),
		     HOST(SYS_truncate, p, size));
	}
}

static void do_fallocate(void)
{
	static const int modes[] = {0,
				    FALLOC_FL_KEEP_SIZE,
				    FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE,
				    FALLOC_FL_PUNCH_HOLE,
				    FALLOC_FL_ZERO_RANGE,
				    FALLOC_FL_COLLAPSE_RANGE};
	int s = (int)rnd(SLOTS), mode = modes[rnd(rnd(6) ? 3 : 6)];
	long off = offset() % 300000, len = (long)length();

	if (mode < 2 && !reserving)
		mode = modes[2];
	note("fallocate(%d, %d, %ld, %ld)", s, mode, off, len);
	same("result", sys_fallocate(ours_fd[s], mode, off, len),
	     HOST(SYS_fallocate, host_fd[s], mode, off, len));
}

static void do_mkdir(void)
{
	int od, hd, s = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	unsigned int mode = rnd(3) ? 0777 : rnd(010000);

	note("mkdirat(%d, %.40s, %#o)", s, p, mode);
	same("result", sys_mkdirat(od, p, mode),
	     HOST(SYS_mkdirat, hd, p, mode));
}

static void do_mknod(void)
{
	static const unsigned int types[] = {S_IFREG,  0,	S_IFIFO,
					     S_IFSOCK, S_IFCHR, S_IFBLK,
					     S_IFDIR,  S_IFLNK};
	const char *p = path(0);
	unsigned int mode = types[rnd(8)] | rnd(0200) | 0600;

	note("mknod(%.40s, %#o)", p, mode);
	same("result", sys_mknod(p, mode, 0x103),
	     HOST(SYS_mknod, p, mode, 0x103));
}

static void do_unlink(void)
{
	int od, hd, s = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	int flags = rnd(3) ? 0 : AT_REMOVEDIR;

	note("unlinkat(%d, %.40s, %#x)", s, p, flags);
	same("result", sys_unlinkat(od, p, flags),
	     HOST(SYS_unlinkat, hd, p, flags));
}

static void do_rename(void)
{
	int od, hd, od2, hd2;
	int s = slot_or_cwd(&od, &hd), s2 = slot_or_cwd(&od2, &hd2);
	const char *p = path(0), *q = path(1);
	unsigned int flags = rnd(3) ? 0 : rnd(8);

	note("renameat2(%d, %.40s, %d, %.40s, %u)", s, p, s2, q, flags);
	same("result", sys_renameat2(od, p, od2, q, flags),
	     HOST(SYS_renameat2, hd, p, hd2, q, flags));
}

/* Hard links of others' files depend on a sysctl of the machine. */
static void do_link(void)
{
	int od, hd, od2, hd2;
	int s = slot_or_cwd(&od, &hd), s2 = slot_or_cwd(&od2, &hd2);
	const char *p = path(0), *q = path(1);
	int flags =
		(rnd(2) ? AT_SYMLINK_FOLLOW : 0) | (rnd(4) ? 0 : AT_EMPTY_PATH);

	if (uid)
		return;
	note("linkat(%d, %.40s, %d, %.40s, %#x)", s, p, s2, q, flags);
	same("result", sys_linkat(od, p, od2, q, flags),
	     HOST(SYS_linkat, hd, p, hd2, q, flags));
}

static void do_symlink(void)
{
	const char *p = path(0), *q = path(1);

	note("symlink(%.40s, %.40s)", p, q);
	same("result", sys_symlink(p, q), HOST(SYS_symlink, p, q));
}

static void do_readlink(void)
{
	const char *p = path(0);
	size_t n = rnd(6) ? 5000 : rnd(4);
	long o, h;

	note("readlink(%.40s)", p);
	o = sys_readlink(p, buf_o, n);
	h = HOST(SYS_readlink, p, buf_h, n);
	same("result", o, h);
	if (o > 0 && o == h)
		same("text", memcmp(buf_o, buf_h, (size_t)o), 0);
}

static void do_chmod(void)
{
	unsigned int mode = rnd(010000) | (rnd(3) ? 0 : 0700);

	if (rnd(2)) {
		const char *p = path(0);

		note("chmod(%.40s, %#o)", p, mode);
		same("result", sys_chmod(p, mode), HOST(SYS_chmod, p, mode));
	} else {
		int s = (int)rnd(SLOTS);

		note("fchmod(%d, %#o)", s, mode);
		same("result", sys_fchmod(ours_fd[s], mode),
		     HOST(SYS_fchmod, host_fd[s], mode));
	}
}

static void do_chown(void)
{
	unsigned int u = rnd(3) ? rnd(4) : ~0u, g = rnd(3) ? rnd(4) : ~0u;
	int flags = rnd(2) ? AT_SYMLINK_NOFOLLOW : 0;
	const char *p = path(0);

	note("fchownat(%.40s, %d, %d, %#x)", p, (int)u, (int)g, flags);
	same("result", sys_fchownat(AT_FDCWD, p, u, g, flags),
	     HOST(SYS_fchownat, AT_FDCWD, p, u, g, flags));
}

static void do_utimens(void)
{
	struct timespec t[2] = {{(long)rnd(2000), rnd(1000000000)},
				{(long)rnd(2000), rnd(1000000000)}};
	int od, hd, s = slot_or_cwd(&od, &hd), null = !rnd(5);
	const char *p = s >= 0 && rnd(2) ? NULL : path(0);
	int flags = p && rnd(2) ? AT_SYMLINK_NOFOLLOW : 0;
	struct stat o, h;

	for (int i = 0; i < 2; i++) {
		unsigned int odd = rnd(12);

		if (odd < 4)
			t[i].tv_nsec = odd & 1 ? UTIME_NOW : UTIME_OMIT;
		else if (odd == 5)
			t[i].tv_nsec = 1000000000;
	}
	note("utimensat(%d, %.40s, %ld.%ld %ld.%ld null %d, %#x)", s,
	     p ? p : "-", t[0].tv_sec, t[0].tv_nsec, t[1].tv_sec, t[1].tv_nsec,
	     null, flags);
	same("result", sys_utimensat(od, p, null ? NULL : t, flags),
	     HOST(SYS_utimensat, hd, p, null ? NULL : t, flags));
	if (!p || !!sys_newfstatat(od, p, &o, flags) |
			  !!HOST(SYS_newfstatat, hd, p, &h, flags))
		return;
	if (o.st_mtim.tv_sec < 2000)
		same("mtime", memcmp(&o.st_mtim, &h.st_mtim, sizeof(*t)), 0);
	if (o.st_atim.tv_sec < 2000)
		same("atime", memcmp(&o.st_atim, &h.st_atim, sizeof(*t)), 0);
}

static void do_access(void)
{
	const char *p = path(0);
	int mode = (int)rnd(rnd(9) ? 8 : 10);
	int flags =
		(rnd(2) ? AT_EACCESS : 0) | (rnd(2) ? AT_SYMLINK_NOFOLLOW : 0);

	note("faccessat2(%.40s, %d, %#x)", p, mode, flags);
	same("result", sys_faccessat2(AT_FDCWD, p, mode, flags),
	     HOST(SYS_faccessat2, AT_FDCWD, p, mode, flags));
}

static void do_chdir(void)
{
	if (rnd(2)) {
		const char *p = rnd(3) ? path(0) : "/";

		note("chdir(%.40s)", p);
		same("result", sys_chdir(p), HOST(SYS_chdir, p));
	} else {
		int s = (int)rnd(SLOTS);

		note("fchdir(%d)", s);
		same("result", sys_fchdir(ours_fd[s]),
		     HOST(SYS_fchdir, host_fd[s]));
	}
}

static void do_getcwd(void)
{
	size_t n = rnd(4) ? 5000 : rnd(12);
	long o, h;

	note("getcwd(%zu)", n);
	o = sys_getcwd(buf_o, n);
	h = HOST(SYS_getcwd, buf_h, n);
	same("result", o, h);
	if (o > 0 && o == h)
		same("text", strcmp(buf_o, buf_h), 0);
}

struct entry {
	uint64_t ino;
	int64_t off;
	unsigned short len;
	unsigned char type;
	char name[];
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "type name" of each entry, sorted. */
static int list(char *buf, long n, char **out)
{
	int count = 0;

	for (long at = 0; at < n;) {
		struct entry *e = (struct entry *)(buf + at);
		char *line = malloc(300);

		sprintf(line, "%s %d", e->name, e->type);
		out[count++] = line;
		at += e->len;
	}
	qsort(out, (size_t)count, sizeof(*out), by_name);
	return count;
}

static void do_getdents(void)
{
	int s = (int)rnd(SLOTS), no, nh;
	char *lo[600], *lh[600];
	long o, h;

	note("getdents64(%d)", s);
	if (is_dir(s)) {
		sys_lseek(ours_fd[s], 0, SEEK_SET);
		lseek(host_fd[s], 0, SEEK_SET);
	}
	o = sys_getdents64(ours_fd[s], buf_o, MAX_IO);
	h = HOST(SYS_getdents64, host_fd[s], buf_h, MAX_IO);
	same("result", o, h);
	if (o <= 0 || o != h)
		return;
	no = list(buf_o, o, lo);
	nh = list(buf_h, h, lh);
	same("entries", no, nh);
	for (int i = 0; i < no; i++) {
		if (i < nh)
			same(lo[i], strcmp(lo[i], lh[i]), 0);
		free(lo[i]);
		free(lh[i]);
	}
}

static void become(unsigned int id)
{
	fake_set_ids(id, id);
	/* The ids for files: the others stay root's. */
	syscall(SYS_setfsgid, id);
	syscall(SYS_setfsuid, id);
}

static void do_become(void)
{
	if (rnd(5))
		return;
	uid = rnd(3) ? 0 : rnd(3);
	note("become %u", uid);
	become(uid);
}

static void do_same_file(void)
{
	const char *p = path(0), *q = path(1);
	struct stat o1, o2, h1, h2;

	note("compare %.40s %.40s", p, q);
	/* All four are made, for what they do to access times. */
	if (!!sys_stat(p, &o1) | !!sys_stat(q, &o2) | !!stat(p, &h1) |
	    !!stat(q, &h2))
		return;
	same("same inode", o1.st_ino == o2.st_ino, h1.st_ino == h2.st_ino);
	same("same device", o1.st_dev == o2.st_dev, h1.st_dev == h2.st_dev);
}

static void do_dup(void)
{
	int s = (int)rnd(SLOTS), t = (int)rnd(SLOTS);

	note("%d = dup(%d)", t, s);
	if (s == t)
		return;
	close_slot(t);
	keep_fds(t, sys_dup(ours_fd[s]), HOST(SYS_dup, host_fd[s]));
}

static void do_getfl(void)
{
	int s = (int)rnd(SLOTS);

	note("fcntl(%d, F_GETFL)", s);
	same("result", sys_fcntl(ours_fd[s], F_GETFL, 0),
	     HOST(SYS_fcntl, host_fd[s], F_GETFL, 0));
}

static void do_umask(void)
{
	unsigned int m = rnd(4) ? 022 : rnd(01000);

	note("umask(%#o)", m);
	same("result", sys_umask(m), HOST(SYS_umask, m));
}

/* Filesystems on directories, read-only ones too, and the same one twice. */
static void do_mount(void)
{
	const char *p = path(0), *q = path(1);
	unsigned long flags = rnd(3) ? 0 : MS_RDONLY;
	long o, h;

	if (uid || mounts > 6)
		return;
	switch (rnd(4)) {
	case 0:
		flags |= MS_REMOUNT | (rnd(3) ? MS_BIND : 0);
		break;
	case 1:
		flags = MS_BIND;
		break;
	}
	note("mount(%.40s, %.40s, tmpfs, %#lx)", p, q, flags);
	o = sys_mount(p, q, "tmpfs", flags,
		      flags & (MS_BIND | MS_REMOUNT) ? NULL
						     : "mode=755,size=1m");
	h = HOST(SYS_mount, p, q, "tmpfs", flags,
		 flags & (MS_BIND | MS_REMOUNT) ? NULL : "mode=755,size=1m");
	same("result", o, h);
	mounts += !o && !(flags & MS_REMOUNT);
}

static void do_umount(void)
{
	const char *p = path(0);
	int flags = rnd(3) ? 0 : MNT_DETACH;
	struct stat st, root;
	long o, h;

	if (uid || !mounts)
		return;
	/* The root itself is another story (umount2(2) of "/"). */
	sys_stat(p, &st);
	if (!stat(p, &st) && !stat("/", &root) && st.st_dev == root.st_dev)
		return;
	note("umount2(%.40s, %d)", p, flags);
	o = sys_umount2(p, flags);
	h = HOST(SYS_umount2, p, flags);
	same("result", o, h);
	mounts -= !o;
}

static void (*const ops[])(void) = {
	do_open,   do_open,	do_open,    do_open,	  do_openat2,
	do_close,  do_write,	do_write,   do_write,	  do_read,
	do_read,   do_lseek,	do_lseek,   do_truncate,  do_fallocate,
	do_mkdir,  do_mkdir,	do_mknod,   do_unlink,	  do_rename,
	do_rename, do_rename,	do_link,    do_symlink,	  do_readlink,
	do_chmod,  do_chown,	do_utimens, do_access,	  do_chdir,
	do_getcwd, do_getdents, do_become,  do_same_file, do_stat,
	do_stat,   do_fstat,	do_dup,	    do_getfl,	  do_umask,
	do_mount,  do_umount,
};

/*
 * Which times does a call change? Both files get known times first; afterwards
 * the pattern of changed ones must be the same.
 */
static void timed(void (*op)(void))
{
	static const char *const watched[] = {".", "a", "b", "c", "a/b", "l"};
	const char *w = watched[rnd(6)];
	struct timespec t[2] = {{1000, 0}, {1000 + rnd(3), 0}};
	struct stat o, h, o2, h2;
	int flags = AT_SYMLINK_NOFOLLOW, slow = !rnd(20), oc, hc;

	if (!rnd(3))
		t[0].tv_sec = time(NULL) + 10000;
	if (uid || !!sys_utimensat(AT_FDCWD, w, t, flags) |
			   !!HOST(SYS_utimensat, AT_FDCWD, w, t, flags) |
			   !!sys_newfstatat(AT_FDCWD, w, &o, flags) |
			   !!HOST(SYS_newfstatat, AT_FDCWD, w, &h, flags)) {
		op();
		return;
	}
	/* Linux's change times are only as fine as its clock tick, so without
	 * a wait one that changed may look as if it had not. */
	if (slow)
		usleep(10000);
	op();
	if (!!sys_newfstatat(AT_FDCWD, w, &o2, flags) |
	    !!HOST(SYS_newfstatat, AT_FDCWD, w, &h2, flags))
		return;
	if (o.st_ino != o2.st_ino || h.st_ino != h2.st_ino ||
	    o.st_dev != o2.st_dev || h.st_dev != h2.st_dev)
		return;
	strncat(history[step % HISTORY], " watching ", 12);
	strncat(history[step % HISTORY], w, 6);
	same("atime changed", memcmp(&o.st_atim, &o2.st_atim, 16) != 0,
	     memcmp(&h.st_atim, &h2.st_atim, 16) != 0);
	same("mtime changed", memcmp(&o.st_mtim, &o2.st_mtim, 16) != 0,
	     memcmp(&h.st_mtim, &h2.st_mtim, 16) != 0);
	oc = memcmp(&o.st_ctim, &o2.st_ctim, 16) != 0;
	hc = memcmp(&h.st_ctim, &h2.st_ctim, 16) != 0;
	if (slow || hc)
		same("ctime changed", oc, hc);
}

/* Everything below dir, which ends in a slash, is the same on both sides. */
static void compare_tree(const char *dir, int depth)
{
	static const char *const names[] = {"a", "b", "c", "d", "e", "l"};

	for (int i = 0; i < 6 && !failed; i++) {
		char p[200];
		struct stat o, h;
		long ro, rh;

		snprintf(p, sizeof(p), "%s%s", dir, names[i]);
		ro = sys_lstat(p, &o);
		rh = host(lstat(p, &h));
		snprintf(history[step % HISTORY], sizeof(history[0]),
			 "afterwards %s", p);
		same("lstat", ro, rh);
		if (ro || rh)
			continue;
		compare_stat(&o, &h);
		strcat(p, "/");
		if (S_ISDIR(o.st_mode) && depth < 12)
			compare_tree(p, depth + 1);
	}
}

static int run(uint64_t seed, unsigned long steps)
{
	reserving = seed & 1;
	rng = seed * 0x9e3779b97f4a7c15ULL + 1;
	memset(history, 0, sizeof(history));
	for (int i = 0; i < SLOTS; i++)
		ours_fd[i] = host_fd[i] = -1;
	for (step = 0; step < steps && !failed; step++) {
		history[step % HISTORY][0] = '\0';
		if (rnd(4))
			ops[rnd(sizeof(ops) / sizeof(*ops))]();
		else
			timed(ops[rnd(sizeof(ops) / sizeof(*ops))]);
		if (step % 64 || failed)
			continue;
		step++;
		become(0);
		/* Else all names end up behind a closed door. */
		sys_chmod("/", 0777);
		chmod("/", 0777);
		compare_tree("/", 0);
		become(uid);
	}
	for (int i = 0; i < SLOTS; i++)
		close_slot(i);
	if (failed)
		printf("seed %llu\n", (unsigned long long)seed);
	return failed;
}

/* A root of its own for each sequence, on both sides. */
static int enter_roots(void)
{
	if (mount("none", "/tmp", "tmpfs", 0, "size=256m,mode=755") ||
	    chroot("/tmp") || chdir("/"))
		return -1;
	umask(022);
	return 0;
}

static int enter_our_root(void)
{
	sys_chdir("/");
	if (sys_mkdir("/model", 0755) ||
	    sys_mount("none", "/model", "tmpfs", 0, "size=256m,mode=755") ||
	    sys_chroot("/model") || sys_chdir("/"))
		return -1;
	sys_umask(022);
	return 0;
}

/* Tables that only grow have their size before memory is counted. */
static void warm_up(void)
{
	char name[20];

	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "/tmp/%d", i);
		sys_mkdir(name, 0700);
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "/tmp/%d", i);
		sys_rmdir(name);
	}
}

/* All that the sequence made goes with its root; nothing may be left. */
static int leave_our_root(size_t bytes)
{
	fake_set_ids(0, 0);
	fake_stop();
	if (fake_start())
		return 1;
	/* Others may have been mounted over it. */
	while (!sys_umount2("/model", MNT_DETACH))
		;
	if (sys_rmdir("/model")) {
		printf("model: its root cannot be removed\n");
		return 1;
	}
	fake_stop();
	if (fake_bytes == bytes && !fake_pages)
		return 0;
	printf("model: %ld bytes and %zu pages are left\n",
	       (long)(fake_bytes - bytes), fake_pages);
	return 1;
}

int main(int argc, char **argv)
{
	size_t bytes;
	unsigned long steps = argc > 2 ? strtoul(argv[2], NULL, 0) : 40000;
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) {
		printf("model: skipped, needs root\n");
		return 77;
	}
	fake_init();
	fake_now = (uint64_t)time(NULL) * 1000000000;
	if (vfs_init())
		return 1;
	if (fake_start())
		return 1;
	warm_up();
	fake_stop();
	bytes = fake_bytes;
	if (fake_start() || enter_our_root() || enter_roots()) {
		printf("model: cannot begin\n");
		return 1;
	}
	if (run(seed, steps))
		return 1;
	if (leave_our_root(bytes))
		return 1;
	printf("model: %lu calls from seed %llu are as on Linux\n", steps,
	       (unsigned long long)seed);
	return 0;
}
