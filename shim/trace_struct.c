/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structures of the program, as strace prints them. Each is copied in before
 * it is looked at; what cannot be read is shown as its address.
 */
#include <linux/fcntl.h>
#include <linux/resource.h>
#include <linux/stat.h>
#include <linux/uio.h>
#include <linux/utsname.h>
#include <asm/stat.h>
#include <asm/statfs.h>
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include "trace.h"

bool trace_in(struct trace *t, void *to, unsigned long p, size_t n)
{
	if (p && copy_in(to, (void *)p, n) == 0)
		return true;
	put_addr(t, p);
	return false;
}

void put_field(struct trace *t, const char *name, long v)
{
	put(t, name);
	put_dec(t, v);
}

static void put_pair(struct trace *t, const long *pair, bool micro)
{
	/* utimensat(2) has two values that are no nanoseconds. */
	if (!micro && pair[1] >> 1 == 0x3ffffffe >> 1) {
		put(t, pair[1] & 1 ? "UTIME_NOW" : "UTIME_OMIT");
		return;
	}
	put_field(t, "{tv_sec=", pair[0]);
	put_field(t, micro ? ", tv_usec=" : ", tv_nsec=", pair[1]);
	put_char(t, '}');
}

static void put_time(struct trace *t, unsigned long p, bool micro)
{
	long pair[2];

	if (trace_in(t, pair, p, sizeof(pair)))
		put_pair(t, pair, micro);
}

void put_timespec(struct trace *t, unsigned long p, unsigned int i)
{
	put_time(t, p, false);
}

void put_timeval(struct trace *t, unsigned long p, unsigned int i)
{
	put_time(t, p, true);
}

/* Two of them in brackets, or an interval timer's setting. */
static void put_times(struct trace *t, unsigned long p, bool timer, bool micro)
{
	long pair[4];

	if (!trace_in(t, pair, p, sizeof(pair)))
		return;
	put(t, timer ? "{it_interval=" : "[");
	put_pair(t, pair, micro);
	put(t, timer ? ", it_value=" : ", ");
	put_pair(t, pair + 2, micro);
	put_char(t, timer ? '}' : ']');
}

void put_timespec2(struct trace *t, unsigned long p, unsigned int i)
{
	put_times(t, p, false, false);
}

void put_timeval2(struct trace *t, unsigned long p, unsigned int i)
{
	put_times(t, p, false, true);
}

void put_itimerspec(struct trace *t, unsigned long p, unsigned int i)
{
	put_times(t, p, true, false);
}

void put_itimerval(struct trace *t, unsigned long p, unsigned int i)
{
	put_times(t, p, true, true);
}

void put_mode(struct trace *t, unsigned int mode)
{
	unsigned int rest = mode & ~S_IFMT;

	if (mode & S_IFMT) {
		put_name(t, &names_file_type, mode & S_IFMT);
		put_char(t, '|');
	}
	if (rest & S_ISUID)
		put(t, "S_ISUID|");
	if (rest & S_ISGID)
		put(t, "S_ISGID|");
	if (rest & S_ISVTX)
		put(t, "S_ISVTX|");
	put_oct(t, rest & 0777);
}

static void put_makedev(struct trace *t, unsigned int major, unsigned int minor)
{
	put(t, "makedev(");
	put_hex(t, major);
	put(t, ", ");
	put_hex(t, minor);
	put_char(t, ')');
}

void put_stat(struct trace *t, unsigned long p, unsigned int i)
{
	struct stat st;

	if (!trace_in(t, &st, p, sizeof(st)))
		return;
	put(t, "{st_mode=");
	put_mode(t, st.st_mode);
	if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) {
		put(t, ", st_rdev=");
		put_makedev(t, st.st_rdev >> 8 & 0xfff,
			    (st.st_rdev & 0xff) |
				    (st.st_rdev >> 12 & 0xffffff00));
	} else {
		put_field(t, ", st_size=", st.st_size);
	}
	put(t, ", ...}");
}

void put_statx(struct trace *t, unsigned long p, unsigned int i)
{
	struct statx st;

	if (!trace_in(t, &st, p, sizeof(st)))
		return;
	put(t, "{stx_mask=");
	put_flags(t, &names_statx, st.stx_mask);
	put(t, ", stx_attributes=");
	put_hex(t, st.stx_attributes);
	put(t, ", stx_mode=");
	put_mode(t, st.stx_mode);
	put_field(t, ", stx_size=", st.stx_size);
	put(t, ", ...}");
}

void put_statfs(struct trace *t, unsigned long p, unsigned int i)
{
	struct statfs st;

	if (!trace_in(t, &st, p, sizeof(st)))
		return;
	put(t, "{f_type=");
	put_name(t, &names_magic, st.f_type);
	put_field(t, ", f_bsize=", st.f_bsize);
	put_field(t, ", f_blocks=", st.f_blocks);
	put_field(t, ", f_bfree=", st.f_bfree);
	put_field(t, ", f_bavail=", st.f_bavail);
	put_field(t, ", f_files=", st.f_files);
	put_field(t, ", f_ffree=", st.f_ffree);
	put(t, ", f_fsid={val=[");
	put_hex(t, (unsigned int)st.f_fsid.val[0]);
	put(t, ", ");
	put_hex(t, (unsigned int)st.f_fsid.val[1]);
	put_field(t, "]}, f_namelen=", st.f_namelen);
	put_field(t, ", f_frsize=", st.f_frsize);
	put(t, ", f_flags=");
	put_flags(t, &names_st, st.f_flags);
	put_char(t, '}');
}

