/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pty.c: the slave of a pseudo-terminal, pty(7), and what happens when either
 * side goes. What a slave writes waits in p->screen for the master to read it;
 * a full one makes the writer wait.
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

unsigned int ring_used(const struct pty_ring *r)
{
	return r->head - r->tail;
}

unsigned int ring_room(const struct pty_ring *r)
{
	return r->size - ring_used(r);
}

size_t ring_put(struct pty_ring *r, const char *buf, size_t n)
{
	n = MIN(n, (size_t)ring_room(r));
	for (size_t i = 0; i < n; i++)
		r->buf[r->head++ & (r->size - 1)] = buf[i];
	return n;
}

size_t ring_get(struct pty_ring *r, char *buf, size_t n)
{
	n = MIN(n, (size_t)ring_used(r));
	for (size_t i = 0; i < n; i++)
		buf[i] = r->buf[r->tail++ & (r->size - 1)];
	return n;
}

static struct pty *pty_of(struct terminal *t)
{
	return container_of(t, struct pty, slave);
}

/* There is something new for the master in packet mode. */
static void tell_master(struct pty *p, unsigned int what)
{
	if (!p->packet || !what)
		return;
	p->pending |= what;
	waitq_wake_all(&p->wait, IN_EVENTS | POLLPRI);
}

static ssize_t slave_send(struct terminal *t, const char *buf, size_t n)
{
	struct pty *p = pty_of(t);

	if (!p->master)
		return -EIO;
	n = ring_put(&p->screen, buf, n);
	t->out_full = !ring_room(&p->screen);
	if (!n)
		return -EAGAIN;
	waitq_wake_all(&p->wait, IN_EVENTS);
	return n;
}

static ssize_t slave_receive(struct terminal *t, char *buf, size_t n)
{
	struct pty *p = pty_of(t);

	n = ring_get(&p->keys, buf, n);
	if (!n)
		return -EAGAIN;
	waitq_wake_all(&p->wait, OUT_EVENTS);
	return n;
}

/* What the master could have had by now is no longer the slave's to forget:
 * Linux's terminal of the master holds as much. */
static void forget_output(struct pty *p)
{
	p->screen.head -=
		ring_used(&p->screen) - MIN(ring_used(&p->screen), TTY_BUF - 1);
	p->slave.out_full = false;
	waitq_wake_all(&p->slave.wait, OUT_EVENTS);
}

static void slave_changed(struct terminal *t, unsigned int what)
{
	struct pty *p = pty_of(t);

	if (what & TIOCPKT_FLUSHWRITE)
		forget_output(p);
	/* Of two opposites only the last is true. */
	if (what & (TIOCPKT_STOP | TIOCPKT_START))
		p->pending &= ~(TIOCPKT_STOP | TIOCPKT_START);
	tell_master(p, what);
}

/* TIOCPKT_DOSTOP: the master may stop and go by Ctrl-S and Ctrl-Q itself. */
static bool usual_flow(const struct termios *t)
{
	return (t->c_iflag & IXON) && t->c_cc[VSTOP] == 'S' - '@' &&
	       t->c_cc[VSTART] == 'Q' - '@';
}

static void slave_set(struct terminal *t, const struct termios *old)
{
	struct pty *p = pty_of(t);
	struct termios *now = &t->tty.t;
	bool flow = usual_flow(now);
	unsigned int what = 0;

	/* There is no line that could have other bytes. */
	now->c_cflag &= ~(CSIZE | PARENB);
	now->c_cflag |= CS8 | CREAD;
	if (!p->packet)
		return;
	if (flow != usual_flow(old)) {
		p->pending &= ~(TIOCPKT_DOSTOP | TIOCPKT_NOSTOP);
		what = flow ? TIOCPKT_DOSTOP : TIOCPKT_NOSTOP;
	}
	if ((old->c_lflag | now->c_lflag) & EXTPROC)
		what |= TIOCPKT_IOCTL;
	tell_master(p, what);
}

static int slave_reopen(struct file *f)
{
	return pty_slave_open(pty_of(f->priv), f);
}

