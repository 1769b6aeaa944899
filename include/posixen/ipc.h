/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipc.h: what ipc/ asks of net/, which an image with message queues need not
 * contain.
 */
#ifndef POSIXEN_IPC_H
#define POSIXEN_IPC_H

#include <posixen/types.h>

struct file;

/*
 * Messages of the kernel to a netlink socket (net/netlink.c). There are none
 * before the first such socket: until then netlink_hooks (ipc/mqueue_notify.c)
 * is NULL. Kernel context; neither blocks.
 */
struct netlink_hooks {
	/* A message of n bytes for f, from the heap: its owner may kfree() it.
	 * err_ptr(-EINVAL) if f is not of this family, -ENOTSOCK, -ENOMEM.
	 * *data: where the bytes go. */
	void *(*reserve)(struct file *f, size_t n, char **data);
	/* It is filled in: to the socket with it. */
	void (*deliver)(struct file *f, void *msg);
};
extern const struct netlink_hooks *netlink_hooks;

#endif
