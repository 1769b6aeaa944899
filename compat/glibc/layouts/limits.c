/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysconf(3) where programs take glibc's answer for the size of something:
 * its headers make constants of musl's (PTHREAD_STACK_MIN, SIGSTKSZ) calls of
 * it, with names that musl does not know. And cuserid(3), whose buffer has
 * 9 bytes in glibc and 20 in musl.
 */
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

long __glibc_sysconf(int name);
char *__glibc_cuserid(char *buf);

/* A signal's frame and what a handler needs at least. */
static long smallest_stack(void)
{
	long frame = (long)getauxval(AT_MINSIGSTKSZ);

	return (frame ? frame : 2048) + 1536;
}

long __glibc_sysconf(int name)
{
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
	}
	/* Sizes, ways and line sizes of the caches: a line's alone is known. */
	if (name >= GLIBC_SC_LEVEL1_ICACHE_SIZE &&
	    name <= GLIBC_SC_LEVEL4_CACHE_LINESIZE)
		return (name - GLIBC_SC_LEVEL1_ICACHE_SIZE) % 3 == 2 &&
				       name < GLIBC_SC_LEVEL4_CACHE_LINESIZE
			       ? 64
			       : 0;
	return sysconf(name);
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
