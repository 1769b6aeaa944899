/* SPDX-License-Identifier: BSD-2-Clause */
/* model_files.c: the model's calls on descriptors. */
#include "model.h"
#include <stdlib.h>
#include <linux/falloc.h>
#include <linux/openat2.h>
#include <sys/uio.h>

void do_fstat(void)
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

void do_open(void)
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

void do_openat2(void)
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

void do_close(void)
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

void do_write(void)
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

void do_read(void)
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

void do_lseek(void)
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

void do_truncate(void)
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

void do_fallocate(void)
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

void do_dup(void)
{
	int s = (int)rnd(SLOTS), t = (int)rnd(SLOTS);

	note("%d = dup(%d)", t, s);
	if (s == t)
		return;
	close_slot(t);
	keep_fds(t, sys_dup(ours_fd[s]), HOST(SYS_dup, host_fd[s]));
}

void do_getfl(void)
{
	int s = (int)rnd(SLOTS);

	note("fcntl(%d, F_GETFL)", s);
	same("result", sys_fcntl(ours_fd[s], F_GETFL, 0),
	     HOST(SYS_fcntl, host_fd[s], F_GETFL, 0));
}
