/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdio.c: descriptors 0, 1 and 2. Outside, each is a terminal, a pipe or a
 * file; a terminal is tty.c's. The others are streams without a position, so
 * the program sees a pipe: fstat says S_IFIFO, lseek ESPIPE.
 *
 * The platform cannot say whether a byte waits without handing it over, so
 * there is a buffer between: poll fills it.
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/stdio.h>
#include <linux/fcntl.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <linux/stat.h>
#include "console.h"
#include "special.h"

static struct {
	char buf[4096];
	unsigned int start, end;
	bool eof;
} in;

static bool out_full[3]; /* the platform said -EAGAIN and nothing since */
static uint64_t stream_ino[3];

/* Bytes in the buffer, 0 at end of file, -EAGAIN. */
static ssize_t fill(void)
{
	ssize_t n;

	if (in.start < in.end)
		return in.end - in.start;
	if (in.eof)
		return 0;
	n = plat_stdin_read(in.buf, sizeof(in.buf));
	if (n < 0)
		return n;
	in.start = 0;
	in.end = n;
	in.eof = n == 0;
	return n;
}

static ssize_t stream_read(struct file *f, struct uio *u, loff_t *pos)
{
	ssize_t n, err;

	if (!u->left)
		return 0;
	while ((n = fill()) == -EAGAIN) {
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		err = waitq_sleep(&stdin_waitq, ~0u, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
	if (n <= 0)
		return n;
	n = uio_write(in.buf + in.start, MIN((size_t)n, u->left), u);
	if (n > 0)
		in.start += n;
	return n;
}

static bool out_wake(struct waiter *w, unsigned int mask)
{
	memset(out_full, 0, sizeof(out_full));
	return false;
}

static struct waiter out_waiter = {
	.link = LIST_INIT(out_waiter.link),
	.wake = out_wake,
	.events = ~0u,
};

/* One attempt; notes a full stream for poll. */
static ssize_t send_some(int fd, const char *buf, size_t n)
{
	ssize_t done = plat_stdio_write(fd, buf, n);

	if (done == -EAGAIN) {
		out_full[fd] = true;
		if (list_empty(&out_waiter.link))
			waitq_add(&stdout_waitq, &out_waiter);
	}
	return done;
}

/* Bytes into stream fd, sleeping as need be: those taken, or -errno. */
static ssize_t stream_send(int fd, const char *buf, size_t n, bool nonblock)
{
	size_t done = 0;
	ssize_t err = 0;

	while (done < n && !err) {
		err = send_some(fd, buf + done, n - done);
		if (err >= 0) {
			done += err;
			err = 0;
		} else if (err == -EAGAIN && !nonblock) {
			err = waitq_sleep(&stdout_waitq, ~0u, WAIT_FOREVER);
		} else if (err == -EPIPE) {
			signal_send(current_process(), current(), SIGPIPE,
				    NULL);
		}
	}
	return done ? (ssize_t)done : restartable(err);
}

static ssize_t stream_write(struct file *f, struct uio *u, loff_t *pos)
{
	int fd = (int)(uintptr_t)f->priv;
	char buf[4096];
	ssize_t done = 0, n, sent;

	while (u->left) {
		n = uio_read(buf, MIN(u->left, sizeof(buf)), u);
		if (n < 0)
			return done ? done : n;
		sent = stream_send(fd, buf, n, f->flags & O_NONBLOCK);
		if (sent < 0)
			return done ? done : sent;
		done += sent;
		if (sent < n)
			break;
	}
	return done;
}

static unsigned int stream_poll(struct file *f, struct waitq **q)
{
	int fd = (int)(uintptr_t)f->priv;

	if (fd) {
		*q = &stdout_waitq;
		return out_full[fd] ? 0 : POLLOUT | POLLWRNORM;
	}
	*q = &stdin_waitq;
	switch (fill()) {
	case -EAGAIN:
		return 0;
	case 0: /* the end of a file can be read for ever */
		return plat_stdio_kind(0) == 'f' ? POLLIN | POLLRDNORM
						 : POLLHUP;
	default:
		return POLLIN | POLLRDNORM;
	}
}

static long stream_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	int n = 0;

	if (cmd != FIONREAD)
		return -ENOTTY;
	if (!f->priv)
		n = MAX(fill(), 0);
	return copy_out_obj((int *)arg, &n);
}

static int stream_stat(struct file *f, struct kstat *st)
{
	if (f->vnode)
		return -ENOENT;
	anon_stat(f, S_IFIFO | 0600, st);
	return 0;
}

const struct file_ops stream_ops = {
	.read = stream_read,
	.write = stream_write,
	.poll = stream_poll,
	.ioctl = stream_ioctl,
	.stat = stream_stat,
};

struct file *stream_file(int fd, int flags)
{
	struct file *f = file_alloc(&stream_ops, flags, (void *)(uintptr_t)fd);

	if (!f)
		return NULL;
	if (!stream_ino[fd])
		stream_ino[fd] = anon_ino_next();
	f->anon_name = "pipe";
	f->anon_ino = stream_ino[fd];
	return f;
}

bool stream_is_tty(int fd)
{
	return plat_stdio_kind(fd) == 't';
}

/* The terminal as its users find it: opened from /dev, so that ttyname(3) has
 * a name to give; from nowhere if there is no /dev. */
static struct file *open_tty(void)
{
	struct file *f =
		vfs_open(AT_FDCWD, "/dev/console", O_RDWR | O_NOCTTY, 0);

	if (!is_err(f) && f->ops == &tty_ops)
		return f;
	if (!is_err(f))
		file_put(f);
	f = file_alloc(&tty_ops, O_RDWR, NULL);
	if (f) {
		f->anon_name = "tty";
		f->anon_ino = anon_ino_next();
	}
	return f;
}

int stdio_open(void)
{
	struct file *tty = NULL, *f;
	int err = 0;

	for (int fd = 0; fd < 3 && !err; fd++) {
		if (!stream_is_tty(fd)) {
			f = stream_file(fd, fd ? O_WRONLY : O_RDONLY);
		} else if (tty) {
			file_get(tty);
			f = tty;
		} else {
			tty_start();
			f = tty = open_tty();
		}
		if (!f)
			return -ENOMEM;
		err = fd_install_new(f, 0);
		if (err < 0)
			file_put(f);
		else
			err = 0;
	}
	return err;
}
