/* SPDX-License-Identifier: BSD-2-Clause */
/* readlink.c: readlink(2), readlinkat(2). */
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "internal.h"

static long link_text(const struct path *p, char *ubuf, size_t size)
{
	struct vnode *v = p->dentry->vnode;
	char *text;
	ssize_t n;

	if (!v->ops->readlink)
		return -EINVAL;
	size = MIN(size, PATH_MAX);
	text = kmalloc(size);
	if (!text)
		return -ENOMEM;
	vnode_accessed(v, p->mount);
	n = v->ops->readlink(v, text, size);
	if (n > 0 && copy_out(ubuf, text, (size_t)n))
		n = -EFAULT;
	kfree(text);
	return n;
}

/* An empty path means the link that dirfd was opened on with O_PATH. */
long sys_readlinkat(int dirfd, const char *upath, void *buf, size_t size)
{
	struct path_arg path;
	struct path p;
	bool empty;
	long err;

	if ((int)size <= 0)
		return -EINVAL;
	err = path_arg_get(&path, upath, true);
	if (err)
		return err;
	empty = !*path.s;
	err = path_lookup(dirfd, path.s, WALK_EMPTY, &p);
	path_arg_put(&path);
	if (err)
		return err;
	if (empty && !S_ISLNK(p.dentry->vnode->mode))
		err = -ENOENT;
	else
		err = link_text(&p, buf, size);
	path_put(&p);
	return err;
}

long sys_readlink(const char *path, void *buf, size_t size)
{
	return sys_readlinkat(AT_FDCWD, path, buf, size);
}
