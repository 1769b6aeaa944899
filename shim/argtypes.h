/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The argument types of system calls.
 *
 * Each name is two things at once: a typedef, the plain C type that the
 * handler takes, and an object arg_<name> (trace_types.c) that knows how the
 * tracer prints such an argument.  This is the one place where the tree makes
 * typedefs of simple types: a row of the table would otherwise have to say
 * both.  The handler itself may be written with the plain types, which are the
 * same.
 *
 * Pointers to structures are pointers to void on purpose.  They point into
 * the app, where a handler may look through copy_in and copy_out only, and
 * the compiler lets nobody follow a void pointer by accident.
 *
 * _in is read by the call, _out is written, _io is both.
 */
#ifndef SHIM_ARGTYPES_H
#define SHIM_ARGTYPES_H

#include <stddef.h>

/* clang-format off */
#define SHIM_ARGTYPES(T) \
	/* Plain numbers. */ \
	T(px_int, int) \
	T(px_uint, unsigned int) \
	T(px_long, long) \
	T(px_ulong, unsigned long) \
	T(px_uinthex, unsigned int) \
	T(px_ulonghex, unsigned long) \
	T(px_size, size_t) \
	T(px_off, long) \
	T(px_hexoff, long) /* mmap's offset, which strace prints in hex */ \
	T(px_offhi, unsigned long) /* upper half of preadv's offset; unused on x86-64 */ \
	T(px_msec, int) /* a timeout in milliseconds */ \
	T(px_nfds, unsigned long) \
	T(px_pid, int) \
	T(px_uid, unsigned int) /* user or group */ \
	T(px_dev, unsigned long) \
	/* Descriptors. */ \
	T(px_fd, int) \
	T(px_atfd, int) /* AT_FDCWD or a descriptor */ \
	T(px_ufd, unsigned int) /* close_range counts without a sign */ \
	/* Memory of the app: strings, buffers, bare addresses. */ \
	T(px_path, const char *) /* a string that the call reads */ \
	T(px_str_out, char *) /* a string that the call writes */ \
	T(px_buf_in, const void *) /* length in the next argument */ \
	T(px_buf_out, void *) /* length is the result */ \
	T(px_random_out, void *) /* as buf_out, printed in hex */ \
	T(px_ptr, void *) /* printed as an address */ \
	T(px_cptr, const void *) \
	T(px_addr, unsigned long) /* an address that is not followed, as in mmap */ \
	T(px_uaddr, unsigned int *) /* a futex word */ \
	T(px_strv, const char *const *) /* argv or envp */ \
	/* Words and structures of the app. */ \
	T(px_int_out, int *) \
	T(px_uint_out, unsigned int *) \
	T(px_long_out, long *) \
	T(px_off_io, long *) \
	T(px_wstatus_out, int *) \
	T(px_fdpair_out, int *) \
	T(px_iov_in, const void *) /* count in the next argument */ \
	T(px_iov_out, const void *) \
	T(px_timespec_in, const void *) \
	T(px_timespec_out, void *) \
	T(px_timespec_rest, void *) /* there after EINTR only */ \
	T(px_timespec_io, void *) \
	T(px_timespec2_in, const void *) \
	T(px_timeval_in, const void *) \
	T(px_timeval_out, void *) \
	T(px_timeval_io, void *) \
	T(px_timeval2_in, const void *) \
	T(px_itimerspec_in, const void *) \
	T(px_itimerspec_out, void *) \
	T(px_itimerval_in, const void *) \
	T(px_itimerval_out, void *) \
	T(px_stat_out, void *) \
	T(px_statx_out, void *) \
	T(px_statfs_out, void *) \
	T(px_dirents_out, void *) \
	T(px_sigact_in, const void *) \
	T(px_sigact_out, void *) \
	T(px_sigset_in, const void *) \
	T(px_sigset_out, void *) \
	T(px_sigarg_in, const void *) /* pselect6's pair of a mask and its size */ \
	T(px_siginfo_in, const void *) \
	T(px_siginfo_out, void *) \
	T(px_sigevent_in, const void *) \
	T(px_stack_in, const void *) \
	T(px_stack_out, void *) \
	T(px_sockaddr_in, const void *) /* length in the next argument */ \
	T(px_sockaddr_out, void *) /* length behind the next argument */ \
	T(px_socklen, unsigned int) \
	T(px_socklen_io, unsigned int *) \
	T(px_optval_in, const void *) \
	T(px_optval_out, void *) \
	T(px_msghdr_in, const void *) \
	T(px_msghdr_out, void *) \
	T(px_pollfds, void *) \
	T(px_fdset, void *) \
	T(px_epollev_in, const void *) \
	T(px_epollevs_out, void *) \
	T(px_rlimit_in, const void *) \
	T(px_rlimit_out, void *) \
	T(px_rusage_out, void *) \
	T(px_utsname_out, void *) \
	T(px_sysinfo_out, void *) \
	T(px_schedparam_in, const void *) \
	T(px_schedparam_out, void *) \
	T(px_cpuset_in, const void *) \
	T(px_cpuset_out, void *) \
	/* Flags, commands and other names. */ \
	T(px_oflags, int) \
	T(px_mode, unsigned int) \
	T(px_modemask, unsigned int) \
	T(px_accmode, int) \
	T(px_whence, int) \
	T(px_prot, int) \
	T(px_mapflags, int) \
	T(px_mremapflags, int) \
	T(px_madvice, int) \
	T(px_msflags, int) \
	T(px_mclflags, int) \
	T(px_mlockflags, int) \
	T(px_atflags, int) \
	T(px_fdflags, int) /* O_CLOEXEC and O_NONBLOCK alone */ \
	T(px_statxflags, int) \
	T(px_renameflags, unsigned int) \
	T(px_xattrflags, int) \
	T(px_fcntlcmd, int) \
	T(px_fcntlarg, unsigned long) \
	T(px_ioctlcmd, unsigned int) \
	T(px_ioctlarg, unsigned long) \
	T(px_flockop, int) \
	T(px_fallocmode, int) \
	T(px_fadvice, int) \
	T(px_syncflags, unsigned int) \
	T(px_spliceflags, unsigned int) \
	T(px_rwfflags, int) \
	T(px_statxmask, unsigned int) \
	T(px_mountflags, unsigned long) \
	T(px_umountflags, int) \
	T(px_closerangeflags, unsigned int) \
	T(px_mfdflags, unsigned int) \
	T(px_inflags, int) \
	T(px_inmask, unsigned int) \
	T(px_epollop, int) \
	T(px_epollflags, int) \
	T(px_efdflags, int) \
	T(px_tfdflags, int) \
	T(px_tfdsetflags, int) \
	T(px_sfdflags, int) \
	T(px_sig, int) \
	T(px_sighow, int) \
	T(px_clockid, int) \
	T(px_timerflags, int) \
	T(px_itimer, int) \
	T(px_futexop, int) \
	T(px_futexarg, unsigned long) /* a timeout, or a number, by operation */ \
	T(px_futexval, unsigned int) /* a mask of bits, or a number */ \
	T(px_cloneflags, unsigned long) \
	T(px_cloneall, unsigned long) /* the flags; prints the whole call */ \
	T(px_waitopts, int) \
	T(px_idtype, int) \
	T(px_rlimit, int) \
	T(px_rusagewho, int) \
	T(px_priowhich, int) \
	T(px_schedpolicy, int) \
	T(px_schedpid, int) /* the result is a policy */ \
	T(px_prctlop, int) \
	T(px_prctlarg, unsigned long) \
	T(px_archprctl, int) \
	T(px_grndflags, unsigned int) \
	T(px_membarriercmd, int) \
	T(px_sockdomain, int) \
	T(px_socktype, int) \
	T(px_sockproto, int) \
	T(px_sockflags, int) \
	T(px_msgflags, unsigned int) \
	T(px_shuthow, int) \
	T(px_socklevel, int) \
	T(px_sockopt, int) \
	T(px_mqattr_in, const void *) \
	T(px_mqattr_out, void *) \
	T(px_sembufs_in, const void *) /* count in the next argument */ \
	T(px_ipckey, int) \
	T(px_ipcmsgflags, int) \
	T(px_ipcflags, int) \
	T(px_ipccmd, int) \
	T(px_shmatflags, int)

/* clang-format on */
#define SHIM_TYPEDEF(name, type) typedef type name;
SHIM_ARGTYPES(SHIM_TYPEDEF)
#undef SHIM_TYPEDEF

#endif
