/* SPDX-License-Identifier: BSD-2-Clause */
/* path_arg.c: path arguments of system calls. */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/subsystem.h>
#include "internal.h"

/* Most paths are short, and the kernel stack is too small for long ones. */
int path_arg_get(struct path_arg *a, const char *upath, bool empty_ok)
{
	ssize_t n = copy_in_str(a->small, upath, sizeof(a->small));

	SUBSYSTEM_REQUIRE(procfs);
	a->s = a->small;
	if (n == -ENAMETOOLONG) {
		a->s = kmalloc(PATH_MAX);
		if (!a->s)
			return -ENOMEM;
		n = copy_in_str(a->s, upath, PATH_MAX);
	}
	if (!n && !empty_ok)
		n = -ENOENT;
	if (n < 0) {
		path_arg_put(a);
		return (int)n;
	}
	return 0;
}

void path_arg_put(struct path_arg *a)
{
	if (a->s != a->small)
		kfree(a->s);
	a->s = a->small;
}