void put_iov(struct trace *t, unsigned long p, unsigned long n, long len)
{
	struct iovec v;
	bool first = true;
	unsigned long i;
	size_t shown;

	if (!p || (n && copy_in(&v, (void *)p, sizeof(v)) < 0)) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	for (i = 0; i < n; i++) {
		put_sep(t, &first, ", ");
		if (i == LISTED) {
			put(t, "...");
			break;
		}
		if (!trace_in(t, &v, p + i * sizeof(v), sizeof(v)))
			break;
		shown = MIN(v.iov_len, (size_t)(len < 0 ? 0 : len));
		len -= shown;
		put(t, "{iov_base=");
		if (v.iov_base)
			put_bytes(t, v.iov_base, shown, false);
		else
			put(t, "NULL");
		put(t, ", iov_len=");
		put_udec(t, v.iov_len);
		put_char(t, '}');
	}
	put_char(t, ']');
}

void put_iov_in(struct trace *t, unsigned long p, unsigned int i)
{
	put_iov(t, p, trace_arg(t, i + 1), LONG_MAX);
}

void put_iov_out(struct trace *t, unsigned long p, unsigned int i)
{
	put_iov(t, p, trace_arg(t, i + 1), t->ret);
}

/* strace writes large limits as multiples of 1024. */
static void put_limit(struct trace *t, uint64_t v)
{
	if (v == UINT64_MAX) {
		put(t, "RLIM64_INFINITY");
	} else if (v > 1024 && v % 1024 == 0) {
		put_udec(t, v / 1024);
		put(t, "*1024");
	} else {
		put_udec(t, v);
	}
}

void put_rlimit(struct trace *t, unsigned long p, unsigned int i)
{
	uint64_t lim[2];

	if (!trace_in(t, lim, p, sizeof(lim)))
		return;
	put(t, "{rlim_cur=");
	put_limit(t, lim[0]);
	put(t, ", rlim_max=");
	put_limit(t, lim[1]);
	put_char(t, '}');
}

void put_rusage(struct trace *t, unsigned long p, unsigned int i)
{
	long time[4];

	if (!trace_in(t, time, p, sizeof(time)))
		return;
	put(t, "{ru_utime=");
	put_pair(t, time, true);
	put(t, ", ru_stime=");
	put_pair(t, time + 2, true);
	put(t, ", ...}");
}

void put_utsname(struct trace *t, unsigned long p, unsigned int i)
{
	struct new_utsname u;

	if (!trace_in(t, &u, p, sizeof(u)))
		return;
	put(t, "{sysname=");
	put_quoted(t, u.sysname, sizeof(u.sysname));
	put(t, ", nodename=");
	put_quoted(t, u.nodename, sizeof(u.nodename));
	put(t, ", ...}");
}

void put_flock(struct trace *t, unsigned long p, unsigned int i)
{
	struct flock l;

	if (!trace_in(t, &l, p, sizeof(l)))
		return;
	put(t, "{l_type=");
	put_name(t, &names_lock_type, l.l_type);
	put(t, ", l_whence=");
	put_name(t, &names_whence, l.l_whence);
	put_field(t, ", l_start=", l.l_start);
	put_field(t, ", l_len=", l.l_len);
	if (t->done &&
	    (trace_arg(t, 1) == F_GETLK || trace_arg(t, 1) == F_OFD_GETLK))
		put_field(t, ", l_pid=", l.l_pid);
	put_char(t, '}');
}

/* wait(2): the low seven bits tell how the child ended. */
void put_wait_status(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned int status;

	/* Nobody was waited for. */
	if (t->ret == 0) {
		put_addr(t, p);
		return;
	}
	if (!trace_in(t, &status, p, sizeof(status)))
		return;
	if ((status & 0x7f) == 0) {
		put_field(t, "[{WIFEXITED(s) && WEXITSTATUS(s) == ",
			  status >> 8 & 0xff);
	} else if ((status & 0xff) == 0x7f) {
		put(t, "[{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		put_signal(t, status >> 8 & 0xff, true);
	} else {
		put(t, "[{WIFSIGNALED(s) && WTERMSIG(s) == ");
		put_signal(t, status & 0x7f, true);
		if (status & 0x80)
			put(t, " && WCOREDUMP(s)");
	}
	put(t, "}]");
}

/* strace counts them, unless asked for more. */
void put_dirents(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned short reclen;
	unsigned int n = 0;
	long at;

	for (at = 0; at < t->ret; at += reclen, n++) {
		/* d_reclen lies behind d_ino and d_off. */
		if (copy_in(&reclen, (char *)p + at + 16, 2) < 0 || !reclen)
			break;
	}
	put_addr(t, p);
	put(t, " /* ");
	put_udec(t, n);
	put(t, " entries */");
}

void put_cpuset_in(struct trace *t, unsigned long p, unsigned int i)
{
	put_bits(t, p, MIN(trace_arg(t, i - 1), 128UL) * 8);
}

void put_cpuset_out(struct trace *t, unsigned long p, unsigned int i)
{
	put_bits(t, p, MIN(t->ret, 128L) * 8);
}
