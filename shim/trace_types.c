/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the tracer prints an argument of each type: one struct arg_type for each
 * line of argtypes.h. Everything here is reached through the rows that use it.
 */
#include <linux/fcntl.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/stat.h>
#include <asm/ioctls.h>
#include <posixen/lib.h>
#include <posixen/uaccess.h>
#include "trace.h"

#define TYPE(name, how, ...)                                                   \
	__attribute__((aligned(8)))                                            \
	const struct arg_type arg_px_##name = {.put = how, ##__VA_ARGS__};

/* Plain numbers. */
static void put_int(struct trace *t, unsigned long v, unsigned int i)
{
	put_dec(t, (int)v);
}

static void put_uint(struct trace *t, unsigned long v, unsigned int i)
{
	put_udec(t, (unsigned int)v);
}

static void put_long(struct trace *t, unsigned long v, unsigned int i)
{
	put_dec(t, v);
}

static void put_ulong(struct trace *t, unsigned long v, unsigned int i)
{
	put_udec(t, v);
}

static void put_uinthex(struct trace *t, unsigned long v, unsigned int i)
{
	put_hex(t, (unsigned int)v);
}

static void put_ulonghex(struct trace *t, unsigned long v, unsigned int i)
{
	put_hex(t, v);
}

static void put_pointer(struct trace *t, unsigned long v, unsigned int i)
{
	put_addr(t, v);
}

static void hex_result(struct trace *t)
{
	put_hex(t, t->ret);
}

/* -1 means "leave it". */
static void put_uid(struct trace *t, unsigned long v, unsigned int i)
{
	put_dec(t, (unsigned int)v == UINT_MAX ? -1 : (long)(uint32_t)v);
}

static void put_dev(struct trace *t, unsigned long v, unsigned int i)
{
	put(t, "makedev(");
	put_hex(t, (v >> 8 & 0xfff) | (v >> 32 & ~0xfffUL));
	put(t, ", ");
	put_hex(t, (v & 0xff) | (v >> 12 & 0xffffff00));
	put_char(t, ')');
}

static void put_atfd(struct trace *t, unsigned long v, unsigned int i)
{
	if ((int)v == AT_FDCWD)
		put(t, "AT_FDCWD");
	else
		put_dec(t, (int)v);
}

TYPE(int, put_int)
TYPE(uint, put_uint)
TYPE(long, put_long)
TYPE(ulong, put_ulong)
TYPE(uinthex, put_uinthex)
TYPE(ulonghex, put_ulonghex)
TYPE(size, put_ulong)
TYPE(off, put_long)
TYPE(hexoff, put_ulonghex)
TYPE(offhi, put_ulong)
TYPE(msec, put_int)
TYPE(nfds, put_ulong)
TYPE(pid, put_int)
TYPE(uid, put_uid)
TYPE(dev, put_dev)
TYPE(fd, put_int)
TYPE(atfd, put_atfd)
TYPE(ufd, put_uint)
TYPE(ptr, put_pointer)
TYPE(cptr, put_pointer)
TYPE(addr, put_pointer, .result = hex_result)
TYPE(uaddr, put_pointer)
TYPE(socklen, put_uint)
TYPE(ipckey, put_ulonghex)

/* Strings and buffers. */
static void put_path_arg(struct trace *t, unsigned long v, unsigned int i)
{
	put_path(t, (const char *)v);
}

static void put_buf_in(struct trace *t, unsigned long v, unsigned int i)
{
	put_bytes(t, (void *)v, trace_arg(t, i + 1), false);
}

static void put_buf_out(struct trace *t, unsigned long v, unsigned int i)
{
	put_bytes(t, (void *)v, t->ret, false);
}

static void put_random_out(struct trace *t, unsigned long v, unsigned int i)
{
	put_bytes(t, (void *)v, t->ret, true);
}

/* argv: the strings. envp, which follows it: how many. */
static void put_strv(struct trace *t, unsigned long v, unsigned int i)
{
	bool strings = trace_type(t, i - 1) != trace_type(t, i), first = true;
	unsigned long s, n;

	if (copy_in(&s, (void *)v, sizeof(s)) < 0) {
		put_addr(t, v);
		return;
	}
	put(t, strings ? "[" : "");
	for (n = 0; s; n++) {
		if (strings && n < 32) {
			put_sep(t, &first, ", ");
			put_path(t, (const char *)s);
		} else if (strings && n == 32) {
			put(t, ", ...");
		}
		if (copy_in(&s, (char *)v + 8 * (n + 1), sizeof(s)) < 0)
			break;
	}
	if (strings) {
		put_char(t, ']');
		return;
	}
	put_hex(t, v);
	put(t, " /* ");
	put_udec(t, n);
	put(t, n == 1 ? " var */" : " vars */");
}

