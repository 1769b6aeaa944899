/* SPDX-License-Identifier: BSD-2-Clause */
/* getwd(3), which trusts its caller for PATH_MAX bytes, and its check. */
#include "names/fortify.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What went wrong stands in the buffer. */
char *getwd(char *to)
{
	char path[PATH_MAX];

	if (!to) {
		errno = EINVAL;
		return NULL;
	}
	if (!getcwd(path, sizeof(path))) {
		snprintf(to, PATH_MAX, "%s", strerror(errno));
		return NULL;
	}
	return strcpy(to, path);
}

char *__getwd_chk(char *to, size_t room)
{
	char path[PATH_MAX];

	if (!getcwd(path, sizeof(path)))
		return NULL;
	need_room(strlen(path) + 1, room);
	return strcpy(to, path);
}
