/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_calls.c: the system calls of epoll(7). */
#include <posixen/ktime.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/fcntl.h>
#include "epoll.h"
#include "poll.h"
#include "special.h"

long sys_epoll_create1(px_epollflags flags)
{
	struct file *f;
	int fd;

	if (flags & ~EPOLL_CLOEXEC)
		return -EINVAL;
	f = epoll_file();
	if (!f)
		return -ENOMEM;
	fd = fd_install_new(f, flags & O_CLOEXEC);
	if (fd < 0)
		file_put(f);
	return fd;
}

long sys_epoll_create(px_int size)
{
	return size > 0 ? sys_epoll_create1(0) : -EINVAL;
}

/* EPOLLEXCLUSIVE goes with few other bits, cannot be changed later, and not
 * with another instance: epoll_ctl(2). */
static bool exclusive_ok(int op, struct file *target, unsigned int events)
{
	if (op != EPOLL_CTL_ADD || epoll_of(target))
		return false;
	return !(events & ~(EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP |
			    EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE));
}

static long control(struct file *epf, int op, struct file *target, int fd,
		    const struct epoll_event *ev)
{
	struct epoll *ep = epoll_of(epf);
	struct epoll_item *it;

	if (!target->ops->poll)
		return -EPERM;
	if (epf == target || !ep)
		return -EINVAL;
	if (op != EPOLL_CTL_DEL && (ev->events & EPOLLEXCLUSIVE) &&
	    !exclusive_ok(op, target, ev->events))
		return -EINVAL;
	it = epoll_find(ep, target, fd);
	switch (op) {
	case EPOLL_CTL_ADD:
		return it ? -EEXIST : epoll_add(ep, target, fd, ev);
	case EPOLL_CTL_DEL:
		if (!it)
			return -ENOENT;
		epoll_remove(it);
		return 0;
	case EPOLL_CTL_MOD:
		if (!it)
			return -ENOENT;
		if (it->event.events & EPOLLEXCLUSIVE)
			return -EINVAL;
		epoll_modify(it, ev);
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_epoll_ctl(px_fd epfd, px_epollop op, px_fd fd, px_epollev_in uev)
{
	struct epoll_event ev = {0};
	struct file *epf, *target;
	long ret = -EBADF;

	if (op != EPOLL_CTL_DEL && copy_in_obj(&ev, uev))
		return -EFAULT;
	epf = fd_get(epfd);
	if (!epf)
		return -EBADF;
	target = fd_get(fd);
	if (target) {
		ret = control(epf, op, target, fd, &ev);
		file_put(target);
	}
	file_put(epf);
	return ret;
}

static int put_event(void *arg, int i, const struct epoll_event *ev)
{
	return copy_out_obj((struct epoll_event *)arg + i, ev);
}

static long wait_events(struct epoll *ep, void *uevents, int max,
			uint64_t deadline)
{
	int n, err;

	for (;;) {
		n = epoll_collect(ep, max, put_event, uevents);
		if (n || !deadline)
			return n;
		err = waitq_sleep(&ep->sleepers, ~0u, deadline);
		if (err == -ETIMEDOUT)
			deadline = 0; /* look once more */
		else if (err)
			return err;
	}
}

static long do_wait(int epfd, void *uevents, int max, uint64_t deadline,
		    const void *umask, size_t usize)
{
	struct file *f;
	bool armed;
	long ret;

	ret = sigmask_begin(umask, usize, &armed);
	if (ret)
		return ret;
	if (max <= 0 || max > INT_MAX / (int)sizeof(struct epoll_event))
		ret = -EINVAL;
	else if (!user_range_ok(uevents, max * sizeof(struct epoll_event)))
		ret = -EFAULT;
	else if (!(f = fd_get(epfd)))
		ret = -EBADF;
	else {
		ret = epoll_of(f)
			      ? wait_events(epoll_of(f), uevents, max, deadline)
			      : -EINVAL;
		file_put(f);
	}
	if (armed)
		signal_mask_end(ret == -EINTR);
	return ret;
}

static uint64_t deadline_ms(int ms)
{
	if (ms < 0)
		return WAIT_FOREVER;
	return ms ? plat_monotonic_ns() + ms * 1000000ULL : 0;
}

long sys_epoll_wait(px_fd epfd, px_epollevs_out uevents, px_int max, px_msec ms)
{
	return do_wait(epfd, uevents, max, deadline_ms(ms), NULL, 0);
}

long sys_epoll_pwait(px_fd epfd, px_epollevs_out uevents, px_int max,
		     px_msec ms, px_sigset_in umask, px_size usize)
{
	return do_wait(epfd, uevents, max, deadline_ms(ms), umask, usize);
}

long sys_epoll_pwait2(px_fd epfd, px_epollevs_out uevents, px_int max,
		      px_timespec_in uts, px_sigset_in umask, px_size usize)
{
	uint64_t deadline;
	int err = timeout_in(uts, &deadline);

	return err ? err : do_wait(epfd, uevents, max, deadline, umask, usize);
}
