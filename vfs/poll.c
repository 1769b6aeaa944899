/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.c: poll(2) and ppoll(2). A waiter is put on the queue of each file; the
 * first event wakes the thread, which then asks every file again.
 */
#include <posixen/file.h>
#include <posixen/ktime.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include "poll.h"
#include "special.h"

#define ON_STACK 8 /* descriptors that need no memory from the heap */

struct poll_entry {
	struct waiter waiter;
	struct waitq *done; /* where the poller sleeps */
	bool *hit;
	struct file *file; /* referenced, so that its queue stays */
};

unsigned int file_poll(struct file *f, struct waitq **q)
{
	*q = NULL;
	if (!f->ops->poll)
		return EV_IN | EV_OUT;
	return f->ops->poll(f, q);
}

unsigned int poll_widen(unsigned int events)
{
	if (events & EV_IN)
		events |= EV_IN;
	if (events & EV_OUT)
		events |= EV_OUT;
	return events;
}

static bool entry_wake(struct waiter *w, unsigned int mask)
{
	struct poll_entry *e = container_of(w, struct poll_entry, waiter);

	*e->hit = true;
	waitq_wake_all(e->done, ~0u);
	return false; /* it only looks; another may take what came */
}

/* Ask the file of one descriptor; with e, wait on it too. */
static void poll_one(struct pollfd *p, unsigned int always,
		     struct poll_entry *e)
{
	unsigned int want = (unsigned short)p->events | always;
	struct file *f;
	struct waitq *q;

	p->revents = 0;
	if (p->fd < 0)
		return;
	f = fd_get(p->fd);
	if (!f) {
		p->revents = POLLNVAL;
		return;
	}
	p->revents = file_poll(f, &q) & want;
	if (!e || !q) {
		file_put(f);
		return;
	}
	e->file = f;
	e->waiter.wake = entry_wake;
	e->waiter.events = poll_widen(want);
	waitq_add(q, &e->waiter);
}

static int poll_all(struct pollfd *fds, unsigned int nfds, unsigned int always)
{
	int ready = 0;

	for (unsigned int i = 0; i < nfds; i++) {
		poll_one(&fds[i], always, NULL);
		ready += fds[i].revents != 0;
	}
	return ready;
}

static int poll_sleep(struct pollfd *fds, unsigned int nfds,
		      unsigned int always, uint64_t deadline,
		      struct poll_entry *entries)
{
	struct waitq done;
	bool hit = false;
	int ready = 0, err;

	waitq_init(&done);
	for (unsigned int i = 0; i < nfds; i++) {
		entries[i] = (struct poll_entry){.done = &done, .hit = &hit};
		poll_one(&fds[i], always, &entries[i]);
		ready += fds[i].revents != 0;
	}
	while (!ready) {
		err = hit ? 0 : waitq_sleep(&done, ~0u, deadline);
		hit = false;
		ready = poll_all(fds, nfds, always);
		if (!ready && err) {
			ready = err;
			break;
		}
	}
	for (unsigned int i = 0; i < nfds; i++) {
		if (!entries[i].file)
			continue;
		waitq_remove(&entries[i].waiter);
		file_put(entries[i].file);
	}
	return ready == -ETIMEDOUT ? 0 : ready;
}

int poll_wait(struct pollfd *fds, unsigned int nfds, unsigned int always,
	      uint64_t deadline)
{
	struct poll_entry small[ON_STACK], *entries = small;
	int ready = poll_all(fds, nfds, always);

	if (ready || !deadline)
		return ready;
	if (nfds > ON_STACK) {
		entries = kmalloc(nfds * sizeof(*entries));
		if (!entries)
			return -ENOMEM;
	}
	ready = poll_sleep(fds, nfds, always, deadline, entries);
	if (entries != small)
		kfree(entries);
	return ready;
}

int sigmask_begin(const void *umask, size_t usize, bool *armed)
{
	uint64_t mask;

	*armed = false;
	if (!umask)
		return 0;
	if (usize != sizeof(mask))
		return -EINVAL;
	if (copy_in_obj(&mask, umask))
		return -EFAULT;
	signal_mask_begin(mask);
	*armed = true;
	return 0;
}

uint64_t time_left(uint64_t deadline)
{
	uint64_t now = plat_monotonic_ns();

	return deadline > now ? deadline - now : 0;
}

static long do_poll(void *ufds, unsigned long nfds, uint64_t deadline)
{
	struct pollfd small[ON_STACK], *fds = small;
	struct pollfd *out = ufds;
	long ready;

	if (nfds > current_process()->rlim[RLIMIT_NOFILE].rlim_cur)
		return -EINVAL;
	if (nfds > ON_STACK) {
		fds = kmalloc(nfds * sizeof(*fds));
		if (!fds)
			return -ENOMEM;
	}
	ready = copy_in(fds, ufds, nfds * sizeof(*fds));
	if (!ready)
		ready = poll_wait(fds, nfds, POLLERR | POLLHUP, deadline);
	for (unsigned long i = 0; i < nfds && ready >= 0; i++)
		if (copy_out_obj(&out[i].revents, &fds[i].revents))
			ready = -EFAULT;
	if (fds != small)
		kfree(fds);
	return ready;
}

long sys_poll(px_pollfds ufds, px_nfds nfds, px_msec ms)
{
	uint64_t deadline = WAIT_FOREVER;

	if (ms >= 0)
		deadline = ms ? plat_monotonic_ns() + ms * 1000000ULL : 0;
	return do_poll(ufds, nfds, deadline);
}

long sys_ppoll(px_pollfds ufds, px_nfds nfds, px_timespec_io uts,
	       px_sigset_in umask, px_size usize)
{
	uint64_t deadline;
	struct __kernel_timespec ts;
	bool armed;
	long ret = timeout_in(uts, &deadline);

	if (!ret)
		ret = sigmask_begin(umask, usize, &armed);
	if (ret)
		return ret;
	ret = do_poll(ufds, nfds, deadline);
	if (armed)
		signal_mask_end(ret == -EINTR);
	/* What is left of the time is written back; that it cannot be is no
	 * error (poll(2), "C library/kernel differences"). */
	if (uts) {
		ts = ns_to_timespec(time_left(deadline));
		if (copy_out_obj(uts, &ts))
			return ret;
	}
	return ret;
}
