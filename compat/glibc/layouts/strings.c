/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of which POSIX and GNU have one each. glibc's headers call
 * POSIX's __xpg_strerror_r and __xpg_basename (musl has these names), so an
 * object that says strerror_r or basename means GNU's.
 */
#include <stdio.h>
#include <string.h>

#include "layouts.h"

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

/* basename(3): the path is left alone; "" if it ends with a slash. */
char *__glibc_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (char *)(slash ? slash + 1 : path);
}
