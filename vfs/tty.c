/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.c: the console's terminal. The platform hands over raw keys; a waiter on
 * its queue takes them as they come, in event context, so that they are echoed
 * and Ctrl-C works while the program computes. Readers sleep on a queue of
 * their own, which is woken when a line (or enough bytes) is there.
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
#include "tty.h"
#include "tty_ioctl.h"

#define IN_EVENTS  (POLLIN | POLLRDNORM)
#define OUT_EVENTS (POLLOUT | POLLWRNORM)

static struct tty tty;
static struct waitq tty_wait;
static struct process *owner;
static bool started, hung_up, out_full;
static int out_fd = -1; /* the stream that is the screen; -1: none */

struct tty *tty_console(void)
{
	return &tty;
}

/* Bytes the screen took; a screen that is not there takes all. */
static ssize_t screen(const char *buf, size_t n)
{
	ssize_t done =
		out_fd < 0 ? (ssize_t)n : plat_stdio_write(out_fd, buf, n);

	out_full = done == -EAGAIN;
	return done;
}

static void flush_echo(void)
{
	ssize_t n;

	while (tty.echo_len && !tty.stopped) {
		n = screen(tty.echo, tty.echo_len);
		if (n <= 0)
			break;
		tty.echo_len -= n;
		memmove(tty.echo, tty.echo + n, tty.echo_len);
	}
}

/* How many bytes make a reader's wait worth ending. */
static unsigned int wanted(void)
{
	if ((tty.t.c_lflag & ICANON) || tty.t.c_cc[VTIME])
		return 1;
	return MAX(tty.t.c_cc[VMIN], 1);
}

static void take_key(unsigned char c)
{
	tty.signal = 0;
	tty_input(&tty, c);
	if (tty.signal)
		signal_send(owner, NULL, tty.signal, NULL);
}

void tty_pump(void)
{
	bool was_stopped = tty.stopped;
	char keys[64];
	ssize_t n = 0;
	size_t room;

	if (!started)
		return;
	while (!hung_up && (room = MIN(tty_room(&tty), sizeof(keys)))) {
		n = plat_stdin_read(keys, room);
		if (n == 0)
			hung_up = true;
		if (n <= 0)
			break;
		for (ssize_t i = 0; i < n; i++)
			take_key(keys[i]);
	}
	flush_echo();
	if (hung_up)
		waitq_wake_all(&tty_wait, IN_EVENTS | POLLHUP);
	else if (tty_readable(&tty, 1))
		waitq_wake_all(&tty_wait, IN_EVENTS);
	if (was_stopped && !tty.stopped)
		waitq_wake_all(&tty_wait, OUT_EVENTS);
}

static bool key_wake(struct waiter *w, unsigned int mask)
{
	tty_pump();
	return false;
}

static bool screen_wake(struct waiter *w, unsigned int mask)
{
	out_full = false;
	flush_echo();
	if (!out_full)
		waitq_wake_all(&tty_wait, OUT_EVENTS);
	return false;
}

void tty_start(void)
{
	static struct waiter keys = {.wake = key_wake, .events = ~0u};
	static struct waiter space = {.wake = screen_wake, .events = ~0u};

	if (started)
		return;
	tty_reset(&tty);
	waitq_init(&tty_wait);
	owner = current_process();
	out_fd = stream_is_tty(1) ? 1 : stream_is_tty(2) ? 2 : -1;
	list_init(&keys.link);
	list_init(&space.link);
	waitq_add(&stdout_waitq, &space);
	/* Keys come from stream 0 only; without it the terminal is a screen. */
	if (stream_is_tty(0))
		waitq_add(&stdin_waitq, &keys);
	else
		hung_up = true;
	started = true;
	tty_pump();
}

/*
 * Reading in raw mode, the four cases of MIN and TIME in termios(3):
 * the deadline by which a read must end with what it has.
 */
static uint64_t raw_deadline(bool got_some)
{
	uint64_t ns = tty.t.c_cc[VTIME] * (NSEC_PER_SEC / 10);

	if (tty.t.c_cc[VMIN] && (!ns || !got_some))
		return WAIT_FOREVER;
	return plat_monotonic_ns() + ns;
}

/* Wait until something can be taken: 0, or -ETIMEDOUT when what there is must
 * do, or -errno. have counts what this read already took. */
