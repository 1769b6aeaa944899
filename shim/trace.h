/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the tracer. trace.c drives; trace_types.c knows how an argument
 * of each type looks, trace_struct.c the structures, trace_names.c the flags,
 * trace_error.c the errors, trace_line.c puts characters together.
 *
 * All of it runs in kernel context, never sleeps and never fails: what cannot
 * be read from the program is printed as an address, as strace does.
 */
#ifndef SHIM_TRACE_H
#define SHIM_TRACE_H

#include <posixen/entry.h>
#include "argtypes.h"

/*
 * One call as it is being printed. It lives on the kernel stack between
 * shim_trace_enter and shim_trace_exit (offsets.h: TRACE_SIZE): arguments up to
 * the first that the call fills in are printed when it begins, the rest when
 * it ends, and the line goes out as one piece unless it is very long.
 */
struct trace {
	const struct px_frame *frame;
	uint16_t n;   /* characters in buf */
	uint8_t next; /* argument to print next */
	bool skip;    /* this call is filtered out */
	bool done;    /* the call has ended; ret is known */
	bool comma;   /* an argument has been printed */
	long ret;
	long word[6];	/* what in-out arguments pointed to before */
	uint64_t start; /* stats.c: when the call began, in ns */
	char buf[412];
};

/* trace_line.c */
void put_char(struct trace *t, char c);
void put(struct trace *t, const char *s);
void put_dec(struct trace *t, long v);
void put_udec(struct trace *t, unsigned long v);
void put_hex(struct trace *t, unsigned long v);	 /* 0x1f; 0 for 0 */
void put_oct(struct trace *t, unsigned int v);	 /* 0644, 000 */
void put_addr(struct trace *t, unsigned long v); /* NULL or 0x... */
void put_flush(struct trace *t);
/* Between the items of a list: nothing before the first. */
void put_sep(struct trace *t, bool *first, const char *sep);

/* A string of the program, quoted. put_path shows all of it; put_bytes at
 * most 32 of n bytes; hex shows every byte as \x. */
void put_path(struct trace *t, const char *ustr);
void put_bytes(struct trace *t, const void *ubuf, size_t n, bool hex);
/* Bytes of the kernel's, up to a NUL or n. */
void put_quoted(struct trace *t, const char *s, size_t n);

/* trace_names.c: a set of names with a common prefix. */
struct names {
	const uint32_t *value;
	/* The prefix, the names in the order of value, and an empty one. */
	const char *text;
};
extern const struct names names_acc, names_oflags, names_whence, names_prot,
	names_map_type, names_mapflags, names_mremap, names_madvice,
	names_msync, names_mcl, names_mlock, names_at, names_rename,
	names_xattr, names_fcntl, names_lock_type, names_ioctl, names_flock,
	names_falloc, names_fadvise, names_sync, names_splice, names_rwf,
	names_statx, names_umount, names_close_range, names_mfd, names_inotify,
	names_epoll_op, names_epoll, names_poll, names_efd, names_tfd,
	names_sfd, names_epoll_create, names_sighow, names_sa, names_clock,
	names_timer, names_tfd_set, names_itimer, names_futex, names_clone,
	names_wait, names_idtype, names_rlimit, names_rusage, names_prio,
	names_sched, names_prctl, names_arch_prctl, names_grnd,
	names_membarrier, names_family, names_socktype, names_sockflags,
	names_ipproto, names_msg, names_shut, names_level, names_sockopt,
	names_tcpopt, names_ipc, names_ipc_cmd, names_ipc_msg, names_sem_flg,
	names_shmat, names_ss, names_file_type, names_magic, names_st,
	names_mount;
/* v as one name, or as names joined by |; what has no name in hex. */
void put_name(struct trace *t, const struct names *set, unsigned long v);
void put_flags(struct trace *t, const struct names *set, unsigned long v);
void put_signal(struct trace *t, int sig, bool prefix);

/* trace_error.c: the name of a positive errno and its words; NULL: none. */
const char *error_name(int err, const char **words);

/*
 * trace_types.c: how an argument of one type is printed. Each type of
 * argtypes.h has one of these, arg_<type>, and the rows point to theirs: a
 * decoder that no linked call needs is not in the image.
 */
