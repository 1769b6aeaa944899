/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.c: terminals as files (terminal.h), and the console's. The platform hands
 * over raw keys; a waiter on its queue takes them as they come, in event
 * context, so that they are echoed and Ctrl-C works while the program computes.
 * Readers sleep on a queue of their own, which is woken when a line (or enough
 * bytes) is there.
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/stdio.h>
#include <asm/fcntl.h>
#include <asm/poll.h>
#include <linux/stat.h>
#include "console.h"
#include "special.h"
#include "terminal.h"

#define IN_EVENTS  (POLLIN | POLLRDNORM)
#define OUT_EVENTS (POLLOUT | POLLWRNORM)

static struct terminal console;
static bool started;
static int out_fd = -1; /* the stream that is the screen; -1: none */

struct terminal *tty_controlling;

/* Files of the console that stdio.c made itself have no priv. */
struct terminal *tty_of(const struct file *f)
{
	return f->priv ? f->priv : &console;
}

void tty_signal(const struct terminal *t, int sig)
{
	if (t == tty_controlling)
		signal_send(current_process(), NULL, sig, NULL);
}

static void changed(struct terminal *t, unsigned int what)
{
	if (t->ops->changed)
		t->ops->changed(t, what);
}

/* Bytes the screen took; a screen that is not there takes all. */
static ssize_t console_send(struct terminal *t, const char *buf, size_t n)
{
	ssize_t done =
		out_fd < 0 ? (ssize_t)n : plat_stdio_write(out_fd, buf, n);

	t->out_full = done == -EAGAIN;
	return done;
}

static ssize_t console_receive(struct terminal *t, char *buf, size_t n)
{
	return plat_stdin_read(buf, n);
}

static const struct terminal_ops console_ops = {
	.send = console_send,
	.receive = console_receive,
};

static void flush_echo(struct terminal *t)
{
	struct tty *tty = &t->tty;
	ssize_t n;

	while (tty->echo_len && !tty->stopped) {
		n = t->ops->send(t, tty->echo, tty->echo_len);
		if (n <= 0)
			break;
		tty->echo_len -= n;
		memmove(tty->echo, tty->echo + n, tty->echo_len);
	}
}

/* How many bytes make a reader's wait worth ending. */
static unsigned int wanted(const struct tty *tty)
{
	if ((tty->t.c_lflag & ICANON) || tty->t.c_cc[VTIME])
		return 1;
	return MAX(tty->t.c_cc[VMIN], 1);
}

/* One key; its echo waits for the others that came with it. True: output goes
 * on. */
static bool take_key(struct terminal *t, unsigned char c)
{
	struct tty *tty = &t->tty;
	bool was_stopped = tty->stopped;

	tty->signal = 0;
	tty_input(tty, c);
	if (was_stopped != tty->stopped)
		changed(t, was_stopped ? TIOCPKT_START : TIOCPKT_STOP);
	if (!tty->signal)
		return was_stopped && !tty->stopped;
	/* What was written and nobody has seen goes too (termios(3)). */
	if (!(tty->t.c_lflag & NOFLSH))
		changed(t, TIOCPKT_FLUSHREAD | TIOCPKT_FLUSHWRITE);
	tty_signal(t, tty->signal);
	return was_stopped && !tty->stopped;
}

void tty_pump(struct terminal *t)
{
	struct tty *tty = &t->tty;
	char keys[64];
	ssize_t n = 0;
	bool resumed = false;
	size_t room;

	while (!t->hung_up && (room = MIN(tty_room(tty), sizeof(keys)))) {
		n = t->ops->receive(t, keys, room);
		if (n == 0)
			t->hung_up = true;
		if (n <= 0)
			break;
		for (ssize_t i = 0; i < n; i++)
			resumed |= take_key(t, keys[i]);
		flush_echo(t);
	}
	flush_echo(t);
	if (t->hung_up)
		waitq_wake_all(&t->wait, IN_EVENTS | POLLHUP);
	else if (tty_readable(tty, 1))
		waitq_wake_all(&t->wait, IN_EVENTS);
	if (resumed && !tty->stopped)
		waitq_wake_all(&t->wait, OUT_EVENTS);
}

static bool key_wake(struct waiter *w, unsigned int mask)
{
	tty_pump(&console);
	return false;
}

