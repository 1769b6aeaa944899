/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_ioctl.c: ioctl_tty(2) of any terminal. There is one session with one
 * process, so the foreground group of its terminal is whatever it sets.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include <asm/ioctls.h>
#include <asm/termios.h>
#include <linux/tty.h>
#include "terminal.h"

static int get_termios(const struct terminal *t, void *arg)
{
	return copy_out_obj(arg, &t->tty.t);
}

/* TCFLSH: forget what was typed, what was written, or both. */
static int flush_queues(struct terminal *t, unsigned long which)
{
	unsigned int what = 0;

	if (which > TCIOFLUSH)
		return -EINVAL;
	if (which != TCOFLUSH) {
		tty_flush_input(&t->tty);
		what |= TIOCPKT_FLUSHREAD;
	}
	/* The echo stays: Linux's n_tty keeps it, too. */
	if (which != TCIFLUSH)
		what |= TIOCPKT_FLUSHWRITE;
	if (t->ops->changed)
		t->ops->changed(t, what);
	return 0;
}

/* how: 0 at once, 1 after the output drained, 2 and flush input too. */
static int take_termios(struct terminal *t, const struct termios *to,
			unsigned int how)
{
	struct termios old = t->tty.t;
	int err = how ? tty_drain(t) : 0;

	if (err)
		return err;
	if (how == 2)
		flush_queues(t, TCIFLUSH);
	tty_set_termios(&t->tty, to);
	if (t->ops->set)
		t->ops->set(t, &old);
	tty_pump(t); /* what was typed may count differently now */
	return 0;
}

static int set_termios(struct terminal *t, const void *arg, unsigned int how)
{
	struct termios to;
	int err = copy_in_obj(&to, arg);

	return err ? err : take_termios(t, &to, how);
}

/* The newer form also carries the speeds, which a console does not have: it
 * keeps and returns them. */
static int get_termios2(const struct terminal *term, void *arg)
{
	const struct termios *t = &term->tty.t;
	struct termios2 t2 = {
		.c_iflag = t->c_iflag,
		.c_oflag = t->c_oflag,
		.c_cflag = t->c_cflag,
		.c_lflag = t->c_lflag,
		.c_line = t->c_line,
		.c_ispeed = 38400,
		.c_ospeed = 38400,
	};

	memcpy(t2.c_cc, t->c_cc, sizeof(t2.c_cc));
	return copy_out_obj(arg, &t2);
}

static int set_termios2(struct terminal *t, const void *arg, unsigned int how)
{
	struct termios2 t2;
	struct termios to;
	int err = copy_in_obj(&t2, arg);

	if (err)
		return err;
	memcpy(&to, &t2, sizeof(to)); /* the same up to the speeds */
	return take_termios(t, &to, how);
}

static int get_winsize(const struct terminal *t, void *arg)
{
	struct winsize ws = t->size;

	if (!t->size_is_set && plat_winsize(&ws.ws_row, &ws.ws_col))
		ws.ws_row = ws.ws_col = 0;
	return copy_out_obj(arg, &ws);
}

static int set_winsize(struct terminal *t, const void *arg)
{
	struct winsize ws;
	int err = copy_in_obj(&ws, arg);

	if (err)
		return err;
	if (!t->size_is_set || memcmp(&ws, &t->size, sizeof(ws)))
		tty_signal(t, SIGWINCH);
	t->size = ws;
	t->size_is_set = true;
	return 0;
}

static int set_foreground(struct terminal *t, const int *arg)
{
	int pgid, err = copy_in_obj(&pgid, arg);

	if (t != tty_controlling)
		return -ENOTTY;
	if (err)
		return err;
	if (pgid < 0)
		return -EINVAL;
	if (pgid != current_process()->pgid)
		return -ESRCH;
	t->foreground = pgid;
	return 0;
}

static int put_int(unsigned long arg, int val)
{
	return copy_out_obj((int *)arg, &val);
}

/* TCXONC: suspend and resume output as Ctrl-S and Ctrl-Q do. */
static int flow(struct terminal *t, unsigned long what)
{
	bool off = what == TCOOFF;

	if (what > TCION)
		return -EINVAL;
	if ((off || what == TCOON) && t->tty.held != off) {
		t->tty.held = off;
		/* Ctrl-S may have stopped it already. */
		if (t->tty.stopped != off) {
			t->tty.stopped = off;
			tty_resume(t);
		}
	}
	return 0;
}

/* ioctl_tty(2), TIOCSCTTY: the process leads its session, so the terminal is
 * its to take unless it has another; nobody else is there to take it from. */
static int take_control(struct file *f, struct terminal *t)
{
	const struct process *p = current_process();

	if (tty_controlling == t && p->sid == p->pid)
		return 0;
	if (tty_controlling || p->sid != p->pid)
		return -EPERM;
	if (!file_readable(f) && !cred_capable(&p->cred))
		return -EPERM;
	tty_controlling = t;
	return 0;
}

static int give_up_control(struct terminal *t)
{
	if (t != tty_controlling)
		return -ENOTTY;
	tty_signal(t, SIGHUP);
	tty_signal(t, SIGCONT);
	tty_controlling = NULL;
	t->foreground = 0;
	return 0;
}

long terminal_ioctl(struct file *f, struct terminal *t, unsigned int cmd,
		    unsigned long arg)
{
	struct process *p = current_process();

	switch (cmd) {
	case TCGETS:
		return get_termios(t, (void *)arg);
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return set_termios(t, (const void *)arg, cmd - TCSETS);
	case TCGETS2:
		return get_termios2(t, (void *)arg);
	case TCSETS2:
	case TCSETSW2:
	case TCSETSF2:
		return set_termios2(t, (const void *)arg, cmd - TCSETS2);
	case TIOCGWINSZ:
		return get_winsize(t, (void *)arg);
	case TIOCSWINSZ:
		return set_winsize(t, (const void *)arg);
	case TIOCGPGRP:
		if (t != tty_controlling)
			return -ENOTTY;
		return put_int(arg, t->foreground ? t->foreground : p->pgid);
	case TIOCSPGRP:
		return set_foreground(t, (const int *)arg);
	case TIOCGSID:
		if (t != tty_controlling)
			return -ENOTTY;
		return put_int(arg, p->sid);
	case TIOCSCTTY:
		return take_control(f, t);
	case TIOCNOTTY:
		return give_up_control(t);
	case TIOCGETD:
		return put_int(arg, N_TTY);
	case TIOCOUTQ:
		return put_int(arg, t->tty.echo_len);
	case FIONREAD:
		return put_int(arg, tty_count(&t->tty));
	case TCSBRK:
	case TCSBRKP:
		return tty_drain(t);
	case TCFLSH:
		return flush_queues(t, arg);
	case TCXONC:
		return flow(t, arg);
	default:
		return -ENOTTY;
	}
}

long tty_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	return terminal_ioctl(f, tty_of(f), cmd, arg);
}
