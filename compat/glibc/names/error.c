/* SPDX-License-Identifier: BSD-2-Clause */
/* error(3): a message on standard error, and perhaps the end of the program. */
#include <errno.h>
#include "layouts/print.h"
#include <error.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void (*error_print_progname)(void);
unsigned error_message_count;
int error_one_per_line;

static void say(const char *file, unsigned line, int code, const char *format,
		va_list args)
{
	fflush(stdout);
	flockfile(stderr);
	if (error_print_progname)
		error_print_progname();
	else
		/* With a place the name is followed by no space: error(3). */
		fprintf(stderr, file ? "%s:" : "%s: ", program_invocation_name);
	if (file)
		fprintf(stderr, "%s:%u: ", file, line);
	__glibc_vfprintf(stderr, format, args);
	if (code)
		fprintf(stderr, ": %s", __glibc_strerror(code));
	putc('\n', stderr);
	fflush(stderr);
	funlockfile(stderr);
	error_message_count++;
}

void error(int status, int code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(NULL, 0, code, format, args);
	va_end(args);
	if (status)
		exit(status);
}

void error_at_line(int status, int code, const char *file, unsigned line,
		   const char *format, ...)
{
	static const char *last_file;
	static unsigned last_line;
	va_list args;

	/* A second message about one line says nothing new. */
	if (error_one_per_line) {
		if (line == last_line && file && last_file &&
		    (file == last_file || !strcmp(file, last_file)))
			return;
		last_file = file;
		last_line = line;
	}
	va_start(args, format);
	say(file, line, code, format, args);
	va_end(args);
	if (status)
		exit(status);
}
