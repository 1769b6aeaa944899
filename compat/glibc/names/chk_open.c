/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What gcc calls for open(2) without a mode where the flags are not constant:
 * flags that create a file would take the mode from a register nobody set.
 */
#include "names/fortify.h"
#include <fcntl.h>

static void refuse_creation(int flags, const char *message)
{
	if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE)
		__fortify_fail(message);
}

#define WITHOUT_MODE(call)                                                     \
	"invalid " call " call: O_CREAT or O_TMPFILE without mode"

int __open_2(const char *path, int flags)
{
	refuse_creation(flags, WITHOUT_MODE("open"));
	return open(path, flags);
}

int __open64_2(const char *path, int flags)
{
	refuse_creation(flags, WITHOUT_MODE("open64"));
	return open(path, flags);
}

int __openat_2(int fd, const char *path, int flags)
{
	refuse_creation(flags, WITHOUT_MODE("openat"));
	return openat(fd, path, flags);
}

int __openat64_2(int fd, const char *path, int flags)
{
	refuse_creation(flags, WITHOUT_MODE("openat64"));
	return openat(fd, path, flags);
}
