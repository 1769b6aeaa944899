/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * handle.c: name_to_handle_at(2), open_by_handle_at(2). No filesystem here can
 * find a file by anything but its name, which the first says with EOPNOTSUPP;
 * so nobody can hold a handle that the second would accept.
 */
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "internal.h"

long sys_name_to_handle_at(int dirfd, const char *upath, void *handle,
			   int *mount_id, int flags)
{
	unsigned int how = flags & AT_SYMLINK_FOLLOW ? WALK_FOLLOW : 0;
	struct path_arg path;
	struct path p;
	long err;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		how |= WALK_EMPTY;
	err = path_arg_get(&path, upath, how & WALK_EMPTY);
	if (err)
		return err;
	err = path_lookup(dirfd, path.s, how, &p);
	path_arg_put(&path);
	if (err)
		return err;
	path_put(&p);
	return -EOPNOTSUPP;
}

long sys_open_by_handle_at(int mountfd, void *handle, int flags)
{
	return fs_capable() ? -ESTALE : -EPERM;
}
