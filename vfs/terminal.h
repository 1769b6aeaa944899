/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * terminal.h: a terminal that a program can open: a line discipline (tty.h) and
 * what lies behind it, which is the console (tty.c) or the master's side of a
 * pseudo-terminal (pty.c). The files' operations are in tty.c, ioctl_tty(2) in
 * tty_ioctl.c. Kernel context all of it.
 */
#ifndef VFS_TERMINAL_H
#define VFS_TERMINAL_H

#include <posixen/file.h>
#include <asm/ioctls.h>
#include <asm/termios.h>
#include "tty.h"

struct terminal;

struct terminal_ops {
	/* Bytes that the screen took, -EAGAIN, or -EIO: it is no more. */
	ssize_t (*send)(struct terminal *t, const char *buf, size_t n);
	/* Keys, at most n; -EAGAIN; 0 when none will come any more. */
	ssize_t (*receive)(struct terminal *t, char *buf, size_t n);
	/* The rest may be NULL. */
	/* TIOCPKT_ bits of <asm/ioctls.h>: queues were flushed, or output was
	 * stopped or resumed. */
	void (*changed)(struct terminal *t, unsigned int what);
	/* tty.t was set; what it was. */
	void (*set)(struct terminal *t, const struct termios *old);
	/* /dev/tty leads here: make f, whose priv is t, an open file. */
	int (*open)(struct file *f);
	/* The screen's user may be who would wait, so tcdrain(3) does not. */
	bool never_drains;
};

struct terminal {
	struct tty tty;
	struct waitq wait; /* readers and writers */
	const struct terminal_ops *ops;
	struct winsize size; /* by TIOCSWINSZ, until then the platform's */
	bool size_is_set;
	bool hung_up;	/* no more keys */
	bool no_screen; /* nothing can be written */
	bool out_full;
	int foreground; /* process group; 0: the session's only one */
};

/* The terminal that controls the session, or NULL (/dev/tty). */
extern struct terminal *tty_controlling;

void terminal_init(struct terminal *t, const struct terminal_ops *ops);
struct terminal *tty_of(const struct file *f);
/* Operations of files whose priv is a terminal. */
ssize_t tty_read(struct file *f, struct uio *u, loff_t *pos);
ssize_t tty_write(struct file *f, struct uio *u, loff_t *pos);
unsigned int tty_poll(struct file *f, struct waitq **q);
long tty_ioctl(struct file *f, unsigned int cmd, unsigned long arg);
/* The same of t, whatever f is. */
long terminal_ioctl(struct file *f, struct terminal *t, unsigned int cmd,
		    unsigned long arg);
void tty_pump(struct terminal *t);   /* take the keys that wait, echo, wake */
int tty_drain(struct terminal *t);   /* 0 or -EINTR */
void tty_resume(struct terminal *t); /* `stopped` was changed: wake writers */
/* To the foreground process group, if t controls a session. */
void tty_signal(const struct terminal *t, int sig);

#endif