static bool screen_wake(struct waiter *w, unsigned int mask)
{
	console.out_full = false;
	flush_echo(&console);
	if (!console.out_full)
		waitq_wake_all(&console.wait, OUT_EVENTS);
	return false;
}

void terminal_init(struct terminal *t, const struct terminal_ops *ops)
{
	tty_reset(&t->tty);
	waitq_init(&t->wait);
	t->ops = ops;
}

void tty_start(void)
{
	static struct waiter keys = {.wake = key_wake, .events = ~0u};
	static struct waiter space = {.wake = screen_wake, .events = ~0u};

	if (started)
		return;
	terminal_init(&console, &console_ops);
	tty_controlling = &console;
	out_fd = stream_is_tty(1) ? 1 : stream_is_tty(2) ? 2 : -1;
	console.no_screen = out_fd < 0;
	list_init(&keys.link);
	list_init(&space.link);
	waitq_add(&stdout_waitq, &space);
	/* Keys come from stream 0 only; without it the terminal is a screen. */
	if (stream_is_tty(0))
		waitq_add(&stdin_waitq, &keys);
	else
		console.hung_up = true;
	started = true;
	tty_pump(&console);
}

/*
 * Reading in raw mode, the four cases of MIN and TIME in termios(3):
 * the deadline by which a read must end with what it has.
 */
static uint64_t raw_deadline(const struct tty *tty, bool got_some)
{
	uint64_t ns = tty->t.c_cc[VTIME] * (NSEC_PER_SEC / 10);

	if (tty->t.c_cc[VMIN] && (!ns || !got_some))
		return WAIT_FOREVER;
	return plat_monotonic_ns() + ns;
}

/* Wait until something can be taken: 0, or -ETIMEDOUT when what there is must
 * do, or -errno. have counts what this read already took. */
static int wait_input(struct terminal *t, bool nonblock, size_t have)
{
	struct tty *tty = &t->tty;
	bool canonical = tty->t.c_lflag & ICANON;
	uint64_t deadline = canonical ? WAIT_FOREVER : raw_deadline(tty, have);
	int err = 0;

	while (!tty_readable(tty, 1)) {
		if (t->hung_up)
			return -ETIMEDOUT;
		if (!canonical && !tty->t.c_cc[VMIN] && !tty->t.c_cc[VTIME])
			return -ETIMEDOUT;
		if (nonblock)
			return -EAGAIN;
		err = waitq_sleep(&t->wait, IN_EVENTS | POLLHUP, deadline);
		if (err)
			return restartable(err);
	}
	return 0;
}

ssize_t tty_read(struct file *f, struct uio *u, loff_t *pos)
{
	struct terminal *t = tty_of(f);
	struct tty *tty = &t->tty;
	char buf[256];
	size_t done = 0, n;
	bool line = false, raw;
	ssize_t moved;
	int err;

	while (u->left && !line) {
		raw = !(tty->t.c_lflag & ICANON);
		/* MIN bytes are enough for a raw read; a line for the other. */
		if (done && (!raw || done >= tty->t.c_cc[VMIN]) &&
		    !tty_readable(tty, 1))
			break;
		err = wait_input(t, f->flags & O_NONBLOCK, done);
		if (err)
			return done		   ? (ssize_t)done
			       : err == -ETIMEDOUT ? 0
						   : err;
		n = tty_take(tty, buf, MIN(u->left, sizeof(buf)), &line);
		if (n) {
			moved = uio_write(buf, n, u);
			if (moved < 0)
				return done ? (ssize_t)done : moved;
			done += moved;
		}
		tty_pump(t); /* there is room again */
	}
	return done;
}

/* Bytes of in that explain the first sent bytes of processed output. */
static size_t explain(struct tty *tty, const char *in, size_t n, size_t sent,
		      unsigned int col)
{
	char out[8];
	size_t i = 0, made = 0;

	tty->column = col;
	while (i < n && made < sent)
		made += tty_output(tty, in[i++], out);
	return i;
}

static ssize_t send_processed(struct terminal *t, const char *out, size_t n,
			      bool nonblock)
{
	size_t sent = 0;
	ssize_t did;
	int err;

	while (sent < n) {
		did = t->tty.stopped ? -EAGAIN
				     : t->ops->send(t, out + sent, n - sent);
		if (did == -EAGAIN) {
			if (nonblock)
				return sent ? (ssize_t)sent : -EAGAIN;
			err = waitq_sleep(&t->wait, OUT_EVENTS, WAIT_FOREVER);
			if (err)
				return sent ? (ssize_t)sent : restartable(err);
		} else if (did < 0) {
			return -EIO;
		} else {
			sent += did;
		}
	}
	return sent;
}

