/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Second names that need no code of their own: glibc exports many functions
 * once more with underscores, and old headers and libraries call them so. Each
 * is a jump, which passes any arguments on as they are.
 */
.macro same name, target
	.section .text.\name, "ax", @progbits
	.globl \name
	.type \name, @function
\name:	jmp \target
	.size \name, . - \name
.endm

	/* <string.h>, <strings.h>, <wchar.h>, <ctype.h> */
	same __bzero, bzero
	same __ffs, ffs
	same __memcmpeq, memcmp
	same __mempcpy, mempcpy
	same __strcasecmp, strcasecmp
	same __strcasestr, strcasestr
	same __strndup, strndup
	same __strtok_r, strtok_r
	same __strverscmp, strverscmp
	same __mbrtowc, mbrtowc
	same __towctrans, towctrans
	same __iswctype, iswctype
	same __wcscasecmp_l, wcscasecmp_l
	same __wcsncasecmp_l, wcsncasecmp_l
	same __toascii_l, toascii
	same __isascii_l, isascii
	same _tolower, tolower
	same _toupper, toupper

	/* <stdlib.h>; a last argument that asks for grouping is 0 */
	same __strtod_internal, strtod
	same __strtof_internal, strtof
	same __strtold_internal, strtold
	same __wcstod_internal, wcstod
	same __wcstof_internal, wcstof
	same __wcstold_internal, wcstold
	same __wcstol_internal, wcstol
	same __wcstoll_internal, wcstoll
	same __wcstoul_internal, wcstoul
	same __wcstoull_internal, wcstoull
	same __wcstof_l, wcstof
	same __wcstod_l, wcstod
	same __wcstold_l, wcstold
	same __libc_memalign, memalign
	same __libc_valloc, valloc
	same __libc_reallocarray, reallocarray
	same __libc_secure_getenv, secure_getenv
	same __libc_system, system
	same __mktemp, mktemp
	same __cxa_at_quick_exit, at_quick_exit
	/* Types of 32 and 64 bits under names of their own: ISO TS 18661-3 */
	same strtof32, strtof
	same strtof64, strtod
	same strtof32x, strtod
	same strtof64x, strtold
	same strtof32_l, strtof
	same strtof64_l, strtod
	same strtof32x_l, strtod
	same strtof64x_l, strtold
	same wcstof32, wcstof
	same wcstof64, wcstod
	same wcstof32x, wcstod
	same wcstof64x, wcstold
	same wcstof32_l, wcstof
	same wcstof64_l, wcstod
	same wcstof32x_l, wcstod
	same wcstof64x_l, wcstold

	/* <stdio.h> */
	same __asprintf, asprintf
	same __snprintf, snprintf
	same __vsnprintf, vsnprintf
	same __vfscanf, vfscanf
	same __fseeko64, fseeko
	same __ftello64, ftello
	same __setmntent, setmntent
	same __endmntent, endmntent
	same __getmntent_r, getmntent_r

	/* <search.h> */
	same __tsearch, tsearch
	same __tfind, tfind
	same __tdelete, tdelete
	same __twalk, twalk

	/* <unistd.h>, <fcntl.h>, <sys/...> */
	same __open, open
	same __open64, open
	same __close, close
	same __read, read
	same __write, write
	same __pread64, pread
	same __pwrite64, pwrite
	same __libc_pread, pread
	same __libc_pwrite, pwrite
	same __fcntl, fcntl
	same __libc_fcntl64, fcntl
	same __pipe, pipe
	same __dup2, dup2
	same __poll, poll
	same __select, select
	same __fork, fork
	same __libc_fork, fork
	same __vfork, vfork
	same __waitpid, waitpid
	same __getpid, getpid
	same __getpgid, getpgid
	same __setpgid, setpgid
	same __getpagesize, getpagesize
	same __getrlimit, getrlimit
	same __gettimeofday, gettimeofday
	same __nanosleep, nanosleep
	same __adjtimex, adjtimex
	same __arch_prctl, arch_prctl
	same __statfs, statfs
	same __connect, connect
	same __socket, socket
	same __send, send
	same __recv, recv
	same __sendmmsg, sendmmsg
	same __libc_msgsnd, msgsnd
	same __libc_msgrcv, msgrcv
	same __sigsuspend, sigsuspend
	same __sigtimedwait, sigtimedwait
	same __sched_yield, sched_yield
	same __sched_getparam, sched_getparam
	same __sched_getscheduler, sched_getscheduler
	same __sched_setscheduler, sched_setscheduler
	same __sched_get_priority_max, sched_get_priority_max
	same __sched_get_priority_min, sched_get_priority_min
	same __fstat64, fstat
	same scandirat64, scandirat
	same getdirentries64, getdirentries

	/* Of this folder */
	same __backtrace, backtrace
	same __backtrace_symbols, backtrace_symbols
	same __backtrace_symbols_fd, backtrace_symbols_fd
	same __argz_count, argz_count
	same __argz_next, argz_next
	same __argz_stringify, argz_stringify
	same __dcgettext, dcgettext
	same __dgettext, dgettext
	same __libc_mallopt, mallopt
	same __libc_pvalloc, pvalloc
	same __res_init, res_init
	same __xpg_sigpause, sigpause

	.section .note.GNU-stack, "", @progbits
