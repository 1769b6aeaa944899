/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core.h: what the files that serve socket(2)'s calls share among themselves;
 * families see socket.h only.
 */
#ifndef NET_CORE_H
#define NET_CORE_H

#include "socket.h"

/* As read(2): the most that one call moves. */
#define MAX_RW_COUNT ((size_t)0x7ffff000)

/* The file at fd with a reference, and its socket; err_ptr: -EBADF, -ENOTSOCK.
 */
struct file *socket_get(int fd, struct socket **s);

/* socket.c: m->flags by the program; O_NONBLOCK and SIGPIPE are seen to. */
ssize_t socket_send(struct socket *s, struct message *m);
ssize_t socket_recv(struct socket *s, struct message *m);

/* A buffer that lies where a program's may: else -EFAULT before all. */
static inline bool user_half(const void *p, size_t n)
{
	return (uintptr_t)p <= (1UL << 47) - PAGE_SIZE &&
	       n <= (1UL << 47) - PAGE_SIZE - (uintptr_t)p;
}

/* name.c: socket names in and out. len is what the program gave. */
int name_in(struct sockaddr_storage_k *name, const void *uname, int len);
/* At most *ulen bytes; *ulen becomes the whole length. */
int name_out(const struct sockaddr_storage_k *name, int len, void *uname,
	     int *ulen);

/* message.c: a program's msghdr with its vector. */
struct message_arg {
	struct user_msghdr hdr;
	struct iovec *iov;
	struct uio uio;
	struct message m;
	struct control_out control;
	void *control_in;
	size_t fast_iov[8 * 2];
	char fast_control[64];
};
int message_get(struct message_arg *a, const struct user_msghdr *u);
/* Sent: the name and the ancillary data. */
int message_get_name(struct message_arg *a);
int message_get_control(struct message_arg *a);
void message_put(struct message_arg *a);

/* socket_ioctl.c */
long socket_ioctl(struct file *f, unsigned int cmd, unsigned long arg);
/* interface_ioctl.c: what concerns no socket; -ENOTTY. */
long interface_ioctl(struct socket *s, unsigned int cmd, unsigned long arg);

#endif