TYPE(path, put_path_arg)
TYPE(str_out, put_path_arg, .out = ARG_OUT)
TYPE(buf_in, put_buf_in)
TYPE(buf_out, put_buf_out, .out = ARG_OUT)
TYPE(random_out, put_random_out, .out = ARG_OUT)
TYPE(strv, put_strv)

/* Words, in brackets. */
static void put_word(struct trace *t, unsigned long p, size_t size)
{
	long v = 0;

	if (!p || trace_failed(t) || copy_in(&v, (void *)p, size) < 0) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	put_dec(t, size == 4 ? (int)v : v);
	put_char(t, ']');
}

static void put_int_out(struct trace *t, unsigned long v, unsigned int i)
{
	put_word(t, v, 4);
}

static void put_long_out(struct trace *t, unsigned long v, unsigned int i)
{
	put_word(t, v, 8);
}

/* What a word was, and what the call made of it. */
static void put_word_io(struct trace *t, unsigned long v, unsigned int i)
{
	long now = 0;

	if (!v || copy_in(&now, (void *)v, trace_type(t, i)->word) < 0) {
		put_addr(t, v);
		return;
	}
	put_char(t, '[');
	put_dec(t, t->word[i]);
	if (now != t->word[i] && !trace_failed(t)) {
		put(t, " => ");
		put_dec(t, now);
	}
	put_char(t, ']');
}

static void put_fdpair(struct trace *t, unsigned long v, unsigned int i)
{
	int fd[2];

	if (copy_in(fd, (void *)v, sizeof(fd)) < 0) {
		put_addr(t, v);
		return;
	}
	put_char(t, '[');
	put_dec(t, fd[0]);
	put(t, ", ");
	put_dec(t, fd[1]);
	put_char(t, ']');
}

TYPE(int_out, put_int_out, .out = ARG_OUT)
TYPE(uint_out, put_int_out, .out = ARG_OUT)
TYPE(long_out, put_long_out, .out = ARG_OUT)
TYPE(off_io, put_word_io, .out = ARG_LATE, .word = 8)
TYPE(socklen_io, put_word_io, .out = ARG_LATE, .word = 4)
TYPE(wstatus_out, put_wait_status, .out = ARG_OUT)
TYPE(fdpair_out, put_fdpair, .out = ARG_OUT)

/* Structures. What is left of a sleep is there only after a signal. */
static void put_rest(struct trace *t, unsigned long v, unsigned int i)
{
	if (t->ret == -EINTR)
		put_timespec(t, v, i);
	else
		put_addr(t, v);
}

TYPE(iov_in, put_iov_in)
TYPE(iov_out, put_iov_out, .out = ARG_OUT)
TYPE(timespec_in, put_timespec)
TYPE(timespec_out, put_timespec, .out = ARG_OUT)
TYPE(timespec_rest, put_rest, .out = ARG_LATE)
TYPE(timespec_io, put_timespec)
TYPE(timespec2_in, put_timespec2)
TYPE(timeval_in, put_timeval)
TYPE(timeval_out, put_timeval, .out = ARG_OUT)
TYPE(timeval_io, put_timeval)
TYPE(timeval2_in, put_timeval2)
TYPE(itimerspec_in, put_itimerspec)
TYPE(itimerspec_out, put_itimerspec, .out = ARG_OUT)
TYPE(itimerval_in, put_itimerval)
TYPE(itimerval_out, put_itimerval, .out = ARG_OUT)
TYPE(stat_out, put_stat, .out = ARG_OUT)
TYPE(statx_out, put_statx, .out = ARG_OUT)
TYPE(statfs_out, put_statfs, .out = ARG_OUT)
TYPE(dirents_out, put_dirents, .out = ARG_OUT)
TYPE(sigact_in, put_sigaction)
TYPE(sigact_out, put_sigaction, .out = ARG_OUT)
TYPE(sigset_in, put_sigset)
TYPE(sigset_out, put_sigset, .out = ARG_OUT)
TYPE(sigarg_in, put_sigarg)
TYPE(siginfo_in, put_siginfo)
TYPE(siginfo_out, put_siginfo, .out = ARG_OUT)
TYPE(sigevent_in, put_pointer)
TYPE(stack_in, put_stack)
TYPE(stack_out, put_stack, .out = ARG_OUT)
TYPE(sockaddr_in, put_sockaddr_in)
TYPE(sockaddr_out, put_sockaddr_out, .out = ARG_OUT)
TYPE(msghdr_in, put_msghdr_in)
TYPE(msghdr_out, put_msghdr_out, .out = ARG_LATE)
TYPE(pollfds, put_pollfds, .result = put_poll_ready)
TYPE(fdset, put_fdset, .result = put_select_ready)
TYPE(epollev_in, put_epoll_event)
TYPE(epollevs_out, put_epoll_events, .out = ARG_OUT)
TYPE(rlimit_in, put_rlimit)
TYPE(rlimit_out, put_rlimit, .out = ARG_OUT)
TYPE(rusage_out, put_rusage, .out = ARG_OUT)
TYPE(utsname_out, put_utsname, .out = ARG_OUT)
TYPE(sysinfo_out, put_pointer)
TYPE(schedparam_in, put_int_out)
TYPE(schedparam_out, put_int_out, .out = ARG_OUT)
TYPE(cpuset_in, put_cpuset_in)
TYPE(cpuset_out, put_cpuset_out, .out = ARG_OUT)

