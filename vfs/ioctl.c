/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl.c: ioctl(2). What concerns the descriptor or any file is done here, the
 * rest by the file's own operation; ENOTTY is the answer of a file that knows
 * nothing of the request.
 */
#include <posixen/fs.h>
#include <posixen/syscalls.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <asm/ioctls.h>
#include "async.h"
#include "special.h"

/* FIONBIO, FIOASYNC: set or clear a status flag by the int at arg. */
static long set_status(struct file *f, int fd, int flag, unsigned long arg)
{
	int on, flags, err = copy_in_obj(&on, (const int *)arg);

	if (err)
		return err;
	flags = on ? f->flags | flag : f->flags & ~flag;
	if (flag == FASYNC && flags != f->flags) {
		if (!async_possible(f))
			return -ENOTTY;
		async_change(f, fd, on);
	} else if (f->ops->set_flags) {
		err = f->ops->set_flags(f, flags);
		if (err)
			return err;
	}
	f->flags = flags;
	return 0;
}

static long regular_bytes_left(struct file *f, unsigned long arg)
{
	int n = MIN((uint64_t)INT_MAX,
		    f->vnode->size > (uint64_t)f->pos
			    ? f->vnode->size - (uint64_t)f->pos
			    : 0);

	return copy_out_obj((int *)arg, &n);
}

static long file_ioctl(struct file *f, int fd, unsigned int cmd,
		       unsigned long arg)
{
	switch (cmd) {
	case FIOCLEX:
		return fd_set_cloexec(fd, true);
	case FIONCLEX:
		return fd_set_cloexec(fd, false);
	case FIONBIO:
		return set_status(f, fd, O_NONBLOCK, arg);
	case FIOASYNC:
		return set_status(f, fd, FASYNC, arg);
	case FIONREAD:
		if (f->vnode && S_ISREG(f->vnode->mode))
			return regular_bytes_left(f, arg);
	}
	return f->ops->ioctl ? f->ops->ioctl(f, cmd, arg) : -ENOTTY;
}

long sys_ioctl(px_fd fd, px_ioctlcmd cmd, px_ioctlarg arg)
{
	struct file *f = fd_get(fd);
	long ret;

	if (!f)
		return -EBADF;
	ret = file_ioctl(f, fd, cmd, arg);
	file_put(f);
	return ret;
}
