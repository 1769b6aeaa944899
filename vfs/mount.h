/* SPDX-License-Identifier: BSD-2-Clause */
/* mount.h: how the mount system calls change the tree (vfs/mount.c). */
#ifndef VFS_MOUNT_H
#define VFS_MOUNT_H

#include <posixen/fs.h>

/* at NULL: the root mount. flags are MS_ bits that a mount keeps. */
int mount_new(const struct fs_type *t, const char *source,
	      const struct path *at, unsigned int flags, const char *options);
int mount_bind(const struct path *from, const struct path *at);
/* Is it in the tree, and not detached or hidden? */
bool mount_attached(const struct mount *m);
/* -EBUSY while in use beyond `held` references, unless lazy; -EINVAL for the
 * root of all. */
int mount_detach(struct mount *m, bool lazy, unsigned int held);

#endif