/* Socket options are words, or anything. */
static void put_optval(struct trace *t, unsigned long p, unsigned int len)
{
	if (len == 4)
		put_word(t, p, 4);
	else
		put_bytes(t, (void *)p, len, false);
}

static void put_optval_in(struct trace *t, unsigned long v, unsigned int i)
{
	put_optval(t, v, trace_arg(t, i + 1));
}

static void put_optval_out(struct trace *t, unsigned long v, unsigned int i)
{
	unsigned int len = 0;

	copy_in(&len, (void *)trace_arg(t, i + 1), sizeof(len));
	put_optval(t, v, len);
}

TYPE(optval_in, put_optval_in)
TYPE(optval_out, put_optval_out, .out = ARG_OUT)

/* One of a set of names, or some of them joined. */
static void put_named(struct trace *t, unsigned long v, unsigned int i)
{
	put_name(t, trace_type(t, i)->names, v);
}

static void put_flagged(struct trace *t, unsigned long v, unsigned int i)
{
	put_flags(t, trace_type(t, i)->names, v);
}

#define NAME(name, set)	 TYPE(name, put_named, .names = &names_##set)
#define FLAGS(name, set) TYPE(name, put_flagged, .names = &names_##set)
NAME(whence, whence)
NAME(madvice, madvice)
NAME(ioctlcmd, ioctl)
NAME(fadvice, fadvise)
NAME(epollop, epoll_op)
NAME(sighow, sighow)
NAME(clockid, clock)
NAME(itimer, itimer)
NAME(idtype, idtype)
NAME(rlimit, rlimit)
NAME(rusagewho, rusage)
NAME(priowhich, prio)
NAME(schedpolicy, sched)
NAME(prctlop, prctl)
NAME(archprctl, arch_prctl)
NAME(membarriercmd, membarrier)
NAME(sockdomain, family)
NAME(shuthow, shut)
NAME(socklevel, level)
NAME(ipccmd, ipc_cmd)
FLAGS(mremapflags, mremap)
FLAGS(msflags, msync)
FLAGS(mclflags, mcl)
FLAGS(mlockflags, mlock)
FLAGS(atflags, at)
FLAGS(fdflags, oflags)
FLAGS(ipcmsgflags, ipc_msg)
FLAGS(renameflags, rename)
FLAGS(xattrflags, xattr)
FLAGS(flockop, flock)
FLAGS(fallocmode, falloc)
FLAGS(syncflags, sync)
FLAGS(spliceflags, splice)
FLAGS(rwfflags, rwf)
FLAGS(statxmask, statx)
FLAGS(mountflags, mount)
FLAGS(umountflags, umount)
FLAGS(closerangeflags, close_range)
FLAGS(mfdflags, mfd)
FLAGS(inflags, inotify)
FLAGS(inmask, inotify)
FLAGS(epollflags, epoll_create)
FLAGS(efdflags, efd)
FLAGS(tfdflags, tfd)
FLAGS(tfdsetflags, tfd_set)
FLAGS(sfdflags, sfd)
FLAGS(timerflags, timer)
FLAGS(waitopts, wait)
FLAGS(grndflags, grnd)
FLAGS(sockflags, sockflags)
FLAGS(msgflags, msg)
FLAGS(shmatflags, shmat)

/* A policy as the result. */
static void sched_result(struct trace *t)
{
	put_dec(t, t->ret);
	put(t, " (");
	put_name(t, &names_sched, t->ret);
	put_char(t, ')');
}

TYPE(schedpid, put_int, .result = sched_result)

