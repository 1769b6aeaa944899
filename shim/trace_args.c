/* SPDX-License-Identifier: BSD-2-Clause */
/* How the tracer prints an argument of each type, and the result. */
#include <linux/fcntl.h>
#include <linux/futex.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/stat.h>
#include <asm/ioctls.h>
#include <asm/unistd_64.h>
#include <posixen/lib.h>
#include <posixen/uaccess.h>
#include "argtypes.h"
#include "trace.h"

static uint64_t arg(const struct trace *t, unsigned int i)
{
	return t->frame->args[i];
}

static bool failed(const struct trace *t)
{
	return t->ret < 0 && t->ret >= -4095;
}

bool arg_is_out(unsigned int type)
{
	switch (type) {
	case T_px_buf_out:
	case T_px_random_out:
	case T_px_str_out:
	case T_px_int_out:
	case T_px_uint_out:
	case T_px_long_out:
	case T_px_off_io:
	case T_px_wstatus_out:
	case T_px_fdpair_out:
	case T_px_iov_out:
	case T_px_timespec_out:
	case T_px_timeval_out:
	case T_px_itimerspec_out:
	case T_px_itimerval_out:
	case T_px_stat_out:
	case T_px_statx_out:
	case T_px_statfs_out:
	case T_px_dirents_out:
	case T_px_sigact_out:
	case T_px_sigset_out:
	case T_px_siginfo_out:
	case T_px_stack_out:
	case T_px_sockaddr_out:
	case T_px_socklen_io:
	case T_px_optval_out:
	case T_px_msghdr_out:
	case T_px_epollevs_out:
	case T_px_rlimit_out:
	case T_px_rusage_out:
	case T_px_utsname_out:
	case T_px_schedparam_out:
	case T_px_cpuset_out:
	case T_px_fcntlarg:
	case T_px_ioctlarg:
		return true;
	}
	return false;
}

/* Arguments that a command or a flag makes meaningless are not shown. */
unsigned int arg_count(const struct px_frame *f)
{
	unsigned int op = f->args[1] & FUTEX_CMD_MASK;

	switch (f->call->nr) {
	case __NR_open:
		return f->args[1] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? 3 :
									     2;
	case __NR_openat:
		return f->args[2] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? 4 :
									     3;
	case __NR_mremap:
		return f->args[3] & (MREMAP_FIXED | MREMAP_DONTUNMAP) ? 5 : 4;
	case __NR_fcntl:
		return f->args[1] == F_GETFD || f->args[1] == F_GETFL ? 2 : 3;
	case __NR_prctl:
		return f->args[0] == PR_SET_NAME || f->args[0] == PR_GET_NAME ?
			       2 : 5;
	case __NR_mknod:
		return S_ISCHR(f->args[1]) || S_ISBLK(f->args[1]) ? 3 : 2;
	case __NR_mknodat:
		return S_ISCHR(f->args[2]) || S_ISBLK(f->args[2]) ? 4 : 3;
	case __NR_preadv:
	case __NR_pwritev:
		return 4;
	case __NR_futex:
		if (op == FUTEX_WAKE || op == FUTEX_UNLOCK_PI ||
		    op == FUTEX_TRYLOCK_PI)
			return op == FUTEX_WAKE ? 3 : 2;
		return op == FUTEX_WAIT || op == FUTEX_LOCK_PI ? 4 :
		       op == FUTEX_REQUEUE ? 5 : 6;
	}
	return f->call->argc;
}

/* futex(2) with a bit set has its words in the first and the last places. */
bool arg_is_unused(const struct px_frame *f, unsigned int i)
{
	unsigned int op = f->args[1] & FUTEX_CMD_MASK;

	return f->call->nr == __NR_futex &&
	       ((op == FUTEX_WAIT_BITSET && i == 4) ||
		(op == FUTEX_WAKE_BITSET && (i == 3 || i == 4)));
}

/* The flags that go with an access mode; O_TMPFILE contains O_DIRECTORY. */
static void put_open_flags(struct trace *t, unsigned int flags)
{
	static const char *const mode[] = { "O_RDONLY", "O_WRONLY", "O_RDWR",
					    "O_ACCMODE" };

	put(t, mode[flags & O_ACCMODE]);
	flags &= ~O_ACCMODE;
	if (flags) {
		put_char(t, '|');
		put_flags(t, N_oflags, flags);
	}
}