struct arg_type {
	/* Print v, argument i of the call. */
	void (*put)(struct trace *t, unsigned long v, unsigned int i);
	/* Print the result of a call that has such an argument, if it looks
	 * different from a plain number. Not called for errors. */
	void (*result)(struct trace *t);
	const struct names *names;
	uint8_t out;  /* enum arg_out */
	uint8_t word; /* size of an in-out word, kept from before the call */
};

enum arg_out {
	ARG_IN,	  /* printed when the call begins */
	ARG_OUT,  /* when it ends; as an address when it failed */
	ARG_LATE, /* when it ends, whatever came of it */
};

#define SHIM_EXTERN(name, type) extern const struct arg_type arg_##name;
SHIM_ARGTYPES(SHIM_EXTERN)
#undef SHIM_EXTERN

static inline uint64_t trace_arg(const struct trace *t, unsigned int i)
{
	return t->frame->args[i];
}

static inline const struct arg_type *trace_type(const struct trace *t,
						unsigned int i)
{
	return t->frame->call->types[i];
}

static inline bool trace_failed(const struct trace *t)
{
	return t->ret < 0 && t->ret >= -4095;
}

/* trace_struct.c: structures of the program at p; i is the argument's index.
 * Those of signals, sockets and waiting are in trace_signal.c, trace_socket.c,
 * trace_poll.c. */
void put_timespec(struct trace *t, unsigned long p, unsigned int i);
void put_timeval(struct trace *t, unsigned long p, unsigned int i);
void put_timespec2(struct trace *t, unsigned long p, unsigned int i);
void put_timeval2(struct trace *t, unsigned long p, unsigned int i);
void put_itimerspec(struct trace *t, unsigned long p, unsigned int i);
void put_itimerval(struct trace *t, unsigned long p, unsigned int i);
void put_stat(struct trace *t, unsigned long p, unsigned int i);
void put_statx(struct trace *t, unsigned long p, unsigned int i);
void put_statfs(struct trace *t, unsigned long p, unsigned int i);
void put_iov_in(struct trace *t, unsigned long p, unsigned int i);
void put_iov_out(struct trace *t, unsigned long p, unsigned int i);
void put_sigset(struct trace *t, unsigned long p, unsigned int i);
void put_sigarg(struct trace *t, unsigned long p, unsigned int i);
void put_sigaction(struct trace *t, unsigned long p, unsigned int i);
void put_siginfo(struct trace *t, unsigned long p, unsigned int i);
void put_stack(struct trace *t, unsigned long p, unsigned int i);
void put_sockaddr_in(struct trace *t, unsigned long p, unsigned int i);
void put_sockaddr_out(struct trace *t, unsigned long p, unsigned int i);
void put_msghdr_in(struct trace *t, unsigned long p, unsigned int i);
void put_msghdr_out(struct trace *t, unsigned long p, unsigned int i);
void put_pollfds(struct trace *t, unsigned long p, unsigned int i);
void put_fdset(struct trace *t, unsigned long p, unsigned int i);
void put_epoll_event(struct trace *t, unsigned long p, unsigned int i);
void put_epoll_events(struct trace *t, unsigned long p, unsigned int i);
void put_rlimit(struct trace *t, unsigned long p, unsigned int i);
void put_rusage(struct trace *t, unsigned long p, unsigned int i);
void put_utsname(struct trace *t, unsigned long p, unsigned int i);
void put_flock(struct trace *t, unsigned long p, unsigned int i);
void put_wait_status(struct trace *t, unsigned long p, unsigned int i);
void put_dirents(struct trace *t, unsigned long p, unsigned int i);
void put_cpuset_in(struct trace *t, unsigned long p, unsigned int i);
void put_cpuset_out(struct trace *t, unsigned long p, unsigned int i);
/* Lists are cut off here, as strace cuts them. */
#define LISTED 32
/* Copy one in, or print its address and return false. */
bool trace_in(struct trace *t, void *to, unsigned long p, size_t n);
void put_field(struct trace *t, const char *name, long v);
/* n buffers; the first len bytes of all of them have a meaning. */
void put_iov(struct trace *t, unsigned long p, unsigned long n, long len);
/* A file's type and permission. */
void put_mode(struct trace *t, unsigned int mode);
/* A set of nr bits: the numbers of those that are set. */
void put_bits(struct trace *t, unsigned long p, unsigned int nr);
/* " (...)": which descriptors are ready. */
void put_poll_ready(struct trace *t);
void put_select_ready(struct trace *t);

#endif
