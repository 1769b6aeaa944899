/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structures of the program, as strace prints them. Each is copied in before
 * it is looked at; what cannot be read is shown as its address.
 */
#include <linux/eventpoll.h>
#include <linux/fcntl.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/resource.h>
#include <linux/stat.h>
#include <linux/uio.h>
#include <linux/un.h>
#include <linux/utsname.h>
#include <asm/poll.h>
#include <asm/stat.h>
#include <asm/statfs.h>
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include "trace.h"

/* Lists are cut off here, as strace cuts them. */
#define LISTED 32

static bool get(struct trace *t, void *to, unsigned long p, size_t n)
{
	if (p && copy_in(to, (void *)p, n) == 0)
		return true;
	put_addr(t, p);
	return false;
}

static void put_field(struct trace *t, const char *name, long v)
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

	if (get(t, pair, p, sizeof(pair)))
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

	if (!get(t, pair, p, sizeof(pair)))
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

	if (!get(t, &st, p, sizeof(st)))
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

	if (!get(t, &st, p, sizeof(st)))
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

	if (!get(t, &st, p, sizeof(st)))
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

/* len: how many bytes of the whole have a meaning. */
static void put_iov(struct trace *t, unsigned long p, unsigned long n, long len)
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
		if (!get(t, &v, p + i * sizeof(v), sizeof(v)))
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

/* A set of which most is there is shown by what is not. */
static void put_sigset_value(struct trace *t, uint64_t set)
{
	bool first = true;
	int i, members = 0;

	/* gcc's builtin would want libgcc. */
	for (i = 0; i < 64; i++)
		members += set >> i & 1;
	if (members > 42) {
		put_char(t, '~');
		set = ~set;
	}
	put_char(t, '[');
	for (i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		put_sep(t, &first, " ");
		put_signal(t, i + 1, false);
	}
	put_char(t, ']');
}

static void put_set_at(struct trace *t, unsigned long p)
{
	uint64_t set;

	if (get(t, &set, p, sizeof(set)))
		put_sigset_value(t, set);
}

/* A set goes with a size, which comes later and must be right. */
void put_sigset(struct trace *t, unsigned long p, unsigned int i)
{
	while (i < 6 && trace_type(t, i) != &arg_px_size)
		i++;
	if (i < 6 && trace_arg(t, i) == 8)
		put_set_at(t, p);
	else
		put_addr(t, p);
}

void put_sigarg(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned long pair[2];

	if (!get(t, pair, p, sizeof(pair)))
		return;
	put(t, "{sigmask=");
	put_set_at(t, pair[0]);
	put(t, ", sigsetsize=");
	put_udec(t, pair[1]);
	put_char(t, '}');
}

void put_sigaction(struct trace *t, unsigned long p, unsigned int i)
{
	struct ksigaction sa;

	if (!get(t, &sa, p, sizeof(sa)))
		return;
	put(t, "{sa_handler=");
	if (sa.handler == SIG_DFL || sa.handler == SIG_IGN)
		put(t, sa.handler == SIG_DFL ? "SIG_DFL" : "SIG_IGN");
	else
		put_hex(t, (unsigned long)sa.handler);
	put(t, ", sa_mask=");
	put_sigset_value(t, sa.mask);
	put(t, ", sa_flags=");
	put_flags(t, &names_sa, sa.flags);
	if (sa.flags & SA_RESTORER) {
		put(t, ", sa_restorer=");
		put_hex(t, (unsigned long)sa.restorer);
	}
	put_char(t, '}');
}

void put_siginfo(struct trace *t, unsigned long p, unsigned int i)
{
	int info[3];

	if (!get(t, info, p, sizeof(info)))
		return;
	put(t, "{si_signo=");
	put_signal(t, info[0], true);
	put_field(t, ", si_code=", info[2]);
	put(t, ", ...}");
}

void put_stack(struct trace *t, unsigned long p, unsigned int i)
{
	stack_t ss;

	if (!get(t, &ss, p, sizeof(ss)))
		return;
	put(t, "{ss_sp=");
	put_addr(t, (unsigned long)ss.ss_sp);
	put(t, ", ss_flags=");
	put_flags(t, &names_ss, ss.ss_flags);
	put_field(t, ", ss_size=", ss.ss_size);
	put_char(t, '}');
}