/* A kind in the low bits, given by name, and flags in the rest. */
static void put_kind_flags(struct trace *t, enum trace_names kinds,
			   unsigned long kind, enum trace_names names,
			   unsigned long flags)
{
	put_name(t, kinds, kind);
	if (flags) {
		put_char(t, '|');
		put_flags(t, names, flags);
	}
}

static void put_clone_flags(struct trace *t, unsigned long flags)
{
	unsigned int sig = flags & 0xff;

	flags &= ~0xffUL;
	if (flags || !sig)
		put_flags(t, N_clone, flags);
	if (flags && sig)
		put_char(t, '|');
	if (sig)
		put_signal(t, sig, true);
}

static void put_futex_op(struct trace *t, unsigned int op)
{
	put_name(t, N_futex, op & FUTEX_CMD_MASK);
	if (op & FUTEX_PRIVATE_FLAG)
		put(t, "_PRIVATE");
	if (op & FUTEX_CLOCK_REALTIME)
		put(t, "|FUTEX_CLOCK_REALTIME");
}

/* The fourth word of futex(2) is a time, or a number for REQUEUE and WAKE_OP. */
static void put_futex_arg(struct trace *t, unsigned long v)
{
	switch (arg(t, 1) & FUTEX_CMD_MASK) {
	case FUTEX_REQUEUE:
	case FUTEX_CMP_REQUEUE:
	case FUTEX_WAKE_OP:
	case FUTEX_CMP_REQUEUE_PI:
		put_udec(t, (unsigned int)v);
		return;
	}
	put_timespec(t, v, false);
}

