/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidfd.c: descriptors of processes, pidfd_open(2) and what takes them. There
 * is one process to hold on to, the program's own; a poll that waits for its
 * end sees none, and reads and writes are not for them.
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <posixen/vm.h>
#include <asm/siginfo.h>
#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/uio.h>
#include "internal.h"

static struct waitq never;

static unsigned int pidfd_poll(struct file *f, struct waitq **q)
{
	*q = &never;
	return 0;
}

static int pidfd_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, 0600, st);
	return 0;
}

static const struct file_ops pidfd_ops = {
	.poll = pidfd_poll,
	.stat = pidfd_stat,
};

long sys_pidfd_open(int pid, int flags)
{
	const struct process *p = current_process();
	struct file *f;
	int fd;

	if (flags & ~O_NONBLOCK || pid <= 0)
		return -EINVAL;
	if (pid != p->pid) /* a thread's number that is no process's */
		return thread_by_tid(pid) ? -EINVAL : -ESRCH;
	if (!never.waiters.next)
		waitq_init(&never);
	f = file_alloc(&pidfd_ops, O_RDWR | flags, NULL);
	if (!f)
		return file_alloc_error();
	f->anon_name = "anon_inode:[pidfd]";
	f->anon_ino = anon_ino_next();
	fd = fd_install_new(f, O_CLOEXEC);
	if (fd < 0)
		file_put(f);
	return fd;
}

static int check_pidfd(int fd)
{
	struct file *f = fd_get(fd);
	int err = f && f->ops == &pidfd_ops ? 0 : -EBADF;

	if (f)
		file_put(f);
	return err;
}

long sys_pidfd_send_signal(int fd, int sig, const void *uinfo,
			   unsigned int flags)
{
	struct process *p = current_process();
	struct siginfo info = {
		.si_signo = sig,
		.si_code = SI_USER,
	};
	int err;

	if (flags)
		return -EINVAL;
	err = check_pidfd(fd);
	if (err)
		return err;
	if (uinfo) {
		if (copy_in_obj(&info, (const struct siginfo *)uinfo))
			return -EFAULT;
		/* To oneself any code may be claimed. */
		if (info.si_signo != sig)
			return -EINVAL;
	} else {
		info.si_pid = p->pid;
		info.si_uid = p->cred.uid;
	}
	if (sig < 0 || sig > 64)
		return -EINVAL;
	return sig ? signal_send(p, NULL, sig, &info) : 0;
}

long sys_pidfd_getfd(int pidfd, int fd, unsigned int flags)
{
	struct file *f;
	int err, new;

	if (flags)
		return -EINVAL;
	err = check_pidfd(pidfd);
	if (err)
		return err;
	f = fd_get_any(fd);
	if (!f)
		return -EBADF;
	new = fd_install_new(f, O_CLOEXEC);
	if (new < 0)
		file_put(f);
	return new;
}

static bool may_advise(int advice)
{
	/* process_madvise(2): those that can do no harm to another. */
	return advice == MADV_COLD || advice == MADV_PAGEOUT ||
	       advice == MADV_WILLNEED;
}

long sys_process_madvise(int pidfd, const void *uiov, size_t nr, int advice,
			 unsigned int flags)
{
	struct vm_space *vm = current_process()->vm;
	struct iov_arg v;
	long done = 0;
	int err;

	if (flags)
		return -EINVAL;
	err = iov_arg_get(&v, uiov, nr);
	if (err)
		return err;
	err = check_pidfd(pidfd);
	if (!err && !may_advise(advice))
		err = -EINVAL;
	for (size_t i = 0; i < nr && !err; i++) {
		err = vm_madvise(vm, (uintptr_t)v.iov[i].iov_base,
				 v.iov[i].iov_len, advice);
		if (!err)
			done += v.iov[i].iov_len;
	}
	iov_arg_put(&v);
	return done ? done : err;
}

/* Only a process that is ending gives back its memory early. */
long sys_process_mrelease(int pidfd, unsigned int flags)
{
	int err = flags ? -EINVAL : check_pidfd(pidfd);

	return err ? err : -EINVAL;
}
