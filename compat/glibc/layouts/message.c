/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sendmsg(2), recvmsg(2) and their kin for many messages, with glibc's
 * msghdr and cmsghdr: the lengths have 8 bytes where musl's have 4 and
 * padding. glibc's are the system call's own, so what musl does before and
 * after the call (clearing its padding in copies, with room for 1 KiB of
 * control data only) falls away.
 *
 * __cmsg_nxthdr() is what glibc's CMSG_NXTHDR calls; musl's has no function.
 */
#include <stddef.h>
#include <sys/socket.h>
#include <time.h>

#include "layouts.h"

glibc_call px_sendmsg, px_recvmsg, px_sendmmsg, px_recvmmsg;

ssize_t __glibc_sendmsg(int fd, const void *message, int flags);
ssize_t __glibc_recvmsg(int fd, void *message, int flags);
int __glibc_sendmmsg(int fd, void *messages, unsigned count, int flags);
int __glibc_recvmmsg(int fd, void *messages, unsigned count, int flags,
		     struct timespec *timeout);

struct glibc_cmsghdr *__cmsg_nxthdr(struct glibc_msghdr *message,
				    struct glibc_cmsghdr *at);

/* cmsg(3): the next one, or NULL if it, or its header, does not fit. */
struct glibc_cmsghdr *__cmsg_nxthdr(struct glibc_msghdr *message,
				    struct glibc_cmsghdr *at)
{
	size_t left = (char *)message->msg_control + message->msg_controllen -
		      (char *)at;
	size_t step = (at->cmsg_len + 7) & ~(size_t)7;
	struct glibc_cmsghdr *next = (void *)((char *)at + step);

	if (at->cmsg_len < sizeof(*at) || step < at->cmsg_len ||
	    left < step + sizeof(*next) || next->cmsg_len > left - step)
		return NULL;
	return next;
}

ssize_t __glibc_sendmsg(int fd, const void *message, int flags)
{
	return CALL_CP(sendmsg, fd, message, flags, 0, 0);
}

ssize_t __glibc_recvmsg(int fd, void *message, int flags)
{
	return CALL_CP(recvmsg, fd, message, flags, 0, 0);
}

int __glibc_sendmmsg(int fd, void *messages, unsigned count, int flags)
{
	return CALL_CP(sendmmsg, fd, messages, count, flags, 0);
}

int __glibc_recvmmsg(int fd, void *messages, unsigned count, int flags,
		     struct timespec *timeout)
{
	return CALL_CP(recvmmsg, fd, messages, count, flags, timeout);
}
