/* SPDX-License-Identifier: BSD-2-Clause */
/* Fortified printf(3) and its family; flag: fortify.h, __px_check_format(). */
#include "layouts/print.h"
#include "names/fortify.h"
#include <stdarg.h>
#include <stdio.h>

int __vfprintf_chk(FILE *f, int flag, const char *format, va_list args)
{
	__px_check_format(flag, format);
	return __glibc_vfprintf(f, format, args);
}

int __vprintf_chk(int flag, const char *format, va_list args)
{
	return __vfprintf_chk(stdout, flag, format, args);
}

int __vdprintf_chk(int fd, int flag, const char *format, va_list args)
{
	__px_check_format(flag, format);
	return __glibc_vdprintf(fd, format, args);
}

int __vasprintf_chk(char **to, int flag, const char *format, va_list args)
{
	__px_check_format(flag, format);
	return __glibc_vasprintf(to, format, args);
}

/* n: what the caller says; room: what the compiler knows. */
int __vsnprintf_chk(char *to, size_t n, int flag, size_t room,
		    const char *format, va_list args)
{
	need_room(n, room);
	__px_check_format(flag, format);
	return __glibc_vsnprintf(to, n, format, args);
}

int __vsprintf_chk(char *to, int flag, size_t room, const char *format,
		   va_list args)
{
	int n;

	need_room(1, room);
	__px_check_format(flag, format);
	/* __glibc_vsnprintf(3) takes no more than INT_MAX for a size it
	 * believes. */
	if (room == (size_t)-1)
		return __glibc_vsprintf(to, format, args);
	n = __glibc_vsnprintf(to, room, format, args);
	if (n >= 0)
		need_room((size_t)n + 1, room);
	return n;
}

/* The functions with ... are those with va_list. */
#define FORWARD(call)                                                          \
	{                                                                      \
		va_list args;                                                  \
		int done;                                                      \
                                                                               \
		va_start(args, format);                                        \
		done = call;                                                   \
		va_end(args);                                                  \
		return done;                                                   \
	}

int __printf_chk(int flag, const char *format,
		 ...) FORWARD(__vprintf_chk(flag, format, args))

	int __fprintf_chk(FILE *f, int flag, const char *format,
			  ...) FORWARD(__vfprintf_chk(f, flag, format, args))

		int __dprintf_chk(int fd, int flag, const char *format,
				  ...) FORWARD(__vdprintf_chk(fd, flag, format,
							      args))

			int __asprintf_chk(
				char **to, int flag, const char *format,
				...) FORWARD(__vasprintf_chk(to, flag, format,
							     args))

				int __snprintf_chk(char *to, size_t n, int flag,
						   size_t room,
						   const char *format, ...)
					FORWARD(__vsnprintf_chk(to, n, flag,
								room, format,
								args))

						int __sprintf_chk(
							char *to, int flag,
							size_t room,
							const char *format, ...)
							FORWARD(__vsprintf_chk(
								to, flag, room,
								format, args))
