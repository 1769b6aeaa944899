/* SPDX-License-Identifier: BSD-2-Clause */
/* signalfd.c: signalfd(2), signals as something to read and to poll. */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/siginfo.h>
#include <linux/fcntl.h>
#include <linux/signalfd.h>
#include "poll.h"
#include "special.h"

struct signalfd {
	uint64_t mask; /* the signals to take */
};

/* What of a siginfo is meaningful depends on who sent it: sigaction(2). */
static void fill_source(struct signalfd_siginfo *s, const siginfo_t *i)
{
	switch (i->si_code) {
	case SI_TIMER:
		s->ssi_tid = i->si_tid;
		s->ssi_overrun = i->si_overrun;
		s->ssi_ptr = (uintptr_t)i->si_ptr;
		s->ssi_int = i->si_int;
		return;
	case SI_QUEUE:
	case SI_MESGQ:
		s->ssi_ptr = (uintptr_t)i->si_ptr;
		s->ssi_int = i->si_int;
		break;
	}
	if (i->si_code > 0 && i->si_signo != SIGCHLD) {
		s->ssi_addr = (uintptr_t)i->si_addr;
		return;
	}
	s->ssi_pid = i->si_pid;
	s->ssi_uid = i->si_uid;
	if (i->si_signo == SIGCHLD) {
		s->ssi_status = i->si_status;
		s->ssi_utime = i->si_utime;
		s->ssi_stime = i->si_stime;
	}
}

static void convert(struct signalfd_siginfo *s, const siginfo_t *i)
{
	memset(s, 0, sizeof(*s));
	s->ssi_signo = i->si_signo;
	s->ssi_errno = i->si_errno;
	s->ssi_code = i->si_code;
	fill_source(s, i);
}

static ssize_t signal_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct signalfd *sf = f->priv;
	struct signalfd_siginfo out;
	siginfo_t info;
	ssize_t done = 0;
	int err;

	if (u->left < sizeof(out))
		return -EINVAL;
	while (u->left >= sizeof(out)) {
		if (signal_take(current(), sf->mask, &info)) {
			convert(&out, &info);
			if (uio_write(&out, sizeof(out), u) != sizeof(out))
				return done ? done : -EFAULT;
			done += sizeof(out);
			continue;
		}
		if (done)
			break;
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		err = waitq_sleep(&current_process()->signal_wait, ~0u,
				  WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
	return done;
}

static unsigned int signal_poll(struct file *f, struct waitq **q)
{
	struct signalfd *sf = f->priv;
	struct process *p = current_process();
	uint64_t pending = current()->sig_pending | p->sig_pending;

	*q = &p->signal_wait;
	return pending & sf->mask ? EV_IN : 0;
}

static void signal_release(struct file *f)
{
	kfree(f->priv);
}

static int signal_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, 0600, st);
	return 0;
}

static const struct file_ops signalfd_ops = {
	.read = signal_read,
	.poll = signal_poll,
	.release = signal_release,
	.stat = signal_stat,
};

static long new_signalfd(uint64_t mask, int flags)
{
	struct signalfd *sf = kmalloc(sizeof(*sf));
	struct file *f;
	int fd;

	if (!sf)
		return -ENOMEM;
	sf->mask = mask;
	f = file_alloc(&signalfd_ops, O_RDWR | (flags & O_NONBLOCK), sf);
	if (!f) {
		kfree(sf);
		return -ENOMEM;
	}
	f->anon_name = "anon_inode:[signalfd]";
	f->anon_ino = anon_ino_next();
	fd = fd_install_new(f, flags & O_CLOEXEC);
	if (fd < 0)
		file_put(f);
	return fd;
}

static long change_mask(int fd, uint64_t mask)
{
	struct file *f = fd_get(fd);
	long ret = -EINVAL;

	if (!f)
		return -EBADF;
	if (f->ops == &signalfd_ops) {
		((struct signalfd *)f->priv)->mask = mask;
		waitq_wake_all(&current_process()->signal_wait, EV_IN);
		ret = fd;
	}
	file_put(f);
	return ret;
}

long sys_signalfd4(px_fd fd, px_sigset_in umask, px_size size,
		   px_sfdflags flags)
{
	uint64_t mask;

	if (size != sizeof(mask))
		return -EINVAL;
	if (copy_in_obj(&mask, umask))
		return -EFAULT;
	if (flags & ~(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	/* These two can be neither blocked nor taken. */
	mask &= ~((1ULL << (SIGKILL - 1)) | (1ULL << (SIGSTOP - 1)));
	return fd == -1 ? new_signalfd(mask, flags) : change_mask(fd, mask);
}

long sys_signalfd(px_fd fd, px_sigset_in umask, px_size size)
{
	return sys_signalfd4(fd, umask, size, 0);
}