static int wait_input(bool nonblock, size_t have)
{
	bool canonical = tty.t.c_lflag & ICANON;
	uint64_t deadline = canonical ? WAIT_FOREVER : raw_deadline(have);
	int err = 0;

	while (!tty_readable(&tty, 1)) {
		if (hung_up)
			return -ETIMEDOUT;
		if (!canonical && !tty.t.c_cc[VMIN] && !tty.t.c_cc[VTIME])
			return -ETIMEDOUT;
		if (nonblock)
			return -EAGAIN;
		err = waitq_sleep(&tty_wait, IN_EVENTS | POLLHUP, deadline);
		if (err)
			return restartable(err);
	}
	return 0;
}

static ssize_t tty_read(struct file *f, struct uio *u, loff_t *pos)
{
	char buf[256];
	size_t done = 0, n;
	bool line = false, raw;
	ssize_t moved;
	int err;

	while (u->left && !line) {
		raw = !(tty.t.c_lflag & ICANON);
		/* MIN bytes are enough for a raw read; a line for the other. */
		if (done && (!raw || done >= tty.t.c_cc[VMIN]) &&
		    !tty_readable(&tty, 1))
			break;
		err = wait_input(f->flags & O_NONBLOCK, done);
		if (err)
			return done		   ? (ssize_t)done
			       : err == -ETIMEDOUT ? 0
						   : err;
		n = tty_take(&tty, buf, MIN(u->left, sizeof(buf)), &line);
		if (n) {
			moved = uio_write(buf, n, u);
			if (moved < 0)
				return done ? (ssize_t)done : moved;
			done += moved;
		}
		tty_pump(); /* there is room again */
	}
	return done;
}

/* Bytes of in that explain the first sent bytes of processed output. */
static size_t explain(const char *in, size_t n, size_t sent, unsigned int col)
{
	char out[8];
	size_t i = 0, made = 0;

	tty.column = col;
	while (i < n && made < sent)
		made += tty_output(&tty, in[i++], out);
	return i;
}

static ssize_t send_processed(const char *out, size_t n, bool nonblock)
{
	size_t sent = 0;
	ssize_t did;
	int err;

	while (sent < n) {
		did = tty.stopped ? -EAGAIN : screen(out + sent, n - sent);
		if (did == -EAGAIN) {
			if (nonblock)
				return sent ? (ssize_t)sent : -EAGAIN;
			err = waitq_sleep(&tty_wait, OUT_EVENTS, WAIT_FOREVER);
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

static ssize_t write_chunk(const char *in, size_t n, bool nonblock)
{
	char out[1088];
	size_t done = 0, i, made;
	ssize_t sent;

	while (done < n) {
		unsigned int col = tty.column;

		made = 0;
		for (i = done; i < n && made < sizeof(out) - 8; i++)
			made += tty_output(&tty, in[i], out + made);
		sent = send_processed(out, made, nonblock);
		if (sent == (ssize_t)made) {
			done = i;
			continue;
		}
		done += explain(in + done, i - done, MAX(sent, 0), col);
		return done ? (ssize_t)done : sent;
	}
	return done;
}

static ssize_t tty_write(struct file *f, struct uio *u, loff_t *pos)
{
	char in[1024];
	ssize_t done = 0, n, took;

	if (out_fd < 0)
		return -EIO;
	flush_echo();
	while (u->left) {
		n = uio_read(in, MIN(u->left, sizeof(in)), u);
		if (n < 0)
			return done ? done : n;
		took = write_chunk(in, n, f->flags & O_NONBLOCK);
		if (took < 0)
			return done ? done : took;
		done += took;
		if (took < n)
			break;
	}
	return done;
}

static unsigned int tty_poll(struct file *f, struct waitq **q)
{
	unsigned int ev = 0;

	*q = &tty_wait;
	if (tty_readable(&tty, wanted()))
		ev |= IN_EVENTS;
	if (hung_up && started && stream_is_tty(0))
		ev |= IN_EVENTS | POLLHUP;
	if (!tty.stopped && !out_full)
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

void tty_resume(void)
{
	flush_echo();
	if (!tty.stopped)
		waitq_wake_all(&tty_wait, OUT_EVENTS);
}

/* Wait until the screen has all of the echo; the rest was never buffered. */
int tty_drain(void)
{
	int err = 0;

	while (tty.echo_len && !err) {
		flush_echo();
		if (!tty.echo_len)
			break;
		err = waitq_sleep(&tty_wait, OUT_EVENTS, WAIT_FOREVER);
	}
	return restartable(err);
}

static int tty_open(struct file *f)
{
	return started ? 0 : -ENXIO;
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
