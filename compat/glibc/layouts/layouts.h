/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layouts.h: what the entries for objects compiled against glibc share.
 *
 * An entry __glibc_NAME has NAME's prototype in glibc's <headers>. Where the
 * structures differ from musl's, glibc's are written down here under names of
 * our own; tests/layouts compares the two sets of headers.
 */
#ifndef GLIBC_LAYOUTS_H
#define GLIBC_LAYOUTS_H

#include <stddef.h>

/* <regex.h>: re_pattern_buffer, of which programs see re_nsub only. */
struct glibc_regex {
	char hidden[48];
	size_t re_nsub;
	unsigned bits; /* below */
};

/* Of the bit fields behind re_nsub. */
#define GLIBC_REGEX_NO_SUB  (1U << 5)
#define GLIBC_REGEX_NEWLINE (1U << 7)

struct glibc_regmatch {
	int rm_so, rm_eo;
};

#define GLIBC_REG_NOTBOL   1
#define GLIBC_REG_NOTEOL   2
#define GLIBC_REG_STARTEND 4

/* <bits/socket.h>: as Linux has them. */
struct glibc_msghdr {
	void *msg_name;
	unsigned msg_namelen;
	void *msg_iov;
	size_t msg_iovlen;
	void *msg_control;
	size_t msg_controllen;
	int msg_flags;
};

struct glibc_cmsghdr {
	size_t cmsg_len;
	int cmsg_level, cmsg_type;
};

/* <bits/types/__locale_t.h>; inline functions read the ctype pointers. */
struct glibc_locale {
	const void *locales[13];
	const unsigned short *ctype_b;
	const int *ctype_tolower;
	const int *ctype_toupper;
	const char *names[13];
};

/* <bits/struct_mutex.h>: where the static initialisers have the kind. */
#define GLIBC_MUTEX_KIND	4 /* as a word of the mutex */
#define GLIBC_MUTEX_ADAPTIVE_NP 3

/*
 * A system call that is a cancellation point. libc.a has these for itself
 * (compat/musl/src/thread/__syscall_cp.c).
 */
typedef long glibc_call(long, ...);

__attribute__((visibility("hidden"))) long __px_syscall_cp(glibc_call *call,
							   long a, long b,
							   long c, long d,
							   long e, long f);
__attribute__((visibility("hidden"))) long __syscall_ret(unsigned long r);

#define CALL_CP(name, a, b, c, d, e)                                           \
	__syscall_ret(__px_syscall_cp(px_##name, (long)(a), (long)(b),         \
				      (long)(c), (long)(d), (long)(e), 0))

#endif
