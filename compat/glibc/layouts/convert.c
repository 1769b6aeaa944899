/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strtol(3) and its kin for objects compiled against glibc: where there is no
 * number, errno stays as it is. musl sets EINVAL, which POSIX allows; programs
 * that look at errno alone take that for an error.
 */
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>

#define CONVERT(type, name, character)                                         \
	type __glibc_##name(const character *s, character **end, int base);    \
	type __glibc_##name##_l(const character *s, character **end, int base, \
				locale_t locale);                              \
	type __glibc_##name(const character *s, character **end, int base)     \
	{                                                                      \
		int before = errno;                                            \
		character *stop = (character *)s;                              \
		type value;                                                    \
                                                                               \
		if (base < 0 || base == 1 || base > 36) {                      \
			errno = EINVAL;                                        \
			return 0;                                              \
		}                                                              \
		value = name(s, &stop, base);                                  \
		if (stop == s)                                                 \
			errno = before;                                        \
		if (end)                                                       \
			*end = stop;                                           \
		return value;                                                  \
	}                                                                      \
	type __glibc_##name##_l(const character *s, character **end, int base, \
				locale_t locale)                               \
	{                                                                      \
		return __glibc_##name(s, end, base);                           \
	}

CONVERT(long, strtol, char)
CONVERT(unsigned long, strtoul, char)
CONVERT(long, wcstol, wchar_t)
CONVERT(unsigned long, wcstoul, wchar_t)
