/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pty_master.c: the master's side of a pseudo-terminal. It reads what the
 * slave's screen would show and writes what its user would type; settings that
 * are asked of it are the slave's (ioctl_tty(2)).
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <asm/poll.h>
#include <linux/fcntl.h>
#include "pty.h"
#include "special.h"

#define IN_EVENTS  (POLLIN | POLLRDNORM)
#define OUT_EVENTS (POLLOUT | POLLWRNORM)

static bool has_news(const struct pty *p)
{
	return p->packet && p->pending;
}

static int wait_screen(struct file *f, struct pty *p)
{
	int err;

	while (!ring_used(&p->screen) && !has_news(p)) {
		if (p->left)
			return -EIO;
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		err = waitq_sleep(&p->wait, IN_EVENTS | POLLHUP, WAIT_FOREVER);
		if (err)
			return restartable(err);
	}
	return 0;
}

/* TIOCPKT: a byte before all that is read says what follows; when it is not 0
 * it stands alone. */
static ssize_t read_news(struct pty *p, struct uio *u)
{
	char status = p->pending;
	ssize_t n;

	n = uio_write(&status, 1, u);
	if (n == 1)
		p->pending = 0;
	return n;
}

static ssize_t master_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct pty *p = f->priv;
	char buf[256];
	ssize_t done = 0, n;
	int err;

	if (!u->left)
		return 0;
	err = wait_screen(f, p);
	if (err)
		return err;
	if (has_news(p))
		return read_news(p, u);
	if (p->packet) {
		buf[0] = TIOCPKT_DATA;
		done = uio_write(buf, 1, u);
		if (done < 0)
			return done;
	}
	while (u->left && ring_used(&p->screen)) {
		n = ring_get(&p->screen, buf, MIN(u->left, sizeof(buf)));
		n = uio_write(buf, n, u);
		if (n < 0) {
			done = done ? done : n;
			break;
		}
		done += n;
	}
	/* There is room for the slave's writers, and for its echo. */
	p->slave.out_full = false;
	tty_pump(&p->slave);
	if (!p->slave.tty.stopped && !p->slave.out_full)
		waitq_wake_all(&p->slave.wait, OUT_EVENTS);
	return done;
}

static ssize_t master_write(struct file *f, struct uio *u, loff_t *pos)
{
	struct pty *p = f->priv;
	char buf[256];
	ssize_t done = 0, n;
	int err;

	while (u->left) {
		n = p->stopped ? 0 : MIN(ring_room(&p->keys), sizeof(buf));
		if (!n && (f->flags & O_NONBLOCK))
			return done ? done : -EAGAIN;
		if (!n) {
			err = waitq_sleep(&p->wait, OUT_EVENTS, WAIT_FOREVER);
			if (err)
				return done ? done : restartable(err);
			continue;
		}
		n = uio_read(buf, MIN(u->left, (size_t)n), u);
		if (n < 0)
			return done ? done : n;
		ring_put(&p->keys, buf, n);
		tty_pump(&p->slave);
		done += n;
	}
	return done;
}

static unsigned int master_poll(struct file *f, struct waitq **q)
{
	struct pty *p = f->priv;
	unsigned int ev = 0;

	*q = &p->wait;
	if (ring_used(&p->screen))
		ev |= IN_EVENTS;
	if (has_news(p))
		ev |= IN_EVENTS | POLLPRI;
	if (p->left)
		ev |= POLLHUP;
	if (!p->stopped && ring_room(&p->keys))
		ev |= OUT_EVENTS;
	return ev;
}

static int put_int(unsigned long arg, int val)
{
	return copy_out_obj((int *)arg, &val);
}

static int set_lock(struct pty *p, const int *arg)
{
	int on, err = copy_in_obj(&on, arg);

	if (!err)
		p->locked = on;
	return err;
}

static int set_packet(struct pty *p, const int *arg)
{
	int on, err = copy_in_obj(&on, arg);

	if (err)
		return err;
	if (on && !p->packet)
		p->pending = 0;
	p->packet = on;
	return 0;
}

