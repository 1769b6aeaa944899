/* SPDX-License-Identifier: BSD-2-Clause */
/* error(3), which musl has no header for. */
#ifndef GLIBC_ERROR_H
#define GLIBC_ERROR_H

void error(int status, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void error_at_line(int status, int code, const char *file, unsigned line,
		   const char *format, ...)
	__attribute__((format(printf, 5, 6)));

extern void (*error_print_progname)(void);
extern unsigned error_message_count;
extern int error_one_per_line;

#endif