static ssize_t write_chunk(struct terminal *t, const char *in, size_t n,
			   bool nonblock)
{
	struct tty *tty = &t->tty;
	char out[1088];
	size_t done = 0, i, made;
	ssize_t sent;

	while (done < n) {
		unsigned int col = tty->column;

		made = 0;
		for (i = done; i < n && made < sizeof(out) - 8; i++)
			made += tty_output(tty, in[i], out + made);
		sent = send_processed(t, out, made, nonblock);
		if (sent == (ssize_t)made) {
			done = i;
			continue;
		}
		done += explain(tty, in + done, i - done, MAX(sent, 0), col);
		return done ? (ssize_t)done : sent;
	}
	return done;
}

ssize_t tty_write(struct file *f, struct uio *u, loff_t *pos)
{
	struct terminal *t = tty_of(f);
	char in[1024];
	ssize_t done = 0, n, took;

	if (t->no_screen)
		return -EIO;
	flush_echo(t);
	while (u->left) {
		n = uio_read(in, MIN(u->left, sizeof(in)), u);
		if (n < 0)
			return done ? done : n;
		took = write_chunk(t, in, n, f->flags & O_NONBLOCK);
		if (took < 0)
			return done ? done : took;
		done += took;
		if (took < n)
			break;
	}
	return done;
}

unsigned int tty_poll(struct file *f, struct waitq **q)
{
	struct terminal *t = tty_of(f);
	struct tty *tty = &t->tty;
	unsigned int ev = 0;

	*q = &t->wait;
	if (tty_readable(tty, wanted(tty)))
		ev |= IN_EVENTS;
	if (t->hung_up && (t != &console || stream_is_tty(0)))
		ev |= IN_EVENTS | POLLHUP;
	if (!tty->stopped && !t->out_full)
		ev |= OUT_EVENTS;
	return ev;
}

static int tty_stat(struct file *f, struct kstat *st)
{
	if (f->vnode)
		return -ENOENT;
	anon_stat(f, S_IFCHR | 0620, st);
	st->rdev = makedev(5, 1);
	return 0;
}

const struct file_ops tty_ops = {
	.read = tty_read,
	.write = tty_write,
	.poll = tty_poll,
	.ioctl = tty_ioctl,
	.stat = tty_stat,
};

void tty_resume(struct terminal *t)
{
	changed(t, t->tty.stopped ? TIOCPKT_STOP : TIOCPKT_START);
	flush_echo(t);
	if (!t->tty.stopped)
		waitq_wake_all(&t->wait, OUT_EVENTS);
}

/* Wait until the screen has all of the echo; the rest was never buffered. */
int tty_drain(struct terminal *t)
{
	int err = 0;

	while (t->tty.echo_len && !err && !t->ops->never_drains) {
		flush_echo(t);
		if (!t->tty.echo_len)
			break;
		err = waitq_sleep(&t->wait, OUT_EVENTS, WAIT_FOREVER);
	}
	return restartable(err);
}

/* /dev/tty: whichever terminal controls the session. */
static int tty_open(struct file *f)
{
	struct terminal *t = tty_controlling;

	if (!t)
		return -ENXIO;
	f->priv = t;
	return t->ops->open ? t->ops->open(f) : 0;
}

/* A console is there even when it is no terminal: then it is the program's
 * standard output, or its input for who only reads. */
static int console_open(struct file *f)
{
	if (started)
		return 0;
	f->ops = &stream_ops;
	f->priv = (void *)(uintptr_t)((f->flags & O_ACCMODE) != O_RDONLY);
	return 0;
}

void tty_register(void)
{
	static struct chardev term = {
		.name = "tty",
		.mode = 0666,
		.ops = &tty_ops,
		.open = tty_open,
	};
	static struct chardev console = {
		.name = "console",
		.mode = 0600,
		.ops = &tty_ops,
		.open = console_open,
	};

	term.rdev = makedev(5, 0);
	console.rdev = makedev(5, 1);
	chardev_register(&term);
	chardev_register(&console);
}
