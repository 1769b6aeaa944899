/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket_node.c: the nodes that give local sockets a name (unix(7)). What is
 * behind them is net/'s affair: it knows a socket by its vnode.
 */
#include <posixen/fs.h>
#include <posixen/subsystem.h>
#include <linux/stat.h>
#include "internal.h"

int vfs_socket_create(const char *path, struct path *out)
{
	uint32_t mode = S_IFSOCK | (0777 & ~fs_current()->umask);
	struct path dir;
	struct dentry *d;
	int err = path_create(AT_FDCWD, path, false, &dir, &d);

	SUBSYSTEM_REQUIRE(procfs);
	if (err)
		return err;
	err = vfs_mknod(&dir, d, mode, 0);
	if (!err) {
		*out = (struct path){dir.mount, d};
		path_get(out);
	}
	dentry_put(d);
	path_put(&dir);
	return err;
}

int vfs_socket_find(const char *path, struct path *out)
{
	int err = path_lookup(AT_FDCWD, path, WALK_FOLLOW, out);

	SUBSYSTEM_REQUIRE(procfs);
	if (err)
		return err;
	err = path_permission(out, MAY_WRITE);
	if (!err && !S_ISSOCK(out->dentry->vnode->mode))
		err = -ECONNREFUSED;
	if (err)
		path_put(out);
	else
		vnode_accessed(out->dentry->vnode, out->mount);
	return err;
}

void vfs_socket_remove(const struct path *p)
{
	struct dentry *dir = p->dentry->parent;

	if (!p->dentry->unlinked && dir->vnode->ops->unlink)
		dir->vnode->ops->unlink(dir->vnode, p->dentry);
}
