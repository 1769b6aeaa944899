/* SPDX-License-Identifier: BSD-2-Clause */
/* trunc.c: truncate(2), ftruncate(2), fallocate(2). */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/signal.h>
#include <linux/falloc.h>
#include <linux/stat.h>
#include "internal.h"
#include "notify.h"

int vfs_newsize_ok(const struct vnode *v, uint64_t size)
{
	struct process *p = current_process();

	if (!p || size <= v->size || size <= p->rlim[RLIMIT_FSIZE].rlim_cur)
		return 0;
	signal_send(p, current(), SIGXFSZ, NULL);
	return -EFBIG;
}

int vfs_truncate(struct vnode *v, uint64_t size, bool touch)
{
	struct kattr a = {.mask = ATTR_SIZE, .size = size};
	int err = vfs_newsize_ok(v, size);

	if (err)
		return err;
	err = vnode_setattr(v, &a);
	if (err)
		return err;
	vnode_kill_priv(v);
	if (touch)
		vnode_touch(v, ATTR_MTIME);
	return 0;
}

static int truncate_path(const struct path *p, uint64_t size)
{
	struct vnode *v = p->dentry->vnode;
	int err;

	if (S_ISDIR(v->mode))
		return -EISDIR;
	if (!S_ISREG(v->mode))
		return -EINVAL;
	err = path_permission(p, MAY_WRITE);
	if (!err)
		err = mount_want_write(p->mount);
	if (!err)
		err = vfs_truncate(v, size, false);
	if (!err)
		notify_dentry(p->dentry, IN_MODIFY);
	return err;
}

long sys_truncate(const char *upath, long size)
{
	struct path_arg path;
	struct path p;
	long err;

	if (size < 0)
		return -EINVAL;
	err = path_arg_get(&path, upath, false);
	if (err)
		return err;
	err = path_lookup(AT_FDCWD, path.s, WALK_FOLLOW, &p);
	path_arg_put(&path);
	if (err)
		return err;
	err = truncate_path(&p, (uint64_t)size);
	path_put(&p);
	return err;
}

long sys_ftruncate(int fd, long size)
{
	struct file *f;
	long err = -EINVAL;

	if (size < 0)
		return -EINVAL;
	f = fd_get(fd);
	if (!f)
		return -EBADF;
	if (f->vnode && S_ISREG(f->vnode->mode) && file_writable(f))
		err = vfs_truncate(f->vnode, (uint64_t)size, true);
	if (!err)
		notify_dentry(f->dentry, IN_MODIFY);
	file_put(f);
	return err;
}

/* Which modes go together, whatever the filesystem: vfs_fallocate of Linux. */
static int check_mode(int mode)
{
	int all = FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE |
		  FALLOC_FL_COLLAPSE_RANGE | FALLOC_FL_ZERO_RANGE |
		  FALLOC_FL_INSERT_RANGE | FALLOC_FL_UNSHARE_RANGE;
	int punch = mode & FALLOC_FL_PUNCH_HOLE;

	if (mode & ~all)
		return -EOPNOTSUPP;
	if (punch && (mode & FALLOC_FL_ZERO_RANGE))
		return -EOPNOTSUPP;
	if (punch && !(mode & FALLOC_FL_KEEP_SIZE))
		return -EOPNOTSUPP;
	return 0;
}

static int check_type(const struct file *f)
{
	uint32_t mode;

	if (!f->vnode)
		return f->ops->llseek ? -ENODEV : -ESPIPE;
	mode = f->vnode->mode;
	if (S_ISFIFO(mode))
		return -ESPIPE;
	if (S_ISDIR(mode))
		return -EISDIR;
	return S_ISREG(mode) ? 0 : -ENODEV;
}

static int allocate(struct file *f, int mode, loff_t off, loff_t len)
{
	loff_t end;
	int err;

	if (off < 0 || len <= 0)
		return -EINVAL;
	err = check_mode(mode);
	if (err)
		return err;
	if (!file_writable(f))
		return -EBADF;
	err = check_type(f);
	if (err)
		return err;
	if (__builtin_add_overflow(off, len, &end))
		return -EFBIG;
	if (!f->ops->fallocate)
		return -EOPNOTSUPP;
	err = f->ops->fallocate(f, mode, off, len);
	if (!err)
		notify_file(f, IN_MODIFY);
	return err;
}

long sys_fallocate(int fd, int mode, long off, long len)
{
	struct file *f = fd_get(fd);
	long err;

	if (!f)
		return -EBADF;
	err = allocate(f, mode, off, len);
	file_put(f);
	return err;
}
