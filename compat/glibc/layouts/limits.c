/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysconf(3) and confstr(3) where programs take glibc's answer for the size of
 * something: its headers make constants of musl's (PTHREAD_STACK_MIN, SIGSTKSZ)
 * calls of it, with names that musl does not know. And cuserid(3), whose buffer
 * has 9 bytes in glibc and 20 in musl.
 */
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "layouts.h"

#define GLIBC_L_CUSERID 9

/* <bits/confname.h>, where musl's <unistd.h> has no name. */
#define GLIBC_SC_LEVEL1_ICACHE_SIZE    185
#define GLIBC_SC_LEVEL4_CACHE_LINESIZE 199
#define GLIBC_SC_MINSIGSTKSZ	       249
#define GLIBC_SC_SIGSTKSZ	       250

/* The kernel's <asm/auxvec.h>; before it there was one, 2048 was enough. */
#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

/* <bits/confname.h>: the names of confstr(3) that have a text. */
#define GLIBC_CS_V6_ENVS	    1
#define GLIBC_CS_LIBC_VERSION	    2
#define GLIBC_CS_LIBPTHREAD_VERSION 3
#define GLIBC_CS_V5_ENVS	    4
#define GLIBC_CS_V7_ENVS	    5
#define GLIBC_CS_LFS_CFLAGS	    1000
#define GLIBC_CS_LFS64_CFLAGS	    1004
#define GLIBC_CS_LFS64_LINTFLAGS    1007
#define GLIBC_CS_XBS5_FIRST	    1100
#define GLIBC_CS_V6_ENV		    1148
#define GLIBC_CS_V7_ENV		    1149

long __glibc_sysconf(int name);
size_t __glibc_confstr(int name, char *buf, size_t size);
char *__glibc_cuserid(char *buf);

/* A signal's frame and what a handler needs at least. */
static long smallest_stack(void)
{
	long frame = (long)getauxval(AT_MINSIGSTKSZ);

	return (frame ? frame : 2048) + 1536;
}

/* From _SC_CHAR_BIT on: what the compiler and glibc's <limits.h> say. */
static const long constants[] = {
	CHAR_BIT, CHAR_MAX, CHAR_MIN,  INT_MAX,	 INT_MIN,   64,
	32,	  16,	    20,	       32767,	 SCHAR_MAX, SCHAR_MIN,
	SHRT_MAX, SHRT_MIN, UCHAR_MAX, UINT_MAX, ULONG_MAX, USHRT_MAX,
	4096,	  2048,	    INT_MAX,   INT_MAX,	 INT_MAX,   INT_MAX,
};

#define GLIBC_SC_CHAR_BIT 101
#define GLIBC_SC_LAST	  250

long __glibc_sysconf(int name)
{
	int error = errno;
	long value;

	if (name >= GLIBC_SC_CHAR_BIT &&
	    name < GLIBC_SC_CHAR_BIT +
			    (int)(sizeof(constants) / sizeof(constants[0])))
		return constants[name - GLIBC_SC_CHAR_BIT];
	switch (name) {
	case _SC_THREAD_STACK_MIN:
		return 16384;
	case GLIBC_SC_MINSIGSTKSZ:
		return smallest_stack();
	case GLIBC_SC_SIGSTKSZ:
		return 4 * smallest_stack();
	case _SC_NGROUPS_MAX:
		return 65536;
	/* Buffers of these sizes are taken without a look at the answer. */
	case _SC_GETGR_R_SIZE_MAX:
	case _SC_GETPW_R_SIZE_MAX:
		return 1024;
	case _SC_HOST_NAME_MAX:
		return 64;
	case _SC_STREAM_MAX:
		return 16;
	case _SC_COLL_WEIGHTS_MAX:
		return 255;
	case _SC_EXPR_NEST_MAX:
		return 32;
	case _SC_LINE_MAX:
	case _SC_LINE_MAX + 2: /* _SC_CHARCLASS_NAME_MAX */
		return 2048;
	case _SC_TTY_NAME_MAX:
		return 32;
	}
	/* Sizes, ways and line sizes of the caches: a line's alone is known. */
	if (name >= GLIBC_SC_LEVEL1_ICACHE_SIZE &&
	    name <= GLIBC_SC_LEVEL4_CACHE_LINESIZE)
		return (name - GLIBC_SC_LEVEL1_ICACHE_SIZE) % 3 == 2 &&
				       name < GLIBC_SC_LEVEL4_CACHE_LINESIZE
			       ? 64
			       : 0;
	value = sysconf(name);
	/* A name that glibc has is known, though there may be no limit. */
	if (value < 0 && name >= 0 && name <= GLIBC_SC_LAST)
		errno = error;
	return value;
}

/* All of confstr(3)'s names are known; most have no text. */
static const char *text_of(int name)
{
	switch (name) {
	case _CS_PATH:
		return "/bin:/usr/bin";
	case GLIBC_CS_V6_ENVS:
		return "POSIX_V6_LP64_OFF64";
	case GLIBC_CS_LIBC_VERSION:
		return "glibc 2.36";
	case GLIBC_CS_LIBPTHREAD_VERSION:
		return "NPTL 2.36";
	case GLIBC_CS_V5_ENVS:
		return "XBS5_LP64_OFF64";
	case GLIBC_CS_V7_ENVS:
		return "POSIX_V7_LP64_OFF64";
	case GLIBC_CS_LFS64_CFLAGS:
	case GLIBC_CS_LFS64_LINTFLAGS:
		return "-D_LARGEFILE64_SOURCE";
	case GLIBC_CS_V6_ENV:
	case GLIBC_CS_V7_ENV:
		return "POSIXLY_CORRECT=1";
	}
	if (name >= GLIBC_CS_LFS_CFLAGS && name <= GLIBC_CS_LFS64_LINTFLAGS)
		return "";
	if (name < GLIBC_CS_XBS5_FIRST || name > GLIBC_CS_V7_ENV)
		return NULL;
	/* Of each 16 the third four are LP64_OFF64's: compiler, linker, ... */
	return (name - GLIBC_CS_XBS5_FIRST) % 16 / 2 == 4 ? "-m64" : "";
}

size_t __glibc_confstr(int name, char *buf, size_t size)
{
	const char *text = text_of(name);

	if (!text) {
		errno = EINVAL;
		return 0;
	}
	if (buf && size)
		snprintf(buf, size, "%s", text);
	return strlen(text) + 1;
}

char *__glibc_cuserid(char *buf)
{
	static char own[GLIBC_L_CUSERID];
	struct passwd *user = getpwuid(geteuid());

	if (!buf)
		buf = own;
	if (!user) {
		*buf = 0;
		return buf == own ? NULL : buf;
	}
	snprintf(buf, GLIBC_L_CUSERID, "%s", user->pw_name);
	return buf;
}
