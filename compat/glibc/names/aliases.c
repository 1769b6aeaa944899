/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Second names: functions that musl has and glibc's objects call differently.
 * Each has glibc's signature; none does more than the function it is named for.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <malloc.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

size_t __mbrlen(const char *s, size_t n, mbstate_t *state)
{
	return mbrlen(s, n, state);
}

long __sysconf(int name)
{
	return sysconf(name);
}

char *__strdup(const char *s)
{
	return strdup(s);
}

/*
 * Allocators that watch sbrk() define it themselves and call this, so it must
 * not lead there. As musl's sbrk(): the break is its own malloc()'s.
 */
void *__sbrk(intptr_t change)
{
	if (change) {
		errno = ENOMEM;
		return (void *)-1;
	}
	return (void *)syscall(SYS_brk, 0);
}

/* The argument's type depends on the command; it is a word in any case. */
int fcntl64(int fd, int command, ...)
{
	va_list args;
	unsigned long arg;

	va_start(args, command);
	arg = va_arg(args, unsigned long);
	va_end(args);
	return fcntl(fd, command, arg);
}

long long strtoq(const char *s, char **end, int base)
{
	return strtoll(s, end, base);
}

unsigned long long strtouq(const char *s, char **end, int base)
{
	return strtoull(s, end, base);
}

long long wcstoq(const wchar_t *s, wchar_t **end, int base)
{
	return wcstoll(s, end, base);
}

unsigned long long wcstouq(const wchar_t *s, wchar_t **end, int base)
{
	return wcstoull(s, end, base);
}

/* musl's numbers look the same in every locale. */
#define WITH_LOCALE(type, name, character)                                     \
	type name##_l(const character *s, character **end, int base,           \
		      locale_t locale)                                         \
	{                                                                      \
		return name(s, end, base);                                     \
	}                                                                      \
	type __##name##_l(const character *s, character **end, int base,       \
			  locale_t locale)                                     \
	{                                                                      \
		return name(s, end, base);                                     \
	}
#define FLOAT_WITH_LOCALE(type, name)                                          \
	type name##_l(const wchar_t *s, wchar_t **end, locale_t locale)        \
	{                                                                      \
		return name(s, end);                                           \
	}

WITH_LOCALE(long, strtol, char)
WITH_LOCALE(unsigned long, strtoul, char)
WITH_LOCALE(long long, strtoll, char)
WITH_LOCALE(unsigned long long, strtoull, char)
WITH_LOCALE(long, wcstol, wchar_t)
WITH_LOCALE(unsigned long, wcstoul, wchar_t)
WITH_LOCALE(long long, wcstoll, wchar_t)
WITH_LOCALE(unsigned long long, wcstoull, wchar_t)
FLOAT_WITH_LOCALE(float, wcstof)
FLOAT_WITH_LOCALE(double, wcstod)
FLOAT_WITH_LOCALE(long double, wcstold)

unsigned gnu_dev_major(dev_t dev)
{
	return major(dev);
}

unsigned gnu_dev_minor(dev_t dev)
{
	return minor(dev);
}

dev_t gnu_dev_makedev(unsigned ma, unsigned mi)
{
	return makedev(ma, mi);
}

cpu_set_t *__sched_cpualloc(size_t count)
{
	return calloc(1, CPU_ALLOC_SIZE(count));
}

void __sched_cpufree(cpu_set_t *set)
{
	free(set);
}

/* The interface that these names belong to, for programs that ask. */
const char *gnu_get_libc_version(void)
{
	return "2.36";
}

const char *gnu_get_libc_release(void)
{
	return "stable";
}

time_t timelocal(struct tm *tm)
{
	return mktime(tm);
}

int dysize(int year)
{
	return 365 + (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}