static void put_fcntl_arg(struct trace *t, unsigned long v)
{
	switch (arg(t, 1)) {
	case F_SETFD:
		if (v == 1)
			put(t, "FD_CLOEXEC");
		else
			put_hex(t, v);
		return;
	case F_SETFL:
		put_open_flags(t, v);
		return;
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		put_flock(t, v);
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

/* A word that the call may have filled in, in brackets. */
static void put_word(struct trace *t, unsigned long p, size_t size,
		     bool is_signed)
{
	long v = 0;

	if (!p || failed(t) || copy_in(&v, (void *)p, size) < 0) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	if (is_signed)
		put_dec(t, size == 4 ? (int)v : v);
	else
		put_udec(t, v);
	put_char(t, ']');
}

/* What a word was, and what the call made of it. */
static void put_word_io(struct trace *t, unsigned int i, size_t size)
{
	long now = 0;

	if (!arg(t, i) || copy_in(&now, (void *)arg(t, i), size) < 0) {
		put_addr(t, arg(t, i));
		return;
	}
	put_char(t, '[');
	put_dec(t, t->word[i]);
	if (now != t->word[i] && !failed(t)) {
		put(t, " => ");
		put_dec(t, now);
	}
	put_char(t, ']');
}

static void put_ioctl_arg(struct trace *t, unsigned long v)
{
	switch (arg(t, 1)) {
	case FIONBIO:
	case FIONREAD:
	case FIOASYNC:
	case TIOCGPGRP:
	case TIOCSPGRP:
		put_word(t, v, 4, true);
		return;
	case TIOCGWINSZ: {
		uint16_t w[4];
		static const char *const name[] = { "{ws_row=", ", ws_col=",
						    ", ws_xpixel=",
						    ", ws_ypixel=" };
		unsigned int i;

		if (failed(t) || copy_in(w, (void *)v, sizeof(w)) < 0)
			break;
		for (i = 0; i < 4; i++) {
			put(t, name[i]);
			put_udec(t, w[i]);
		}
		put_char(t, '}');
		return;
	}
	}
	put_addr(t, v);
}

static void put_dev(struct trace *t, unsigned long dev)
{
	put(t, "makedev(");
	put_hex(t, (dev >> 8 & 0xfff) | (dev >> 32 & ~0xfffUL));
	put(t, ", ");
	put_hex(t, (dev & 0xff) | (dev >> 12 & 0xffffff00));
	put_char(t, ')');
}

/* argv or envp: the strings, or for the environment their number. */
static void put_strings(struct trace *t, unsigned long p, bool count_only)
{
	unsigned long s;
	bool first = true;
	unsigned long n;

	if (copy_in(&s, (void *)p, sizeof(s)) < 0) {
		put_addr(t, p);
		return;
	}
	if (!count_only)
		put_char(t, '[');
	for (n = 0; s; n++) {
		if (!count_only && n < 32) {
			put_sep(t, &first, ", ");
			put_path(t, (const char *)s);
		} else if (!count_only && n == 32) {
			put(t, ", ...");
		}
		if (copy_in(&s, (char *)p + 8 * (n + 1), sizeof(s)) < 0)
			break;
	}
	if (!count_only) {
		put_char(t, ']');
		return;
	}
	put_hex(t, p);
	put(t, " /* ");
	put_udec(t, n);
	put(t, n == 1 ? " var */" : " vars */");
}

/* Lengths behind the address of a socket. */
static unsigned int sockaddr_len(const struct trace *t, unsigned int i)
{
	unsigned int len = 0;

	if (copy_in(&len, (void *)arg(t, i + 1), sizeof(len)) < 0)
		return 0;
	return MIN(len, (unsigned int)t->word[i + 1]);
}

/* A structure that is shown only if the call was good. */
static bool out_ok(struct trace *t, unsigned long p)
{
	if (p && !failed(t))
		return true;
	put_addr(t, p);
	return false;
}

static void put_optval(struct trace *t, unsigned int i, unsigned long len)
{
	if (len == 4)
		put_word(t, arg(t, i), 4, true);
	else
		put_bytes(t, (void *)arg(t, i), len, false);
}

static bool put_flags_arg(struct trace *t, unsigned int type, unsigned long v)
{
	/* Type, set of names, whether they can be joined. */
	static const uint8_t kinds[][3] = {
		{ T_px_whence, N_whence, 0 },
		{ T_px_madvice, N_madvice, 0 },
		{ T_px_fcntlcmd, N_fcntl, 0 },
		{ T_px_ioctlcmd, N_ioctl, 0 },
		{ T_px_fadvice, N_fadvise, 0 },
		{ T_px_epollop, N_epoll_op, 0 },
		{ T_px_sighow, N_sighow, 0 },
		{ T_px_clockid, N_clock, 0 },
		{ T_px_itimer, N_itimer, 0 },
		{ T_px_idtype, N_idtype, 0 },
		{ T_px_rlimit, N_rlimit, 0 },
		{ T_px_rusagewho, N_rusage, 0 },
		{ T_px_priowhich, N_prio, 0 },
		{ T_px_schedpolicy, N_sched, 0 },
		{ T_px_prctlop, N_prctl, 0 },
		{ T_px_archprctl, N_arch_prctl, 0 },
		{ T_px_membarriercmd, N_membarrier, 0 },
		{ T_px_sockdomain, N_family, 0 },
		{ T_px_shuthow, N_shut, 0 },
		{ T_px_socklevel, N_level, 0 },
		{ T_px_ipccmd, N_ipc_cmd, 0 },
		{ T_px_mremapflags, N_mremap, 1 },
		{ T_px_msflags, N_msync, 1 },
		{ T_px_mclflags, N_mcl, 1 },
		{ T_px_mlockflags, N_mlock, 1 },
		{ T_px_fdflags, N_oflags, 1 },
		{ T_px_renameflags, N_rename, 1 },
		{ T_px_xattrflags, N_xattr, 1 },
		{ T_px_flockop, N_flock, 1 },
		{ T_px_fallocmode, N_falloc, 1 },
		{ T_px_syncflags, N_sync, 1 },
		{ T_px_spliceflags, N_splice, 1 },
		{ T_px_rwfflags, N_rwf, 1 },
		{ T_px_statxmask, N_statx, 1 },
		{ T_px_mountflags, N_mount, 1 },
		{ T_px_umountflags, N_umount, 1 },
		{ T_px_closerangeflags, N_close_range, 1 },
		{ T_px_mfdflags, N_mfd, 1 },
		{ T_px_inflags, N_inotify, 1 },
		{ T_px_inmask, N_inotify, 1 },
		{ T_px_efdflags, N_efd, 1 },
		{ T_px_tfdflags, N_tfd, 1 },
		{ T_px_sfdflags, N_sfd, 1 },
		{ T_px_epollflags, N_epoll_create, 1 },
		{ T_px_tfdsetflags, N_tfd_set, 1 },
		{ T_px_timerflags, N_timer, 1 },
		{ T_px_waitopts, N_wait, 1 },
		{ T_px_grndflags, N_grnd, 1 },
		{ T_px_sockflags, N_sockflags, 1 },
		{ T_px_msgflags, N_msg, 1 },
		{ T_px_shmatflags, N_shmat, 1 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (kinds[i][0] != type)
			continue;
		if (kinds[i][2])
			put_flags(t, kinds[i][1], v);
		else
			put_name(t, kinds[i][1], v);
		return true;
	}
	return false;
}

/* Types that are the word itself. False: not one of them. */
static bool put_plain(struct trace *t, unsigned int type, unsigned long v,
		      unsigned int i)
{
	switch (type) {
	case T_px_int:
	case T_px_fd:
	case T_px_pid:
	case T_px_msec:
		put_dec(t, (int)v);
		return true;
	case T_px_uint:
	case T_px_ufd:
	case T_px_socklen:
		put_udec(t, (unsigned int)v);
		return true;
	case T_px_uid:
		put_dec(t, (unsigned int)v == UINT_MAX ? -1 :
							 (long)(uint32_t)v);
		return true;
	case T_px_long:
	case T_px_off:
		put_dec(t, v);
		return true;
	case T_px_ulong:
	case T_px_size:
	case T_px_nfds:
		put_udec(t, v);
		return true;
	case T_px_uinthex:
		put_hex(t, (unsigned int)v);
		return true;
	case T_px_ulonghex:
	case T_px_hexoff:
	case T_px_ipckey:
		put_hex(t, v);
		return true;
	case T_px_dev:
		put_dev(t, v);
		return true;
	case T_px_mode:
		/* As the file's type and permission where there is a type. */
		if (v & 0170000)
			put_mode(t, v);
		else
			put_oct(t, v & 07777);
		return true;
	case T_px_atfd:
		if ((int)v == AT_FDCWD)
			put(t, "AT_FDCWD");
		else
			put_dec(t, (int)v);
		return true;
	case T_px_sig:
		put_signal(t, v, true);
		return true;
	case T_px_accmode:
		if (v)
			put_flags(t, N_acc, v);
		else
			put(t, "F_OK");
		return true;
	case T_px_prot:
		if (v)
			put_flags(t, N_prot, v);
		else
			put(t, "PROT_NONE");
		return true;
	case T_px_atflags:
		/* statx(2) has two bits with a name for neither. */
		if (t->frame->call->nr == __NR_statx &&
		    !(v & AT_STATX_SYNC_TYPE)) {
			put(t, "AT_STATX_SYNC_AS_STAT");
			if (!v)
				return true;
			put_char(t, '|');
		}
		put_flags(t, N_at, v);
		return true;
	case T_px_sockproto:
		/* Numbers of the Internet's; elsewhere 0. */
		if (arg(t, 0) == 2 || arg(t, 0) == 10)
			put_name(t, N_ipproto, v);
		else
			put_udec(t, v);
		return true;
	case T_px_futexval:
		/* A mask of bits, or a number. */
		if ((arg(t, 1) & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET ||
		    (arg(t, 1) & FUTEX_CMD_MASK) == FUTEX_WAKE_BITSET) {
			if ((unsigned int)v == FUTEX_BITSET_MATCH_ANY)
				put(t, "FUTEX_BITSET_MATCH_ANY");
			else
				put_hex(t, (unsigned int)v);
		} else {
			put_udec(t, (unsigned int)v);
		}
		return true;
	case T_px_oflags:
		put_open_flags(t, v);
		return true;
	case T_px_mapflags:
		put_kind_flags(t, N_map_type, v & 3, N_mapflags, v & ~3UL);
		return true;
	case T_px_socktype:
		put_kind_flags(t, N_socktype, v & 15, N_sockflags, v & ~15UL);
		return true;
	case T_px_sockopt:
		put_name(t, arg(t, i - 1) == 6 ? N_tcpopt : N_sockopt, v);
		return true;
	case T_px_ipcflags:
		if (v & ~0777UL) {
			put_flags(t, N_ipc, v & ~0777UL);
			put_char(t, '|');
		}
		put_oct(t, v & 0777);
		return true;
	case T_px_cloneflags:
		put_clone_flags(t, v);
		return true;
	case T_px_futexop:
		put_futex_op(t, v);
		return true;
	}
	return false;
}

static bool put_in_struct(struct trace *t, unsigned int type, unsigned long v,
			  unsigned int i)
{
	switch (type) {
	case T_px_timespec_in:
	case T_px_timespec_io:
		put_timespec(t, v, false);
		return true;
	case T_px_timeval_in:
	case T_px_timeval_io:
		put_timespec(t, v, true);
		return true;
	case T_px_timespec2_in:
	case T_px_timeval2_in:
		put_timespecs(t, v, 2, type == T_px_timeval2_in);
		return true;
	case T_px_itimerspec_in:
	case T_px_itimerval_in:
		put_timespecs(t, v, 0, type == T_px_itimerval_in);
		return true;
	case T_px_iov_in:
		put_iov(t, v, arg(t, i + 1), LONG_MAX);
		return true;
	case T_px_sigact_in:
		put_sigaction(t, v);
		return true;
	case T_px_sigset_in:
		/* The size of the set comes later, and must be right. */
		for (i++; i < 6 && t->frame->call->types[i] != T_px_size; i++)
			;
		if (i < 6 && arg(t, i) == 8)
			put_sigset(t, v);
		else
			put_addr(t, v);
		return true;
	case T_px_sigarg_in: {
		unsigned long pair[2];

		if (!v || copy_in(pair, (void *)v, sizeof(pair)) < 0)
			break;
		put(t, "{sigmask=");
		put_sigset(t, pair[0]);
		put(t, ", sigsetsize=");
		put_udec(t, pair[1]);
		put_char(t, '}');
		return true;
	}
	case T_px_siginfo_in:
		put_siginfo(t, v);
		return true;
	case T_px_stack_in:
		put_stack(t, v);
		return true;
	case T_px_sockaddr_in:
		put_sockaddr(t, v, arg(t, i + 1));
		return true;
	case T_px_optval_in:
		put_optval(t, i, arg(t, i + 1));
		return true;
	case T_px_msghdr_in:
		put_msghdr(t, v, LONG_MAX);
		return true;
	case T_px_pollfds:
		put_pollfds(t, v, arg(t, i + 1), false);
		return true;
	case T_px_fdset:
		put_fdset(t, v, arg(t, 0));
		return true;
	case T_px_epollev_in:
		put_epoll_event(t, v);
		return true;
	case T_px_rlimit_in:
		put_rlimit(t, v);
		return true;
	case T_px_schedparam_in:
		put_word(t, v, 4, true);
		return true;
	case T_px_cpuset_in:
		put_cpuset(t, v, arg(t, i - 1));
		return true;
	case T_px_futexarg:
		put_futex_arg(t, v);
		return true;
	}
	return false;
}

static void put_out(struct trace *t, unsigned int type, unsigned long v,
		    unsigned int i)
{
	/* These look at the result themselves. */
	switch (type) {
	case T_px_off_io:
		put_word_io(t, i, 8);
		return;
	case T_px_socklen_io:
		put_word_io(t, i, 4);
		return;
	case T_px_fcntlarg:
		put_fcntl_arg(t, v);
		return;
	case T_px_ioctlarg:
		put_ioctl_arg(t, v);
		return;
	case T_px_msghdr_out:
		put_msghdr(t, v, t->ret);
		return;
	case T_px_timespec_out:
		/* What is left of a sleep is there only after a signal. */
		if (t->frame->call->nr == __NR_nanosleep ||
		    t->frame->call->nr == __NR_clock_nanosleep) {
			if (t->ret == -EINTR)
				put_timespec(t, v, false);
			else
				put_addr(t, v);
			return;
		}
		break;
	}
	if (!out_ok(t, v))
		return;
	switch (type) {
	case T_px_buf_out:
	case T_px_random_out:
		put_bytes(t, (void *)v, t->ret, type == T_px_random_out);
		break;
	case T_px_str_out:
		put_path(t, (char *)v);
		break;
	case T_px_int_out:
		put_word(t, v, 4, true);
		break;
	case T_px_uint_out:
		put_word(t, v, 4, false);
		break;
	case T_px_long_out:
		put_word(t, v, 8, true);
		break;
	case T_px_wstatus_out:
		put_wait_status(t, v);
		break;
	case T_px_fdpair_out: {
		int fd[2];

		if (copy_in(fd, (void *)v, sizeof(fd)) < 0) {
			put_addr(t, v);
			break;
		}
		put_char(t, '[');
		put_dec(t, fd[0]);
		put(t, ", ");
		put_dec(t, fd[1]);
		put_char(t, ']');
		break;
	}
	case T_px_iov_out:
		put_iov(t, v, arg(t, i + 1), t->ret);
		break;
	case T_px_timespec_out:
	case T_px_timeval_out:
		put_timespec(t, v, type == T_px_timeval_out);
		break;
	case T_px_itimerspec_out:
	case T_px_itimerval_out:
		put_timespecs(t, v, 0, type == T_px_itimerval_out);
		break;
	case T_px_stat_out:
		put_stat(t, v);
		break;
	case T_px_statx_out:
		put_statx(t, v);
		break;
	case T_px_statfs_out:
		put_statfs(t, v);
		break;
	case T_px_dirents_out:
		put_dirents(t, v, t->ret);
		break;
	case T_px_sigact_out:
		put_sigaction(t, v);
		break;
	case T_px_sigset_out:
		put_sigset(t, v);
		break;
	case T_px_siginfo_out:
		put_siginfo(t, v);
		break;
	case T_px_stack_out:
		put_stack(t, v);
		break;
	case T_px_sockaddr_out:
		put_sockaddr(t, v, sockaddr_len(t, i));
		break;
	case T_px_optval_out: {
		unsigned int len = 0;

		copy_in(&len, (void *)arg(t, i + 1), sizeof(len));
		put_optval(t, i, len);
		break;
	}
	case T_px_epollevs_out:
		put_epoll_events(t, v, t->ret);
		break;
	case T_px_rlimit_out:
		put_rlimit(t, v);
		break;
	case T_px_rusage_out:
		put_rusage(t, v);
		break;
	case T_px_utsname_out:
		put_utsname(t, v);
		break;
	case T_px_schedparam_out:
		put_word(t, v, 4, true);
		break;
	case T_px_cpuset_out:
		put_cpuset(t, v, t->ret);
		break;
	}
}

void put_arg(struct trace *t, unsigned int i)
{
	unsigned int type = t->frame->call->types[i];
	unsigned long v = arg(t, i);

	if (arg_is_out(type)) {
		put_out(t, type, v, i);
		return;
	}
	if (i == 1 && t->frame->call->types[0] == T_px_prctlop &&
	    arg(t, 0) == PR_SET_NAME)
		type = T_px_path;
	if (put_plain(t, type, v, i) || put_flags_arg(t, type, v) ||
	    put_in_struct(t, type, v, i))
		return;
	switch (type) {
	case T_px_path:
		put_path(t, (const char *)v);
		return;
	case T_px_buf_in:
		put_bytes(t, (void *)v, arg(t, i + 1), false);
		return;
	case T_px_strv:
		put_strings(t, v, i > 0 && t->frame->call->types[i - 1] ==
						   T_px_strv);
		return;
	}
	put_addr(t, v);
}

/* What the descriptors that are ready were ready for. */
static void put_ready(struct trace *t)
{
	const struct px_frame *f = t->frame;
	bool first = true;
	unsigned int i;

	if (t->ret == 0) {
		put(t, " (Timeout)");
		return;
	}
	put(t, " (");
	if (f->call->types[0] == T_px_pollfds) {
		put_pollfds(t, f->args[0], f->args[1], true);
	} else {
		static const char *const set[] = { "in ", "out ", "except " };

		for (i = 0; i < 3; i++) {
			if (!f->args[i + 1])
				continue;
			put_sep(t, &first, ", ");
			put(t, set[i]);
			put_fdset(t, f->args[i + 1], f->args[0]);
		}
	}
	put_char(t, ')');
}

void put_result(struct trace *t)
{
	const struct px_frame *f = t->frame;
	const char *name, *words;

	if (failed(t)) {
		name = error_name(-t->ret, &words);
		if (t->ret <= -512)
			put_char(t, '?');
		else
			put(t, "-1");
		put_char(t, ' ');
		if (!name) {
			put(t, "errno ");
			put_dec(t, -t->ret);
			return;
		}
		put(t, name);
		put(t, " (");
		put(t, words);
		put_char(t, ')');
		return;
	}
	switch (f->call->nr) {
	case __NR_mmap:
	case __NR_brk:
	case __NR_mremap:
	case __NR_shmat:
		put_hex(t, t->ret);
		return;
	case __NR_umask:
		put_oct(t, t->ret);
		return;
	case __NR_fcntl:
		if (t->ret && f->args[1] == F_GETFD) {
			put_hex(t, t->ret);
			put(t, " (flags FD_CLOEXEC)");
			return;
		}
		if (f->args[1] == F_GETFL) {
			put_hex(t, t->ret);
			put(t, " (flags ");
			put_open_flags(t, t->ret);
			put_char(t, ')');
			return;
		}
		break;
	}
	put_dec(t, t->ret);
	switch (f->call->nr) {
	case __NR_poll:
	case __NR_ppoll:
	case __NR_select:
	case __NR_pselect6:
		put_ready(t);
		break;
	case __NR_sched_getscheduler:
		put(t, " (");
		put_name(t, N_sched, t->ret);
		put_char(t, ')');
	}
}
