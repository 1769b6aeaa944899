/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program whose system calls are known: see static.py. It is compiled with
 * all functions in one section, so that the linker keeps what nobody calls and
 * the assembler leaves no relocation between them.
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define APART __attribute__((noinline))

/* Called by nobody, but calls: cannot be reached. */
APART __attribute__((used)) static long unused(void)
{
	return chroot("/");
}

/* Called by a chain of calls, through libc. */
APART static long inner(void)
{
	return umask(0);
}

APART static long outer(void)
{
	return inner() + 1;
}

/* In a table alone. */
APART static long first(long n)
{
	return getppid() + n;
}

APART static long second(long n)
{
	return getpgid(n);
}

static long (*const table[])(long) = {first, second};

/* In a section whose bounds the linker names, each entry an object. */
APART static long registered(void)
{
	return getsid(0);
}

APART static long also_registered(void)
{
	return getpgrp();
}

#define ENTRY __attribute__((section("entries"), used)) static
ENTRY long (*const entry1)(void) = also_registered;
ENTRY long (*const entry2)(void) = registered;
ENTRY long (*const entry3)(void) = also_registered;
extern long (*const __start_entries[])(void), (*const __stop_entries[])(void);

/* Handed to libc, which calls it. */
static int compare(const void *a, const void *b)
{
	sync();
	return *(const char *)a - *(const char *)b;
}

/* An address that is taken where the assembler resolves it by itself. */
APART static long taken(void)
{
	return getpriority(PRIO_PROCESS, 0);
}

/* Absent in the table, by its number. */
APART static long absent(void)
{
	return syscall(SYS_userfaultfd, 0);
}

#ifdef VARIABLE
APART static long by_number(long n)
{
	return syscall(n, 0, 0);
}
#endif

int main(int argc, char **argv)
{
	long (*volatile pointer)(void) = taken;
	long n = outer() + table[argc & 1](argc) + pointer();

	for (long (*const *p)(void) = __start_entries; p < __stop_entries; p++)
		n += (*p)();
	qsort(argv[0], 1, 1, compare);
	if (argc > 1)
		n += absent();
#ifdef VARIABLE
	n += by_number(argc);
#endif
	return n != 0;
}
