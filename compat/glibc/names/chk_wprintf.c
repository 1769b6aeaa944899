/* SPDX-License-Identifier: BSD-2-Clause */
/* Fortified wprintf(3) and its family: chk_printf.c for wide characters. */
#include "layouts/print.h"
#include "names/fortify.h"
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

int __vfwprintf_chk(FILE *f, int flag, const wchar_t *format, va_list args)
{
	__px_check_wformat(flag, format);
	return __glibc_vfwprintf(f, format, args);
}

int __vwprintf_chk(int flag, const wchar_t *format, va_list args)
{
	return __vfwprintf_chk(stdout, flag, format, args);
}

int __vswprintf_chk(wchar_t *to, size_t n, int flag, size_t room,
		    const wchar_t *format, va_list args)
{
	need_room(n, room);
	__px_check_wformat(flag, format);
	return __glibc_vswprintf(to, n, format, args);
}

int __wprintf_chk(int flag, const wchar_t *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = __vwprintf_chk(flag, format, args);
	va_end(args);
	return n;
}

int __fwprintf_chk(FILE *f, int flag, const wchar_t *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = __vfwprintf_chk(f, flag, format, args);
	va_end(args);
	return n;
}

int __swprintf_chk(wchar_t *to, size_t n, int flag, size_t room,
		   const wchar_t *format, ...)
{
	va_list args;
	int done;

	va_start(args, format);
	done = __vswprintf_chk(to, n, flag, room, format, args);
	va_end(args);
	return done;
}
