/* SPDX-License-Identifier: BSD-2-Clause */
/* poll.h: the wait that poll(2) and select(2) share (vfs/poll.c). */
#ifndef VFS_POLL_H
#define VFS_POLL_H

#include <posixen/types.h>
#include <asm/poll.h>

#define EV_IN  (POLLIN | POLLRDNORM)
#define EV_OUT (POLLOUT | POLLWRNORM)

/*
 * Wait until one of fds is ready or deadline; fill in revents. always is what
 * is reported besides the events asked for. How many are ready, 0 at the
 * deadline, -EINTR, -ENOMEM. A descriptor that is not open is ready with
 * POLLNVAL. Blocks.
 */
int poll_wait(struct pollfd *fds, unsigned int nfds, unsigned int always,
	      uint64_t deadline);

/* A wait under another signal mask: copies it in; usize must be 8. *armed is
 * set if there was one. */
int sigmask_begin(const void *umask, size_t usize, bool *armed);
/* Events with both names of each: whoever wakes may use either. */
unsigned int poll_widen(unsigned int events);
/* ns left until deadline, as a program's time-out is updated. */
uint64_t time_left(uint64_t deadline);

#endif
