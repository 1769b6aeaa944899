/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timerfd.c: timerfd_create(2). The runtime's timer only wakes sleepers; how
 * often it expired is worked out from the clock when somebody asks. A time of
 * the wall clock moves with it; a span does not.
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
	struct waiter clock_set; /* queued while wall */
	int clock;
	bool wall;	   /* next is a time of the wall clock */
	bool cancel;	   /* setting the wall clock is an event */
	bool clock_moved;  /* that happened, and nobody has heard of it */
	uint64_t next;	   /* ns of the next expiry; 0: disarmed */
	uint64_t interval; /* 0: once */
	uint64_t ticks;	   /* expiries before `next` that nobody read */
};

static uint64_t now_of(const struct timerfd *t)
{
	return t->wall ? clock_realtime_ns() : plat_monotonic_ns();
}

/* From the timer's clock to the runtime's, which timers go by. */
static void arm(struct timerfd *t)
{
	uint64_t now = now_of(t);

	timer_arm(&t->timer, deadline_after(t->next > now ? t->next - now : 0));
}

static void expired(struct timer *timer)
{
	struct timerfd *t = container_of(timer, struct timerfd, timer);

	/* The platform's wall clock need not go as the monotonic one does. */
	if (now_of(t) < t->next)
		arm(t);
	else
		waitq_wake_all(&t->wait, EV_IN);
}

static bool clock_was_set(struct waiter *w, unsigned int mask)
{
	struct timerfd *t = container_of(w, struct timerfd, clock_set);

	if (t->next)
		arm(t);
	if (t->cancel) {
		t->clock_moved = true;
		waitq_wake_all(&t->wait, EV_IN);
	}
	return true;
}

/* Take the news that the clock was set. */
static bool canceled(struct timerfd *t)
{
	bool moved = t->clock_moved;

	t->clock_moved = false;
	return moved;
}

/* Count the expiries up to now, and wait for the next one. */
static void catch_up(struct timerfd *t)
{
	uint64_t now = now_of(t), n;

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
	arm(t);
}

static ssize_t timer_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct timerfd *t = f->priv;
	uint64_t ticks;
	int err;

	if (u->left < sizeof(ticks))
		return -EINVAL;
	for (catch_up(t); !t->ticks && !t->clock_moved; catch_up(t)) {
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		err = waitq_sleep(&t->wait, EV_IN, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
	ticks = t->ticks;
	t->ticks = 0;
	if (canceled(t))
		return -ECANCELED;
	if (uio_write(&ticks, sizeof(ticks), u) != sizeof(ticks))
		return -EFAULT;
	return sizeof(ticks);
}

static unsigned int timer_poll(struct file *f, struct waitq **q)
{
	struct timerfd *t = f->priv;
	bool due = t->next && now_of(t) >= t->next;

	*q = &t->wait;
	return t->ticks || due || t->clock_moved ? POLLIN : 0;
}

static void timer_release(struct file *f)
{
	struct timerfd *t = f->priv;

	timer_cancel(&t->timer);
	waitq_remove(&t->clock_set);
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
	t->clock_set = (struct waiter){.wake = clock_was_set, .events = ~0u};
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
	uint64_t now;

	catch_up(t);
	now = now_of(t);
	its->it_interval = ns_to_timespec(t->interval);
	/* Armed, and so near that it has come meanwhile: not 0, which would say
	 * disarmed. */
	its->it_value = ns_to_timespec(!t->next	       ? 0
				       : t->next > now ? t->next - now
						       : 1);
}

/* -ECANCELED: set, and the news that the clock was set before are given:
 * timerfd_create(2). */
static int set_timer(struct timerfd *t, uint64_t value, uint64_t interval,
		     int flags)
{
	bool absolute = flags & TFD_ABSTIME;
	uint64_t now;

	timer_cancel(&t->timer);
	waitq_remove(&t->clock_set);
	t->wall = absolute && (t->clock == CLOCK_REALTIME ||
			       t->clock == CLOCK_REALTIME_ALARM);
	t->cancel = t->wall && (flags & TFD_CANCEL_ON_SET);
	if (t->wall)
		waitq_add(&clock_set_wait, &t->clock_set);
	if (!t->cancel)
		t->clock_moved = false;
	now = absolute ? 0 : plat_monotonic_ns();
	t->ticks = 0;
	t->interval = interval;
	t->next = !value		    ? 0
		  : value < INT64_MAX - now ? now + value
					    : INT64_MAX;
	if (!t->next)
		return 0;
	arm(t);
	return canceled(t) ? -ECANCELED : 0;
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
	ret = set_timer(f->priv, value, interval, flags);
	file_put(f);
	if (ret)
		return ret;
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
