/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the tracer. trace.c drives; trace_args.c knows how an argument
 * of each type looks, trace_struct.c the structures, trace_names.c the flags,
 * trace_error.c the errors, trace_line.c puts characters together.
 *
 * All of it runs in kernel context, never sleeps and never fails: what cannot
 * be read from the program is printed as an address, as strace does.
 */
#ifndef SHIM_TRACE_H
#define SHIM_TRACE_H

#include <posixen/entry.h>

/*
 * One call as it is being printed. It lives on the kernel stack between
 * shim_trace_enter and shim_trace_exit (offsets.h: TRACE_SIZE): arguments up to
 * the first that the call fills in are printed when it begins, the rest when
 * it ends, and the line goes out as one piece unless it is very long.
 */
struct trace {
	const struct px_frame *frame;
	uint16_t n;		/* characters in buf */
	uint8_t next;		/* argument to print next */
	bool skip;		/* this call is filtered out */
	bool done;		/* the call has ended; ret is known */
	long ret;
	long word[6];		/* what in-out arguments pointed to before */
	char buf[420];
};

/* trace_line.c */
void put_char(struct trace *t, char c);
void put(struct trace *t, const char *s);
void put_dec(struct trace *t, long v);
void put_udec(struct trace *t, unsigned long v);
void put_hex(struct trace *t, unsigned long v);	/* 0x1f; 0 for 0 */
void put_oct(struct trace *t, unsigned int v);	/* 0644, 000 */
void put_addr(struct trace *t, unsigned long v);	/* NULL or 0x... */
void put_flush(struct trace *t);
/* Between the items of a list: nothing before the first. */
void put_sep(struct trace *t, bool *first, const char *sep);

/* A string of the program, quoted. put_path shows all of it; put_bytes at
 * most 32 of n bytes; hex shows every byte as \x. */
void put_path(struct trace *t, const char *ustr);
void put_bytes(struct trace *t, const void *ubuf, size_t n, bool hex);
/* Bytes of the kernel's, up to a NUL or n. */
void put_quoted(struct trace *t, const char *s, size_t n);

/* trace_names.c */
enum trace_names {
	N_acc, N_oflags, N_whence, N_prot, N_map_type, N_mapflags, N_mremap,
	N_madvice, N_msync, N_mcl, N_mlock, N_at, N_rename, N_xattr, N_fcntl,
	N_lock_type, N_ioctl, N_flock, N_falloc, N_fadvise, N_sync, N_splice,
	N_rwf, N_statx, N_umount, N_close_range, N_mfd, N_inotify, N_epoll_op,
	N_epoll, N_poll, N_efd, N_sighow, N_sa, N_clock, N_timer, N_tfd_set,
	N_itimer, N_futex, N_clone, N_wait, N_idtype, N_rlimit, N_rusage,
	N_prio, N_sched, N_prctl, N_arch_prctl, N_grnd, N_membarrier,
	N_family, N_socktype, N_sockflags, N_ipproto, N_msg, N_shut, N_level,
	N_sockopt, N_tcpopt, N_ipc, N_ipc_cmd, N_shmat, N_ss, N_file_type,
	N_mount, N_tfd, N_sfd, N_epoll_create, N_magic,
	N_st, N_count
};
/* v as one name, or as names joined by |; what has no name in hex. */
void put_name(struct trace *t, enum trace_names names, unsigned long v);
void put_flags(struct trace *t, enum trace_names names, unsigned long v);
void put_signal(struct trace *t, int sig, bool prefix);

/* trace_error.c: the name of a positive errno and its words; NULL: none. */
const char *error_name(int err, const char **words);

/* trace_args.c: argument i of the call. */
void put_arg(struct trace *t, unsigned int i);
/* Is it filled in by the call? */
bool arg_is_out(unsigned int type);
/* How many arguments to show: some depend on a command or a flag. */
unsigned int arg_count(const struct px_frame *f);
bool arg_is_unused(const struct px_frame *f, unsigned int i);
void put_result(struct trace *t);

/* trace_struct.c: structures of the program at p. */
void put_timespec(struct trace *t, unsigned long p, bool micro);
void put_timespecs(struct trace *t, unsigned long p, unsigned int n,
		   bool micro);
void put_stat(struct trace *t, unsigned long p);
void put_statx(struct trace *t, unsigned long p);
void put_statfs(struct trace *t, unsigned long p);
void put_mode(struct trace *t, unsigned int mode);
void put_iov(struct trace *t, unsigned long p, unsigned long n, long len);
void put_sigset(struct trace *t, unsigned long p);
void put_sigset_value(struct trace *t, uint64_t set);
void put_sigaction(struct trace *t, unsigned long p);
void put_siginfo(struct trace *t, unsigned long p);
void put_stack(struct trace *t, unsigned long p);
void put_sockaddr(struct trace *t, unsigned long p, unsigned int len);
void put_msghdr(struct trace *t, unsigned long p, long len);
void put_pollfds(struct trace *t, unsigned long p, unsigned long n,
		 bool result);
void put_fdset(struct trace *t, unsigned long p, unsigned int nfds);
void put_epoll_events(struct trace *t, unsigned long p, long n);
void put_epoll_event(struct trace *t, unsigned long p);
void put_rlimit(struct trace *t, unsigned long p);
void put_rusage(struct trace *t, unsigned long p);
void put_utsname(struct trace *t, unsigned long p);
void put_flock(struct trace *t, unsigned long p);
void put_wait_status(struct trace *t, unsigned long p);
void put_dirents(struct trace *t, unsigned long p, long len);
void put_cpuset(struct trace *t, unsigned long p, long len);

#endif