/* The flags of open(2) go with an access mode. */
static void put_open_flags(struct trace *t, unsigned long v, unsigned int i)
{
	static const char *const mode[] = {"O_RDONLY", "O_WRONLY", "O_RDWR",
					   "O_ACCMODE"};

	put(t, mode[v & O_ACCMODE]);
	v = (unsigned int)v & ~O_ACCMODE;
	if (v) {
		put_char(t, '|');
		put_flags(t, &names_oflags, v);
	}
}

/* A type of file and its permission, or the permission alone. */
static void put_mode_arg(struct trace *t, unsigned long v, unsigned int i)
{
	if (v & S_IFMT)
		put_mode(t, v);
	else
		put_oct(t, v & 07777);
}

static void oct_result(struct trace *t)
{
	put_oct(t, t->ret);
}

static void put_accmode(struct trace *t, unsigned long v, unsigned int i)
{
	if (v)
		put_flags(t, &names_acc, v);
	else
		put(t, "F_OK");
}

static void put_prot(struct trace *t, unsigned long v, unsigned int i)
{
	if (v)
		put_flags(t, &names_prot, v);
	else
		put(t, "PROT_NONE");
}

/* statx(2) has two bits of which neither has a name too. */
static void put_statx_flags(struct trace *t, unsigned long v, unsigned int i)
{
	if (!(v & AT_STATX_SYNC_TYPE)) {
		put(t, "AT_STATX_SYNC_AS_STAT");
		if (!v)
			return;
		put_char(t, '|');
	}
	put_flags(t, &names_at, v);
}

TYPE(oflags, put_open_flags)
TYPE(mode, put_mode_arg)
TYPE(modemask, put_mode_arg, .result = oct_result)
TYPE(accmode, put_accmode)
TYPE(prot, put_prot)
TYPE(statxflags, put_statx_flags)

/* A kind in the low bits and flags in the rest. */
static void put_kind_flags(struct trace *t, unsigned long v, unsigned long mask,
			   const struct names *kinds, const struct names *flags)
{
	put_name(t, kinds, v & mask);
	if (v & ~mask) {
		put_char(t, '|');
		put_flags(t, flags, v & ~mask);
	}
}

static void put_mapflags(struct trace *t, unsigned long v, unsigned int i)
{
	put_kind_flags(t, (unsigned int)v, 3, &names_map_type, &names_mapflags);
}

static void put_socktype(struct trace *t, unsigned long v, unsigned int i)
{
	put_kind_flags(t, (unsigned int)v, 15, &names_socktype,
		       &names_sockflags);
}

/* Protocols have names in AF_INET and AF_INET6. */
static void put_sockproto(struct trace *t, unsigned long v, unsigned int i)
{
	if (trace_arg(t, 0) == 2 || trace_arg(t, 0) == 10)
		put_name(t, &names_ipproto, v);
	else
		put_udec(t, v);
}

static void put_sockopt(struct trace *t, unsigned long v, unsigned int i)
{
	/* Behind the level: SOL_TCP is 6. */
	put_name(t, trace_arg(t, i - 1) == 6 ? &names_tcpopt : &names_sockopt,
		 v);
}

static void put_ipcflags(struct trace *t, unsigned long v, unsigned int i)
{
	if (v & ~0777UL) {
		put_flags(t, &names_ipc, v & ~0777UL);
		put_char(t, '|');
	}
	put_oct(t, v & 0777);
}

/* The low byte is the signal that the child's end sends. */
static void put_clone_flags(struct trace *t, unsigned long v, unsigned int i)
{
	unsigned int sig = v & 0xff;

	v &= ~0xffUL;
	if (v || !sig)
		put_flags(t, &names_clone, v);
	if (v && sig)
		put_char(t, '|');
	if (sig)
		put_signal(t, sig, true);
}

/* clone(2): strace gives its arguments names, and leaves out those that no
 * flag asks for; this prints all of them. */
static void put_clone(struct trace *t, unsigned long v, unsigned int i)
{
	put(t, "child_stack=");
	put_addr(t, trace_arg(t, 1));
	put(t, ", flags=");
	put_clone_flags(t, v, i);
	if (v & CLONE_PARENT_SETTID) {
		put(t, ", parent_tid=");
		put_word(t, trace_arg(t, 2), 4);
	}
	if (v & CLONE_SETTLS) {
		put(t, ", tls=");
		put_addr(t, trace_arg(t, 4));
	}
	if (v & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		put(t, ", child_tidptr=");
		put_addr(t, trace_arg(t, 3));
	}
}

static void put_sig(struct trace *t, unsigned long v, unsigned int i)
{
	put_signal(t, v, true);
}

