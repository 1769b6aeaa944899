/* SPDX-License-Identifier: BSD-2-Clause */
/* cwd.c: getcwd(2), chdir(2), fchdir(2), chroot(2). */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "internal.h"

/* Where a path that is not below the root begins (getcwd(2)). */
#define UNREACHABLE "(unreachable)"

/* The top of the tree that p lies in. */
static bool reaches(struct path p, const struct path *root)
{
	for (;;) {
		if (p.mount == root->mount && p.dentry == root->dentry)
			return true;
		if (p.dentry == p.mount->root) {
			if (!p.mount->parent)
				return false;
			p.dentry = p.mount->mountpoint;
			p.mount = p.mount->parent;
		} else {
			p.dentry = p.dentry->parent;
		}
	}
}

static long name_out(char *ubuf, size_t size, char *buf, size_t buf_size)
{
	struct fs_context *c = fs_current();
	size_t skip = sizeof(UNREACHABLE) - 1;
	char *name = path_name(&c->cwd, &c->root, buf + skip, buf_size - skip);
	size_t n;

	if (is_err(name))
		return ptr_err(name);
	if (!reaches(c->cwd, &c->root)) {
		name -= skip;
		memcpy(name, UNREACHABLE, skip);
	}
	n = strlen(name) + 1;
	if (n > size)
		return -ERANGE;
	return copy_out(ubuf, name, n) ? -EFAULT : (long)n;
}

long sys_getcwd(char *ubuf, size_t size)
{
	size_t buf_size = PATH_MAX + sizeof(UNREACHABLE);
	char *buf;
	long n;

	if (fs_current()->cwd.dentry->unlinked)
		return -ENOENT;
	buf = kmalloc(buf_size);
	if (!buf)
		return -ENOMEM;
	n = name_out(ubuf, size, buf, buf_size);
	kfree(buf);
	return n;
}

/* Replace *which by p, whose reference it takes, if p may be entered. */
static long enter(struct path *which, struct path *p)
{
	long err = vnode_permission(p->dentry->vnode, MAY_EXEC);

	if (err) {
		path_put(p);
		return err;
	}
	path_put(which);
	*which = *p;
	return 0;
}

static long lookup_dir(const char *upath, struct path *p)
{
	struct path_arg path;
	long err = path_arg_get(&path, upath, false);

	if (err)
		return err;
	err = path_lookup(AT_FDCWD, path.s, WALK_FOLLOW | WALK_DIRECTORY, p);
	path_arg_put(&path);
	return err;
}

long sys_chdir(const char *path)
{
	struct path p;
	long err = lookup_dir(path, &p);

	return err ? err : enter(&fs_current()->cwd, &p);
}

long sys_fchdir(int fd)
{
	struct file *f = fd_get_any(fd);
	struct path p;
	long err = -ENOTDIR;

	if (!f)
		return -EBADF;
	if (f->dentry && S_ISDIR(f->vnode->mode)) {
		p = (struct path){f->mount, f->dentry};
		path_get(&p);
		err = enter(&fs_current()->cwd, &p);
	}
	file_put(f);
	return err;
}

long sys_chroot(const char *path)
{
	struct path p;
	long err = lookup_dir(path, &p);

	if (err)
		return err;
	err = vnode_permission(p.dentry->vnode, MAY_EXEC);
	if (!err && !cred_capable(&current_process()->cred))
		err = -EPERM;
	if (err) {
		path_put(&p);
		return err;
	}
	return enter(&fs_current()->root, &p);
}