static unsigned int swap16(uint16_t v)
{
	return (uint16_t)(v << 8 | v >> 8);
}

static void put_ipv4(struct trace *t, const unsigned char *a)
{
	unsigned int i;

	for (i = 0; i < 4; i++) {
		if (i)
			put_char(t, '.');
		put_udec(t, a[i]);
	}
}

/* RFC 5952: the longest run of two or more zero groups becomes "::". */
static void put_ipv6(struct trace *t, const uint16_t *group)
{
	int i, j, at = -1, run = 1;

	for (i = 0; i < 8; i++) {
		for (j = i; j < 8 && !group[j]; j++)
			;
		if (j - i > run) {
			at = i;
			run = j - i;
		}
	}
	for (i = 0; i < 8; i++) {
		if (i == at) {
			put(t, "::");
			i += run - 1;
			continue;
		}
		if (i && i != at + run)
			put_char(t, ':');
		/* Without the 0x that put_hex adds. */
		for (j = 12; j > 0 && !(swap16(group[i]) >> j); j -= 4)
			;
		for (; j >= 0; j -= 4)
			put_char(
				t,
				"0123456789abcdef"[swap16(group[i]) >> j & 15]);
	}
}

static void put_sockaddr(struct trace *t, unsigned long p, unsigned int len)
{
	union {
		unsigned short family;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		struct sockaddr_un un;
	} a;

	memset(&a, 0, sizeof(a));
	if (!p || len < 2 ||
	    copy_in(&a, (void *)p, MIN(len, (unsigned int)sizeof(a))) < 0) {
		put_addr(t, p);
		return;
	}
	put(t, "{sa_family=");
	put_name(t, &names_family, a.family);
	if (a.family == 1 && len > 2) {
		put(t, ", sun_path=");
		if (!a.un.sun_path[0]) {
			put_char(t, '@');
			put_quoted(t, a.un.sun_path + 1, len - 3);
		} else {
			put_quoted(t, a.un.sun_path,
				   MIN(len - 2, (unsigned int)UNIX_PATH_MAX));
		}
	} else if (a.family == 2 && len >= sizeof(a.in)) {
		put_field(t, ", sin_port=htons(", swap16(a.in.sin_port));
		put(t, "), sin_addr=inet_addr(\"");
		put_ipv4(t, (unsigned char *)&a.in.sin_addr);
		put(t, "\")");
	} else if (a.family == 10 && len >= sizeof(a.in6)) {
		put_field(t, ", sin6_port=htons(", swap16(a.in6.sin6_port));
		put_field(t, "), sin6_flowinfo=htonl(",
			  __builtin_bswap32(a.in6.sin6_flowinfo));
		put(t, "), inet_pton(AF_INET6, \"");
		put_ipv6(t, a.in6.sin6_addr.s6_addr16);
		put_field(t, "\", &sin6_addr), sin6_scope_id=",
			  a.in6.sin6_scope_id);
	}
	put_char(t, '}');
}

void put_sockaddr_in(struct trace *t, unsigned long p, unsigned int i)
{
	put_sockaddr(t, p, trace_arg(t, i + 1));
}

/* The length lies in memory, and no more than there was room for is there. */
void put_sockaddr_out(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned int len = 0;

	if (copy_in(&len, (void *)trace_arg(t, i + 1), sizeof(len)) < 0)
		len = 0;
	put_sockaddr(t, p, MIN(len, (unsigned int)t->word[i + 1]));
}

static void put_msghdr(struct trace *t, unsigned long p, long len)
{
	/* The kernel's struct user_msghdr. */
	struct {
		unsigned long name;
		unsigned int namelen;
		unsigned long iov, iovlen, control, controllen;
		unsigned int flags;
	} m;

	if (!get(t, &m, p, sizeof(m)))
		return;
	if (t->done && t->ret < 0) {
		put_field(t, "{msg_namelen=", m.namelen);
		put_char(t, '}');
		return;
	}
	put(t, "{msg_name=");
	put_sockaddr(t, m.name, m.namelen);
	put_field(t, ", msg_namelen=", m.namelen);
	put(t, ", msg_iov=");
	put_iov(t, m.iov, m.iovlen, len);
	put_field(t, ", msg_iovlen=", m.iovlen);
	if (m.control && m.controllen) {
		put(t, ", msg_control=");
		put_addr(t, m.control);
	}
	put_field(t, ", msg_controllen=", m.controllen);
	put(t, ", msg_flags=");
	put_flags(t, &names_msg, m.flags);
	put_char(t, '}');
}

