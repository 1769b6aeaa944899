/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timerfd.c: timerfd_create(2). The runtime's timer only wakes sleepers; how
 * often it expired is worked out from the clock when somebody asks.
 */
#include <posixen/fs.h>
#include <posixen/ktime.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/syscalls.h>
#include <posixen/thread.h>
#include <linux/fcntl.h>
#include <linux/time.h>
#include "poll.h"
#include "special.h"

#define TFD_ABSTIME	  1
#define TFD_CANCEL_ON_SET 2

struct timerfd {
	struct timer timer;
	struct waitq wait;
	int clock;
	uint64_t next;	   /* monotonic ns of the next expiry; 0: disarmed */
	uint64_t interval; /* 0: once */
	uint64_t ticks;	   /* expiries before `next` that nobody read */
};

static void expired(struct timer *t)
{
	waitq_wake_all(&container_of(t, struct timerfd, timer)->wait, EV_IN);
}

/* Count the expiries up to now, and wait for the next one. */
static void catch_up(struct timerfd *t)
{
	uint64_t now = plat_monotonic_ns(), n;

	if (!t->next || now < t->next)
		return;
	if (!t->interval) {
		t->ticks++;
		t->next = 0;
		return;
	}
	n = 1 + (now - t->next) / t->interval;
	t->ticks += n;
	t->next += n * t->interval;
	timer_arm(&t->timer, t->next);
}

static ssize_t timer_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct timerfd *t = f->priv;
	uint64_t ticks;
	int err;

	if (u->left < sizeof(ticks))
		return -EINVAL;
	for (catch_up(t); !t->ticks; catch_up(t)) {
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		err = waitq_sleep(&t->wait, EV_IN, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
	ticks = t->ticks;
	t->ticks = 0;
	if (uio_write(&ticks, sizeof(ticks), u) != sizeof(ticks))
		return -EFAULT;
	return sizeof(ticks);
}

static unsigned int timer_poll(struct file *f, struct waitq **q)
{
	struct timerfd *t = f->priv;
	bool due = t->next && plat_monotonic_ns() >= t->next;

	*q = &t->wait;
	return t->ticks || due ? POLLIN : 0;
}

static void timer_release(struct file *f)
{
	struct timerfd *t = f->priv;

	timer_cancel(&t->timer);
	kfree(t);
}

static int timer_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, 0600, st);
	return 0;
}

static const struct file_ops timerfd_ops = {
	.read = timer_read,
	.poll = timer_poll,
	.release = timer_release,
	.stat = timer_stat,
};

static bool clock_ok(int clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC ||
	       clock == CLOCK_BOOTTIME || clock == CLOCK_REALTIME_ALARM ||
	       clock == CLOCK_BOOTTIME_ALARM;
}

long sys_timerfd_create(px_clockid clock, px_tfdflags flags)
{
	struct timerfd *t;
	struct file *f;
	int fd;

	if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) || !clock_ok(clock))
		return -EINVAL;
	t = kzalloc(sizeof(*t));
	if (!t)
		return -ENOMEM;
	t->clock = clock;
	t->timer.fn = expired;
	list_init(&t->timer.link);
	waitq_init(&t->wait);
	f = file_alloc(&timerfd_ops, O_RDWR | (flags & O_NONBLOCK), t);
	if (!f) {
		kfree(t);
		return -ENOMEM;
	}
	f->anon_name = "anon_inode:[timerfd]";
	f->anon_ino = anon_ino_next();
	fd = fd_install_new(f, flags & O_CLOEXEC);
	if (fd < 0)
		file_put(f);
	return fd;
}

static struct file *get_timerfd(int fd, long *err)
{
	struct file *f = fd_get(fd);

	*err = -EBADF;
	if (f && f->ops != &timerfd_ops) {
		*err = -EINVAL;
		file_put(f);
		f = NULL;
	}
	return f;
}

static void get_setting(struct timerfd *t, struct __kernel_itimerspec *its)
{
	catch_up(t);
	its->it_interval = ns_to_timespec(t->interval);
	its->it_value = ns_to_timespec(t->next ? time_left(t->next) : 0);
}

/* The moment at which a time of the timer's clock comes, never 0. */
static uint64_t moment(struct timerfd *t, uint64_t ns, bool absolute)
{
	uint64_t now = plat_monotonic_ns(), from = now;

	if (absolute &&
	    (t->clock == CLOCK_REALTIME || t->clock == CLOCK_REALTIME_ALARM))
		from = clock_realtime_ns();
	else if (!absolute)
		from = 0;
	ns = ns > from ? ns - from : 0;
	return ns > UINT64_MAX - 1 - now ? UINT64_MAX - 1 : MAX(now + ns, 1u);
}

static void set_timer(struct timerfd *t, uint64_t value, uint64_t interval,
		      bool absolute)
{
	timer_cancel(&t->timer);
	t->ticks = 0;
	t->interval = interval;
	t->next = value ? moment(t, value, absolute) : 0;
	if (t->next)
		timer_arm(&t->timer, t->next);
}

long sys_timerfd_settime(px_fd fd, px_tfdsetflags flags, px_itimerspec_in unew,
			 px_itimerspec_out uold)
{
	struct __kernel_itimerspec its, old;
	uint64_t value, interval;
	struct file *f;
	long ret;

	if (copy_in_obj(&its, unew))
		return -EFAULT;
	if ((flags & ~(TFD_ABSTIME | TFD_CANCEL_ON_SET)) ||
	    timespec_to_ns(&its.it_value, &value) ||
	    timespec_to_ns(&its.it_interval, &interval))
		return -EINVAL;
	f = get_timerfd(fd, &ret);
	if (!f)
		return ret;
	get_setting(f->priv, &old);
	set_timer(f->priv, value, interval, flags & TFD_ABSTIME);
	file_put(f);
	return uold ? copy_out_obj(uold, &old) : 0;
}

long sys_timerfd_gettime(px_fd fd, px_itimerspec_out ucur)
{
	struct __kernel_itimerspec its;
	long ret;
	struct file *f = get_timerfd(fd, &ret);

	if (!f)
		return ret;
	get_setting(f->priv, &its);
	file_put(f);
	return copy_out_obj(ucur, &its);
}
