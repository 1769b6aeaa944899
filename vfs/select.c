/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * select.c: select(2) and pselect6(2), on the wait of poll.c: the sets become a
 * list of descriptors with the events that each set stands for.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/time.h>
#include "poll.h"
#include "special.h"

#define READ_SET   (EV_IN | POLLRDBAND | POLLHUP | POLLERR)
#define WRITE_SET  (EV_OUT | POLLWRBAND | POLLERR)
#define EXCEPT_SET POLLPRI

#define WORD_BITS 64u

struct sets {
	unsigned int n, words;
	uint64_t *bits[3]; /* in and out; a set that was not given is empty */
	void *user[3];
};

static const unsigned short set_events[3] = {READ_SET, WRITE_SET, EXCEPT_SET};

static bool bit(const struct sets *s, int which, unsigned int fd)
{
	return s->bits[which][fd / WORD_BITS] >> (fd % WORD_BITS) & 1;
}

static unsigned int events_of(const struct sets *s, unsigned int fd)
{
	unsigned int events = 0;

	for (int i = 0; i < 3; i++)
		if (bit(s, i, fd))
			events |= set_events[i];
	return events;
}

static int sets_in(struct sets *s)
{
	for (int i = 0; i < 3; i++) {
		if (!s->user[i])
			memset(s->bits[i], 0, s->words * 8);
		else if (copy_in(s->bits[i], s->user[i], s->words * 8))
			return -EFAULT;
	}
	return 0;
}

static int sets_out(struct sets *s)
{
	for (int i = 0; i < 3; i++)
		if (s->user[i] &&
		    copy_out(s->user[i], s->bits[i], s->words * 8))
			return -EFAULT;
	return 0;
}

/* One pollfd for each descriptor in some set; how many. */
static unsigned int list_fds(const struct sets *s, struct pollfd *fds)
{
	unsigned int nr = 0;

	for (unsigned int fd = 0; fd < s->n; fd++) {
		unsigned int events = events_of(s, fd);

		if (!events)
			continue;
		if (fds)
			fds[nr] = (struct pollfd){.fd = fd, .events = events};
		nr++;
	}
	return nr;
}

/* Put the answers into the sets: how many bits, or -EBADF. */
static int mark_ready(struct sets *s, const struct pollfd *fds, unsigned int nr)
{
	int ready = 0;

	for (unsigned int i = 0; i < nr; i++) {
		unsigned int fd = fds[i].fd;

		if (fds[i].revents & POLLNVAL)
			return -EBADF;
		for (int k = 0; k < 3; k++) {
			if (!bit(s, k, fd))
				continue;
			if (fds[i].revents & set_events[k])
				ready++;
			else
				s->bits[k][fd / WORD_BITS] &=
					~(1ULL << (fd % WORD_BITS));
		}
	}
	return ready;
}

/* After a time-out or with no answer the sets are empty. */
static long select_sets(struct sets *s, uint64_t deadline)
{
	unsigned int nr = list_fds(s, NULL);
	struct pollfd *fds = NULL;
	long ret;

	if (nr) {
		fds = kmalloc(nr * sizeof(*fds));
		if (!fds)
			return -ENOMEM;
		list_fds(s, fds);
	}
	ret = poll_wait(fds, nr, 0, deadline);
	if (ret >= 0)
		ret = mark_ready(s, fds, nr);
	kfree(fds);
	return ret;
}

static long do_select(int n, void *in, void *out, void *ex, uint64_t deadline)
{
	struct sets s = {.user = {in, out, ex}};
	uint64_t small[3 * 16], *bits = small;
	long ret;

	if (n < 0)
		return -EINVAL;
	/* Bits beyond what the table has room for are not looked at. */
	s.n = MIN(n, fd_table_size(current_process()->files));
	s.words = (s.n + WORD_BITS - 1) / WORD_BITS;
	if (s.words > 16) {
		bits = kmalloc(3 * s.words * 8);
		if (!bits)
			return -ENOMEM;
	}
	for (int i = 0; i < 3; i++)
		s.bits[i] = bits + i * s.words;
	ret = sets_in(&s);
	if (!ret)
		ret = select_sets(&s, deadline);
	if (ret >= 0 && sets_out(&s))
		ret = -EFAULT;
	if (bits != small)
		kfree(bits);
	return ret;
}

/* A timeval, with microseconds of any size, as a deadline. */
static int timeval_in(const void *utv, uint64_t *deadline)
{
	struct __kernel_old_timeval tv;
	uint64_t ns;

	*deadline = WAIT_FOREVER;
	if (!utv)
		return 0;
	if (copy_in_obj(&tv, utv))
		return -EFAULT;
	if (tv.tv_sec < 0 || tv.tv_usec < 0)
		return -EINVAL;
	if (__builtin_mul_overflow((uint64_t)tv.tv_sec, NSEC_PER_SEC, &ns) ||
	    __builtin_add_overflow(ns, (uint64_t)tv.tv_usec * 1000, &ns) ||
	    __builtin_add_overflow(ns, plat_monotonic_ns(), &ns))
		return 0;
	*deadline = ns;
	return 0;
}

long sys_select(px_int n, px_fdset in, px_fdset out, px_fdset ex,
		px_timeval_io utv)
{
	struct __kernel_old_timeval tv;
	uint64_t deadline, left;
	long ret = timeval_in(utv, &deadline);

	if (ret)
		return ret;
	ret = do_select(n, in, out, ex, deadline);
	if (utv) {
		left = time_left(deadline);
		tv.tv_sec = left / NSEC_PER_SEC;
		tv.tv_usec = left % NSEC_PER_SEC / 1000;
		if (copy_out_obj(utv, &tv))
			return ret; /* not an error: see ppoll */
	}
	return ret;
}

long sys_pselect6(px_int n, px_fdset in, px_fdset out, px_fdset ex,
		  px_timespec_io uts, px_sigarg_in usig)
{
	struct {
		const void *mask;
		size_t size;
	} sig = {0};
	struct __kernel_timespec ts;
	uint64_t deadline;
	bool armed;
	long ret;

	if (usig && copy_in_obj(&sig, usig))
		return -EFAULT;
	ret = timeout_in(uts, &deadline);
	if (!ret)
		ret = sigmask_begin(sig.mask, sig.size, &armed);
	if (ret)
		return ret;
	ret = do_select(n, in, out, ex, deadline);
	if (armed)
		signal_mask_end(ret == -EINTR);
	if (uts) {
		ts = ns_to_timespec(time_left(deadline));
		if (copy_out_obj(uts, &ts))
			return ret;
	}
	return ret;
}