TYPE(mapflags, put_mapflags)
TYPE(socktype, put_socktype)
TYPE(sockproto, put_sockproto)
TYPE(sockopt, put_sockopt)
TYPE(ipcflags, put_ipcflags)
TYPE(cloneflags, put_clone_flags)
TYPE(cloneall, put_clone, .out = ARG_LATE)
TYPE(sig, put_sig)

/* futex(2): what the later words mean depends on the operation. */
static unsigned int futex_op(const struct trace *t)
{
	return trace_arg(t, 1) & FUTEX_CMD_MASK;
}

static void put_futexop(struct trace *t, unsigned long v, unsigned int i)
{
	put_name(t, &names_futex, futex_op(t));
	if (v & FUTEX_PRIVATE_FLAG)
		put(t, "_PRIVATE");
	if (v & FUTEX_CLOCK_REALTIME)
		put(t, "|FUTEX_CLOCK_REALTIME");
}

static void put_futexarg(struct trace *t, unsigned long v, unsigned int i)
{
	switch (futex_op(t)) {
	case FUTEX_REQUEUE:
	case FUTEX_CMP_REQUEUE:
	case FUTEX_WAKE_OP:
	case FUTEX_CMP_REQUEUE_PI:
		put_udec(t, (unsigned int)v);
		return;
	}
	put_timespec(t, v, i);
}

static void put_futexval(struct trace *t, unsigned long v, unsigned int i)
{
	unsigned int op = futex_op(t);

	if (op != FUTEX_WAIT_BITSET && op != FUTEX_WAKE_BITSET)
		put_udec(t, (unsigned int)v);
	else if ((unsigned int)v == FUTEX_BITSET_MATCH_ANY)
		put(t, "FUTEX_BITSET_MATCH_ANY");
	else
		put_hex(t, (unsigned int)v);
}

TYPE(futexop, put_futexop)
TYPE(futexarg, put_futexarg)
TYPE(futexval, put_futexval)

/* prctl(2): the one string. */
static void put_prctlarg(struct trace *t, unsigned long v, unsigned int i)
{
	if (trace_arg(t, 0) == PR_SET_NAME)
		put_path(t, (const char *)v);
	else
		put_hex(t, v);
}

TYPE(prctlarg, put_prctlarg)

static void put_fcntlarg(struct trace *t, unsigned long v, unsigned int i)
{
	switch (trace_arg(t, 1)) {
	case F_SETFD:
		if (v == FD_CLOEXEC)
			put(t, "FD_CLOEXEC");
		else
			put_hex(t, v);
		return;
	case F_SETFL:
		put_open_flags(t, v, i);
		return;
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		put_flock(t, v, i);
		return;
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
	case F_SETPIPE_SZ:
	case F_SETOWN:
		put_dec(t, (int)v);
		return;
	}
	put_hex(t, v);
}

static void fcntl_result(struct trace *t)
{
	switch (trace_arg(t, 1)) {
	case F_GETFD:
		put_hex(t, t->ret);
		put(t, t->ret ? " (flags FD_CLOEXEC)" : "");
		return;
	case F_GETFL:
		put_hex(t, t->ret);
		put(t, " (flags ");
		put_open_flags(t, t->ret, 0);
		put_char(t, ')');
		return;
	}
	put_dec(t, t->ret);
}

TYPE(fcntlcmd, put_named, .result = fcntl_result, .names = &names_fcntl)
TYPE(fcntlarg, put_fcntlarg, .out = ARG_LATE)

static void put_winsize(struct trace *t, unsigned long p)
{
	static const char *const name[] = {
		"{ws_row=", ", ws_col=", ", ws_xpixel=", ", ws_ypixel="};
	uint16_t w[4];
	unsigned int i;

	if (trace_failed(t) || copy_in(w, (void *)p, sizeof(w)) < 0) {
		put_addr(t, p);
		return;
	}
	for (i = 0; i < 4; i++) {
		put(t, name[i]);
		put_udec(t, w[i]);
	}
	put_char(t, '}');
}

static void put_ioctlarg(struct trace *t, unsigned long v, unsigned int i)
{
	switch (trace_arg(t, 1)) {
	case FIONBIO:
	case FIONREAD:
	case FIOASYNC:
	case TIOCGPGRP:
	case TIOCSPGRP:
		put_word(t, v, 4);
		return;
	case TIOCGWINSZ:
		put_winsize(t, v);
		return;
	}
	put_addr(t, v);
}

TYPE(ioctlarg, put_ioctlarg, .out = ARG_LATE)
