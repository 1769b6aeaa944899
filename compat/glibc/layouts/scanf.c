/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scanf(3) and its family for objects compiled against glibc: length
 * modifiers and flags that musl gives up at (q, L with integers, ', I) are
 * put into words that it knows.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define CHAR	  char
#define TRANSLATE translate
#define LENGTH	  strlen
#define FIND	  strchr
#define ANY_OF	  strpbrk
#define LIT(s)	  s
#include "scanf.inc"
#undef CHAR
#undef TRANSLATE
#undef LENGTH
#undef FIND
#undef ANY_OF
#undef LIT

#define CHAR	  wchar_t
#define TRANSLATE wtranslate
#define LENGTH	  wcslen
#define FIND	  wcschr
#define ANY_OF	  wcspbrk
#define LIT(s)	  L##s
#include "scanf.inc"

/* Run with the format that musl takes; -1 if there is no memory for it. */
#define RUN(type, translate, call)                                             \
	{                                                                      \
		type *ours = translate(format);                                \
		const type *use = ours ? ours : format;                        \
		int n = call;                                                  \
                                                                               \
		free(ours);                                                    \
		return n;                                                      \
	}
#define FORWARD(call)                                                          \
	{                                                                      \
		va_list args;                                                  \
		int n;                                                         \
                                                                               \
		va_start(args, format);                                        \
		n = call;                                                      \
		va_end(args);                                                  \
		return n;                                                      \
	}

int __glibc_vfscanf(FILE *f, const char *format, va_list args);
int __glibc_vsscanf(const char *s, const char *format, va_list args);
int __glibc_vscanf(const char *format, va_list args);
int __glibc_fscanf(FILE *f, const char *format, ...);
int __glibc_sscanf(const char *s, const char *format, ...);
int __glibc_scanf(const char *format, ...);
int __glibc_vfwscanf(FILE *f, const wchar_t *format, va_list args);
int __glibc_vswscanf(const wchar_t *s, const wchar_t *format, va_list args);
int __glibc_vwscanf(const wchar_t *format, va_list args);
int __glibc_fwscanf(FILE *f, const wchar_t *format, ...);
int __glibc_swscanf(const wchar_t *s, const wchar_t *format, ...);
int __glibc_wscanf(const wchar_t *format, ...);

int __glibc_vfscanf(FILE *f, const char *format, va_list args)
{
	RUN(char, translate, vfscanf(f, use, args));
}

int __glibc_vsscanf(const char *s, const char *format, va_list args)
{
	RUN(char, translate, vsscanf(s, use, args));
}

int __glibc_vscanf(const char *format, va_list args)
{
	return __glibc_vfscanf(stdin, format, args);
}

int __glibc_fscanf(FILE *f, const char *format, ...)
{
	FORWARD(__glibc_vfscanf(f, format, args));
}

int __glibc_sscanf(const char *s, const char *format, ...)
{
	FORWARD(__glibc_vsscanf(s, format, args));
}

int __glibc_scanf(const char *format, ...)
{
	FORWARD(__glibc_vfscanf(stdin, format, args));
}

int __glibc_vfwscanf(FILE *f, const wchar_t *format, va_list args)
{
	RUN(wchar_t, wtranslate, vfwscanf(f, use, args));
}

int __glibc_vswscanf(const wchar_t *s, const wchar_t *format, va_list args)
{
	RUN(wchar_t, wtranslate, vswscanf(s, use, args));
}

int __glibc_vwscanf(const wchar_t *format, va_list args)
{
	return __glibc_vfwscanf(stdin, format, args);
}

int __glibc_fwscanf(FILE *f, const wchar_t *format, ...)
{
	FORWARD(__glibc_vfwscanf(f, format, args));
}

int __glibc_swscanf(const wchar_t *s, const wchar_t *format, ...)
{
	FORWARD(__glibc_vswscanf(s, format, args));
}

int __glibc_wscanf(const wchar_t *format, ...)
{
	FORWARD(__glibc_vfwscanf(stdin, format, args));
}
