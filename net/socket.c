/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.c: a socket as an open file: its life, read, write, poll, and how its
 * operations wait. What the families share of socket(2)'s calls lies in
 * socket_calls.c, send_calls.c, recv_calls.c, options.c and socket_ioctl.c.
 */
#include <posixen/fs.h>
#include <posixen/ktime.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <asm/fcntl.h>
#include <asm/poll.h>
#include <asm/signal.h>
#include <linux/fs.h>
#include <linux/stat.h>
#include "core.h"

/* What Linux gives a socket whose family says nothing else
 * (net.core.rmem_default). */
#define DEFAULT_BUF 212992

static unsigned int nr_sockets;

unsigned int socket_count(void)
{
	return nr_sockets;
}

struct socket *socket_create(int family, int type, int protocol)
{
	struct socket *s = kzalloc(sizeof(*s));

	if (!s)
		return NULL;
	s->family = family;
	s->type = type;
	s->protocol = protocol;
	s->ino = anon_ino_next();
	s->opt.rcvbuf = s->opt.sndbuf = DEFAULT_BUF;
	s->opt.rcvlowat = 1;
	waitq_init(&s->wait);
	nr_sockets++;
	return s;
}

void socket_free(struct socket *s)
{
	nr_sockets--;
	kfree(s);
}

/* A wait that has a limit is not begun again: signal(7). */
int socket_interrupted(uint64_t deadline)
{
	return deadline == WAIT_FOREVER ? -ERESTARTSYS : -EINTR;
}

int socket_wait(struct socket *s, unsigned int mask, uint64_t deadline)
{
	int err = waitq_sleep(&s->wait, mask, deadline);

	if (err == -ETIMEDOUT)
		return -EAGAIN;
	return err == -EINTR ? socket_interrupted(deadline) : err;
}

static uint64_t deadline_of(uint64_t timeout)
{
	return timeout ? deadline_after(timeout) : WAIT_FOREVER;
}

uint64_t socket_rcv_deadline(const struct socket *s)
{
	return deadline_of(s->opt.rcv_timeout);
}

uint64_t socket_snd_deadline(const struct socket *s)
{
	return deadline_of(s->opt.snd_timeout);
}

int socket_take_error(struct socket *s)
{
	int err = s->error;

	s->error = 0;
	return -err;
}

ssize_t socket_send(struct socket *s, struct message *m)
{
	ssize_t n;

	if (!s->ops->send)
		return -EOPNOTSUPP;
	if (s->file->flags & O_NONBLOCK)
		m->flags |= MSG_DONTWAIT;
	n = s->ops->send(s, m);
	/* Only a stream kills who writes into it in vain. */
	if (n == -EPIPE && s->type == SOCK_STREAM && !(m->flags & MSG_NOSIGNAL))
		signal_send(current_process(), current(), SIGPIPE, NULL);
	return n;
}

ssize_t socket_recv(struct socket *s, struct message *m)
{
	if (!s->ops->recv)
		return -EOPNOTSUPP;
	if (s->file->flags & O_NONBLOCK)
		m->flags |= MSG_DONTWAIT;
	m->name_len = 0;
	return s->ops->recv(s, m);
}

static ssize_t socket_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct message m = {.uio = u};

	return u->left ? socket_recv(f->priv, &m) : 0;
}

static ssize_t socket_write(struct file *f, struct uio *u, loff_t *pos)
{
	struct socket *s = f->priv;
	struct message m = {.uio = u};

	if (s->type == SOCK_SEQPACKET)
		m.flags |= MSG_EOR;
	if (u->more)
		m.flags |= MSG_MORE;
	return socket_send(s, &m);
}

static unsigned int socket_poll(struct file *f, struct waitq **q)
{
	struct socket *s = f->priv;

	*q = &s->wait;
	return s->ops->poll ? s->ops->poll(s) : 0;
}

static int socket_flush(struct file *f)
{
	struct socket *s = f->priv;

	if (s->ops->flush)
		s->ops->flush(s);
	return 0;
}

static void socket_release(struct file *f)
{
	struct socket *s = f->priv;

	if (s->ops->release)
		s->ops->release(s);
	socket_free(s);
}

static int socket_stat(struct file *f, struct kstat *st)
{
	anon_stat(f, S_IFSOCK | 0777, st);
	return 0;
}

static const struct file_ops socket_file_ops = {
	.read = socket_read,
	.write = socket_write,
	.poll = socket_poll,
	.ioctl = socket_ioctl,
	.flush = socket_flush,
	.release = socket_release,
	.stat = socket_stat,
};

struct socket *socket_of(struct file *f)
{
	return f->ops == &socket_file_ops ? f->priv : NULL;
}

struct file *socket_file(struct socket *s, int flags)
{
	struct file *f;

	f = file_alloc(&socket_file_ops, O_RDWR | (flags & O_NONBLOCK), s);
	if (!f)
		return NULL;
	f->anon_name = "socket";
	f->anon_ino = s->ino;
	s->file = f;
	return f;
}

struct file *socket_get(int fd, struct socket **s)
{
	struct file *f = fd_get(fd);

	if (!f)
		return err_ptr(-EBADF);
	*s = socket_of(f);
	if (*s)
		return f;
	file_put(f);
	return err_ptr(-ENOTSOCK);
}