static const struct terminal_ops slave_ops = {
	.send = slave_send,
	.receive = slave_receive,
	.changed = slave_changed,
	.set = slave_set,
	.open = slave_reopen,
	.never_drains = true,
};

static void pty_free(struct pty *p)
{
	kfree(p->keys.buf);
	kfree(p->screen.buf);
	kfree(p);
}

struct pty *pty_create(void)
{
	struct pty *p = kzalloc(sizeof(*p));

	if (!p)
		return NULL;
	p->keys.buf = kmalloc(PTY_KEYS);
	p->screen.buf = kmalloc(PTY_SCREEN);
	if (!p->keys.buf || !p->screen.buf) {
		pty_free(p);
		return NULL;
	}
	p->keys.size = PTY_KEYS;
	p->screen.size = PTY_SCREEN;
	p->master = p->locked = true;
	waitq_init(&p->wait);
	terminal_init(&p->slave, &slave_ops);
	p->slave.size_is_set = true; /* 0 by 0 */
	return p;
}

/* The session loses its terminal (credentials(7), setsid(2)). */
static void end_session(struct terminal *t)
{
	if (t != tty_controlling)
		return;
	tty_signal(t, SIGHUP);
	tty_signal(t, SIGCONT);
	tty_controlling = NULL;
}

void pty_hang_up(struct pty *p)
{
	struct terminal *t = &p->slave;

	p->master = false;
	t->hung_up = t->no_screen = true;
	t->tty.stopped = false;
	t->tty.echo_len = 0;
	tty_flush_input(&t->tty);
	end_session(t);
	if (!p->slaves) {
		pty_free(p);
		return;
	}
	waitq_wake_all(&t->wait, IN_EVENTS | OUT_EVENTS | POLLHUP | POLLERR);
}

/*
 * After the master has gone, reads say end of file at once. Who was waiting in
 * one gets EIO, as on Linux.
 */
static ssize_t slave_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct terminal *t = f->priv;
	ssize_t n;

	if (t->hung_up)
		return 0;
	n = tty_read(f, u, pos);
	return !n && u->left && t->hung_up ? -EIO : n;
}

static unsigned int slave_poll(struct file *f, struct waitq **q)
{
	struct terminal *t = f->priv;
	unsigned int ev = tty_poll(f, q);

	return t->hung_up ? IN_EVENTS | OUT_EVENTS | POLLERR | POLLHUP : ev;
}

/* TCIOFF and TCION of tcflow(3): the keys that stop and start are written. */
static long send_flow_key(struct terminal *t, unsigned int which)
{
	char c = (char)t->tty.t.c_cc[which];

	if (c)
		slave_send(t, &c, 1);
	return 0;
}

static long slave_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct terminal *t = f->priv;

	if (t->hung_up)
		return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
	if (cmd == TIOCGPTPEER)
		return -EIO; /* Linux knows the request, and that it is none */
	if (cmd == TCXONC && arg == TCIOFF)
		return send_flow_key(t, VSTOP);
	if (cmd == TCXONC && arg == TCION)
		return send_flow_key(t, VSTART);
	return tty_ioctl(f, cmd, arg);
}

static void slave_release(struct file *f)
{
	struct pty *p = pty_of(f->priv);

	if (--p->slaves)
		return;
	if (!p->master) {
		pty_free(p);
		return;
	}
	p->left = true;
	waitq_wake_all(&p->wait, POLLHUP | IN_EVENTS);
}

static const struct file_ops slave_file_ops = {
	.read = slave_read,
	.write = tty_write,
	.poll = slave_poll,
	.ioctl = slave_ioctl,
	.release = slave_release,
};

int pty_slave_open(struct pty *p, struct file *f)
{
	const struct process *proc = current_process();

	if (!p->master || p->locked)
		return -EIO;
	f->ops = &slave_file_ops;
	f->priv = &p->slave;
	p->slaves++;
	p->left = false;
	/* open(2), O_NOCTTY: the leader of a session that has no terminal gets
	 * this one. */
	if (!(f->flags & O_NOCTTY) && !tty_controlling &&
	    proc->sid == proc->pid && file_readable(f))
		tty_controlling = &p->slave;
	return 0;
}
