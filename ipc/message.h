/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * message.h: a message on its way from one thread to another (message.c), for
 * both kinds of queues. Its bytes lie in pieces of a page at most, so that a
 * large one needs no large free block.
 */
#ifndef IPC_MESSAGE_H
#define IPC_MESSAGE_H

#include <posixen/list.h>

struct ipc_piece {
	struct ipc_piece *next;
	char data[];
};

struct ipc_msg {
	struct list link; /* the queue's */
	long type;	  /* System V: mtype; POSIX: priority */
	uint64_t order;	  /* POSIX: which came first */
	size_t len;
	struct ipc_piece *more; /* what data[] has no room for */
	char data[];
};

/* A message with n bytes of the program's, owned by the caller;
 * err_ptr(-ENOMEM, -EFAULT). Kernel context, does not block. */
struct ipc_msg *ipc_msg_in(const void *ubuf, size_t n);
/* Its first n bytes to the program: 0 or -EFAULT. */
int ipc_msg_out(void *ubuf, const struct ipc_msg *m, size_t n);
void ipc_msg_free(struct ipc_msg *m);

#endif
