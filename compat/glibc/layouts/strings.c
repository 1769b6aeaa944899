/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of which POSIX and GNU have one each. glibc's headers call
 * POSIX's __xpg_strerror_r and __xpg_basename (musl has these names), so an
 * object that says strerror_r or basename means GNU's.
 */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "layouts.h"
#include "print.h"

char *__glibc_strerror_l(int error, locale_t locale);
void __glibc_perror(const char *what);
char *__glibc_strsignal(int number);
char *__glibc_strerror_r(int error, char *buf, size_t size);
char *__glibc_basename(const char *path);

/* strerror_r(3): known errors are strings that live for ever. */
char *__glibc_strerror_r(int error, char *buf, size_t size)
{
	char *text = strerror(error);

	/* musl has one text for all that it does not know. */
	if (error && text == strerror(-1)) {
		snprintf(buf, size, "Unknown error %d", error);
		return buf;
	}
	return error ? text : "Success";
}

/* strerror(3): its buffer is the thread's own. */
char *__glibc_strerror(int error)
{
	static _Thread_local char unknown[40];

	return __glibc_strerror_r(error, unknown, sizeof(unknown));
}

char *__glibc_strerror_l(int error, locale_t locale)
{
	return __glibc_strerror(error);
}

void __glibc_perror(const char *what)
{
	const char *text = __glibc_strerror(errno);

	if (what && *what)
		fprintf(stderr, "%s: %s\n", what, text);
	else
		fprintf(stderr, "%s\n", text);
}

/* strsignal(3): texts of musl where it has one. */
char *__glibc_strsignal(int number)
{
	static _Thread_local char text[40];

	/* The two first ones are the threads library's own. */
	if (number >= SIGRTMIN && number <= SIGRTMAX)
		snprintf(text, sizeof(text), "Real-time signal %d",
			 number - SIGRTMIN);
	else if (number <= 0 || number >= 32)
		snprintf(text, sizeof(text), "Unknown signal %d", number);
	else if (number == SIGFPE)
		return "Floating point exception";
	else if (number == SIGCHLD)
		return "Child exited";
	else
		return strsignal(number);
	return text;
}

/* basename(3): the path is left alone; "" if it ends with a slash. */
char *__glibc_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (char *)(slash ? slash + 1 : path);
}