void put_msghdr_in(struct trace *t, unsigned long p, unsigned int i)
{
	put_msghdr(t, p, LONG_MAX);
}

void put_msghdr_out(struct trace *t, unsigned long p, unsigned int i)
{
	put_msghdr(t, p, t->ret);
}

static void put_poll(struct trace *t, unsigned long p, unsigned long n,
		     bool result)
{
	struct pollfd fd;
	unsigned int shown = 0;
	bool first = true;
	unsigned long i;

	if (!p || (n && copy_in(&fd, (void *)p, sizeof(fd)) < 0)) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	for (i = 0; i < n; i++) {
		if (copy_in(&fd, (char *)p + i * sizeof(fd), sizeof(fd)) < 0)
			break;
		if (result && !fd.revents)
			continue;
		put_sep(t, &first, ", ");
		if (shown++ == LISTED) {
			put(t, "...");
			break;
		}
		put_field(t, "{fd=", fd.fd);
		if (result || fd.fd >= 0) {
			put(t, result ? ", revents=" : ", events=");
			put_flags(t, &names_poll,
				  (uint16_t)(result ? fd.revents : fd.events));
		}
		put_char(t, '}');
	}
	put_char(t, ']');
}

void put_pollfds(struct trace *t, unsigned long p, unsigned int i)
{
	put_poll(t, p, trace_arg(t, i + 1), false);
}

static bool put_ready(struct trace *t)
{
	put_dec(t, t->ret);
	put(t, t->ret ? " (" : " (Timeout)");
	return t->ret > 0;
}

void put_poll_ready(struct trace *t)
{
	if (!put_ready(t))
		return;
	put_poll(t, trace_arg(t, 0), trace_arg(t, 1), true);
	put_char(t, ')');
}

static void put_bits(struct trace *t, unsigned long p, unsigned int nfds)
{
	bool first = true;
	unsigned int i;
	uint8_t byte = 0;

	if (!p || copy_in(&byte, (void *)p, 1) < 0) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	for (i = 0; i < MIN(nfds, 1024u); i++) {
		if (i % 8 == 0 && copy_in(&byte, (char *)p + i / 8, 1) < 0)
			break;
		if (!(byte >> i % 8 & 1))
			continue;
		put_sep(t, &first, " ");
		put_udec(t, i);
	}
	put_char(t, ']');
}

void put_fdset(struct trace *t, unsigned long p, unsigned int i)
{
	put_bits(t, p, trace_arg(t, 0));
}

void put_select_ready(struct trace *t)
{
	static const char *const set[] = {"in ", "out ", "except "};
	bool first = true;
	unsigned int i;

	if (!put_ready(t))
		return;
	for (i = 0; i < 3; i++) {
		if (!trace_arg(t, i + 1))
			continue;
		put_sep(t, &first, ", ");
		put(t, set[i]);
		put_fdset(t, trace_arg(t, i + 1), i + 1);
	}
	put_char(t, ')');
}

static void put_event(struct trace *t, unsigned long p)
{
	struct epoll_event ev;

	if (!get(t, &ev, p, sizeof(ev)))
		return;
	put(t, "{events=");
	put_flags(t, &names_epoll, (uint32_t)ev.events);
	put(t, ", data={u32=");
	put_udec(t, (uint32_t)ev.data);
	put(t, ", u64=");
	put_udec(t, ev.data);
	put(t, "}}");
}

void put_epoll_event(struct trace *t, unsigned long p, unsigned int i)
{
	put_event(t, p);
}

void put_epoll_events(struct trace *t, unsigned long p, unsigned int i)
{
	bool first = true;
	long n;

	put_char(t, '[');
	for (n = 0; n < t->ret; n++) {
		put_sep(t, &first, ", ");
		if (n == LISTED) {
			put(t, "...");
			break;
		}
		put_event(t, p + n * sizeof(struct epoll_event));
	}
	put_char(t, ']');
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

	if (!get(t, lim, p, sizeof(lim)))
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

	if (!get(t, time, p, sizeof(time)))
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

	if (!get(t, &u, p, sizeof(u)))
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

	if (!get(t, &l, p, sizeof(l)))
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
	if (!get(t, &status, p, sizeof(status)))
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
