/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * process_vm.c: process_vm_readv(2), process_vm_writev(2) and kcmp(2), which
 * look at two processes. Here both are the calling one.
 */
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/kcmp.h>
#include <linux/uio.h>
#include "internal.h"

/* Where two lists have come to. */
struct cursor {
	const struct iovec *iov;
	size_t nr, off;
};

/* The next piece of a list; 0: it is at its end. */
static size_t piece(struct cursor *c, char **at)
{
	while (c->nr && c->off == c->iov->iov_len) {
		c->iov++;
		c->nr--;
		c->off = 0;
	}
	if (!c->nr)
		return 0;
	*at = (char *)c->iov->iov_base + c->off;
	return c->iov->iov_len - c->off;
}

/* Copy from one list of the program's memory to another, through a page of
 * ours: bytes, or -EFAULT if not one could be. */
static long copy_lists(struct cursor *to, struct cursor *from, char *buf)
{
	long done = 0;

	for (;;) {
		char *src, *dst;
		size_t n = piece(from, &src), room = piece(to, &dst), got;

		n = MIN(MIN(n, room), PAGE_SIZE);
		if (!n)
			return done;
		got = copy_in_some(buf, src, n);
		got = copy_out_some(dst, buf, got);
		done += got;
		from->off += got;
		to->off += got;
		if (got < n)
			return done ? done : -EFAULT;
	}
}

static long transfer(int pid, const void *ulocal, unsigned long nlocal,
		     const void *uremote, unsigned long nremote,
		     unsigned long flags, bool write)
{
	struct iov_arg local, remote;
	char *buf;
	long ret;

	if (flags)
		return -EINVAL;
	ret = iov_arg_get(&local, ulocal, nlocal);
	if (ret)
		return ret;
	if (!local.uio.left)
		goto out;
	ret = iov_arg_get(&remote, uremote, nremote);
	if (ret)
		goto out;
	buf = kmalloc(PAGE_SIZE);
	if (!thread_by_tid(pid)) {
		ret = -ESRCH;
	} else if (!buf) {
		ret = -ENOMEM;
	} else {
		struct cursor here = {local.iov, nlocal, 0};
		struct cursor there = {remote.iov, nremote, 0};

		ret = write ? copy_lists(&there, &here, buf)
			    : copy_lists(&here, &there, buf);
	}
	kfree(buf);
	iov_arg_put(&remote);
out:
	iov_arg_put(&local);
	return ret;
}

long sys_process_vm_readv(int pid, const void *local, unsigned long nlocal,
			  const void *remote, unsigned long nremote,
			  unsigned long flags)
{
	return transfer(pid, local, nlocal, remote, nremote, flags, false);
}

long sys_process_vm_writev(int pid, const void *local, unsigned long nlocal,
			   const void *remote, unsigned long nremote,
			   unsigned long flags)
{
	return transfer(pid, local, nlocal, remote, nremote, flags, true);
}

/* 0 equal, 1 less, 2 greater: in an order that says nothing else. */
static long order(const void *a, const void *b)
{
	return a == b ? 0 : a < b ? 1 : 2;
}

static long compare_files(unsigned long fd1, unsigned long fd2)
{
	struct file *a = fd_get_any(fd1), *b = fd_get_any(fd2);
	long ret = a && b ? order(a, b) : -EBADF;

	if (a)
		file_put(a);
	if (b)
		file_put(b);
	return ret;
}

long sys_kcmp(int pid1, int pid2, int type, unsigned long idx1,
	      unsigned long idx2)
{
	if (!thread_by_tid(pid1) || !thread_by_tid(pid2))
		return -ESRCH;
	switch (type) {
	case KCMP_FILE:
		return compare_files(idx1, idx2);
	case KCMP_VM: /* threads of one process share them all */
	case KCMP_FILES:
	case KCMP_FS:
	case KCMP_SIGHAND:
	case KCMP_IO:
	case KCMP_SYSVSEM:
		return 0;
	default:
		return -EINVAL;
	}
}