/* TIOCSIG: as if the user had typed the signal's key. */
static int send_signal(struct pty *p, unsigned long sig)
{
	if (sig != SIGINT && sig != SIGQUIT && sig != SIGTSTP)
		return -EINVAL;
	tty_signal(&p->slave, (int)sig);
	return 0;
}

/* TIOCGPTPEER: a descriptor of the slave, whatever its name leads to now. */
static int open_peer(struct pty *p, unsigned long flags)
{
	struct path node = {p->mount, p->name};
	struct file *f;
	int fd, err;

	fd = fd_reserve(0);
	if (fd < 0)
		return fd;
	f = file_alloc(NULL, (int)flags & (O_ACCMODE | O_NONBLOCK | O_NOCTTY),
		       NULL);
	err = f ? 0 : file_alloc_error();
	if (f) {
		file_set_path(f, &node);
		err = pty_slave_open(p, f);
		f->flags &= ~O_NOCTTY;
	}
	if (!err) {
		fd_install(fd, f, (int)flags & O_CLOEXEC);
		return fd;
	}
	if (f)
		file_put(f);
	fd_release(fd);
	return err;
}

static int flush(struct pty *p, unsigned long which)
{
	if (which > TCIOFLUSH)
		return -EINVAL;
	if (which != TCOFLUSH) {
		p->screen.tail = p->screen.head;
		p->slave.out_full = false;
		waitq_wake_all(&p->slave.wait, OUT_EVENTS);
	}
	if (which != TCIFLUSH) {
		p->keys.tail = p->keys.head; /* what no reader could get */
		waitq_wake_all(&p->wait, OUT_EVENTS);
	}
	return 0;
}

static int flow(struct pty *p, unsigned long what)
{
	if (what > TCION)
		return -EINVAL;
	if (what == TCOOFF || what == TCOON) {
		p->stopped = what == TCOOFF;
		if (!p->stopped)
			waitq_wake_all(&p->wait, OUT_EVENTS);
	}
	return 0;
}

/* Who plays the user is not in the session: it may ask about it though. */
static int session_ioctl(struct pty *p, unsigned int cmd, unsigned long arg)
{
	const struct process *proc = current_process();
	bool controls = tty_controlling == &p->slave;
	int group = p->slave.foreground ? p->slave.foreground : proc->pgid;

	if (cmd == TIOCGPGRP)
		return put_int(arg, controls ? group : 0);
	if (cmd == TIOCGSID && controls)
		return put_int(arg, proc->sid);
	return -ENOTTY;
}

static long master_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct pty *p = f->priv;

	switch (cmd) {
	case TIOCGPTN:
		return put_int(arg, (int)p->index);
	case TIOCSPTLCK:
		return set_lock(p, (const int *)arg);
	case TIOCGPTLCK:
		return put_int(arg, p->locked);
	case TIOCGPTPEER:
		return open_peer(p, arg);
	case TIOCPKT:
		return set_packet(p, (const int *)arg);
	case TIOCGPKT:
		return put_int(arg, p->packet);
	case TIOCSIG:
		return send_signal(p, arg);
	case TIOCGPGRP:
	case TIOCGSID:
	case TIOCNOTTY:
		return session_ioctl(p, cmd, arg);
	case FIONREAD:
		return put_int(arg, (int)ring_used(&p->screen));
	case TIOCOUTQ:
		return put_int(arg, 0);
	case TCFLSH:
		return flush(p, arg);
	case TCXONC:
		return flow(p, arg);
	case TCSBRK:
	case TCSBRKP:
		return 0;
	default:
		return terminal_ioctl(f, &p->slave, cmd, arg);
	}
}

static void master_release(struct file *f)
{
	struct pty *p = f->priv;

	devpts_remove(p);
	pty_hang_up(p);
}

static const struct file_ops master_ops = {
	.read = master_read,
	.write = master_write,
	.poll = master_poll,
	.ioctl = master_ioctl,
	.release = master_release,
};

int pty_master_open(struct file *f)
{
	struct pty *p = pty_create();
	int err;

	if (!p)
		return -ENOMEM;
	err = devpts_add(f, p);
	if (err) {
		pty_hang_up(p); /* nobody is there: frees it */
		return err;
	}
	f->ops = &master_ops;
	f->priv = p;
	return 0;
}
