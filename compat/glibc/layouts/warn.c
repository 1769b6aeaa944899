/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * err(3), warn(3) and syslog(3) for objects compiled against glibc: their
 * formats are printf.c's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

#include "print.h"

void __glibc_vwarn(const char *format, va_list args);
void __glibc_vwarnx(const char *format, va_list args);
_Noreturn void __glibc_verr(int status, const char *format, va_list args);
_Noreturn void __glibc_verrx(int status, const char *format, va_list args);
void __glibc_warn(const char *format, ...);
void __glibc_warnx(const char *format, ...);
_Noreturn void __glibc_err(int status, const char *format, ...);
_Noreturn void __glibc_errx(int status, const char *format, ...);
void __glibc_syslog(int priority, const char *format, ...);

void __glibc_vwarn(const char *format, va_list args)
{
	int error = errno;

	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (format) {
		__glibc_vfprintf(stderr, format, args);
		fputs(": ", stderr);
	}
	fprintf(stderr, "%s\n", __glibc_strerror(error));
}

void __glibc_vwarnx(const char *format, va_list args)
{
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (format)
		__glibc_vfprintf(stderr, format, args);
	putc('\n', stderr);
}

void __glibc_verr(int status, const char *format, va_list args)
{
	__glibc_vwarn(format, args);
	exit(status);
}

void __glibc_verrx(int status, const char *format, va_list args)
{
	__glibc_vwarnx(format, args);
	exit(status);
}

/* musl cuts what is longer than its buffer; a %s of it is the same. */
void __glibc_vsyslog(int priority, const char *format, va_list args)
{
	int error = errno;
	char *text;

	if (__glibc_vasprintf(&text, format, args) < 0)
		return;
	errno = error;
	syslog(priority, "%s", text);
	free(text);
}

/* The functions with ... are those with va_list. */
#define FORWARD(call)                                                          \
	va_list args;                                                          \
                                                                               \
	va_start(args, format);                                                \
	call;                                                                  \
	va_end(args)

void __glibc_warn(const char *format, ...)
{
	FORWARD(__glibc_vwarn(format, args));
}

void __glibc_warnx(const char *format, ...)
{
	FORWARD(__glibc_vwarnx(format, args));
}

void __glibc_err(int status, const char *format, ...)
{
	FORWARD(__glibc_verr(status, format, args));
}

void __glibc_errx(int status, const char *format, ...)
{
	FORWARD(__glibc_verrx(status, format, args));
}

void __glibc_syslog(int priority, const char *format, ...)
{
	FORWARD(__glibc_vsyslog(priority, format, args));
}
