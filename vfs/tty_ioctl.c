/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_ioctl.c: ioctl_tty(2) of the console's terminal. There is one session
 * with one process, so the foreground group is whatever the program sets.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include <asm/ioctls.h>
#include <asm/termios.h>
#include <linux/tty.h>
#include "tty.h"
#include "tty_ioctl.h"

static struct winsize size_set; /* by TIOCSWINSZ, until then the platform's */
static bool size_is_set;
static int foreground;

static int get_termios(void *arg)
{
	return copy_out_obj(arg, &tty_console()->t);
}

/* how: 0 at once, 1 after the output drained, 2 and flush input too. */
static int set_termios(const void *arg, unsigned int how)
{
	struct tty *t = tty_console();
	struct termios to;
	int err = copy_in_obj(&to, arg);

	if (!err && how)
		err = tty_drain();
	if (err)
		return err;
	if (how == 2)
		tty_flush_input(t);
	tty_set_termios(t, &to);
	tty_pump(); /* what was typed may count differently now */
	return 0;
}

/* The newer form also carries the speeds, which a console does not have: it
 * keeps and returns them. */
static int get_termios2(void *arg)
{
	const struct termios *t = &tty_console()->t;
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

static int set_termios2(const void *arg, unsigned int how)
{
	struct tty *t = tty_console();
	struct termios2 t2;
	struct termios to;
	int err = copy_in_obj(&t2, arg);

	if (!err && how)
		err = tty_drain();
	if (err)
		return err;
	memcpy(&to, &t2, sizeof(to)); /* the same up to the speeds */
	if (how == 2)
		tty_flush_input(t);
	tty_set_termios(t, &to);
	tty_pump();
	return 0;
}

static int get_winsize(void *arg)
{
	struct winsize ws = size_set;

	if (!size_is_set && plat_winsize(&ws.ws_row, &ws.ws_col))
		ws.ws_row = ws.ws_col = 0;
	return copy_out_obj(arg, &ws);
}

static int set_winsize(const void *arg)
{
	struct process *p = current_process();
	struct winsize ws;
	int err = copy_in_obj(&ws, arg);

	if (err)
		return err;
	if (!size_is_set || memcmp(&ws, &size_set, sizeof(ws)))
		signal_send(p, NULL, SIGWINCH, NULL);
	size_set = ws;
	size_is_set = true;
	return 0;
}

static int set_foreground(const int *arg)
{
	int pgid, err = copy_in_obj(&pgid, arg);

	if (err)
		return err;
	if (pgid < 0)
		return -EINVAL;
	if (pgid != current_process()->pgid)
		return -ESRCH;
	foreground = pgid;
	return 0;
}

static int put_int(unsigned long arg, int val)
{
	return copy_out_obj((int *)arg, &val);
}

/* TCFLSH, and TCXONC: suspend and resume output as Ctrl-S and Ctrl-Q do. */
static int flush_queues(unsigned long which)
{
	struct tty *t = tty_console();

	if (which > TCIOFLUSH)
		return -EINVAL;
	if (which != TCOFLUSH)
		tty_flush_input(t);
	if (which != TCIFLUSH)
		t->echo_len = 0;
	return 0;
}

static int flow(unsigned long what)
{
	if (what > TCION)
		return -EINVAL;
	if (what == TCOOFF || what == TCOON) {
		tty_console()->stopped = what == TCOOFF;
		tty_resume();
	}
	return 0;
}

long tty_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct process *p = current_process();

	switch (cmd) {
	case TCGETS:
		return get_termios((void *)arg);
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return set_termios((const void *)arg, cmd - TCSETS);
	case TCGETS2:
		return get_termios2((void *)arg);
	case TCSETS2:
	case TCSETSW2:
	case TCSETSF2:
		return set_termios2((const void *)arg, cmd - TCSETS2);
	case TIOCGWINSZ:
		return get_winsize((void *)arg);
	case TIOCSWINSZ:
		return set_winsize((const void *)arg);
	case TIOCGPGRP:
		return put_int(arg, foreground ? foreground : p->pgid);
	case TIOCSPGRP:
		return set_foreground((const int *)arg);
	case TIOCGSID:
		return put_int(arg, p->sid);
	case TIOCSCTTY: /* it is the controlling terminal already */
		return 0;
	case TIOCGETD:
		return put_int(arg, N_TTY);
	case TIOCOUTQ:
		return put_int(arg, tty_console()->echo_len);
	case FIONREAD:
		return put_int(arg, tty_count(tty_console()));
	case TCSBRK:
	case TCSBRKP:
		return tty_drain();
	case TCFLSH:
		return flush_queues(arg);
	case TCXONC:
		return flow(arg);
	default:
		return -ENOTTY;
	}
}
