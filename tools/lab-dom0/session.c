/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One TCP connection = one job. tools/posixenlib/channel.py is the other
 * side. Every message, both ways, is a type byte, a little-endian u32 length
 * and that many bytes:
 *
 *	to dom0		t token (first message; a wrong one ends it)
 *			F u16 length of name, name, content: a file of the job
 *			X shell command, run in the job's directory
 *			T the same on a terminal, "rows cols command"
 *			D name of a domain whose configuration is in "config";
 *			  a leading '+' keeps the domain when it ends, a
 *			  leading '=' until the connection is closed
 *			i input   z end of input   s signal number
 *	from dom0	h "version directory" answers t
 *			o, e output of a command   c console bytes
 *			l what went wrong   x the end, in words
 *			p nothing: the lab lives, though the guest is silent
 *
 * When the connection goes away the job is killed and its domain destroyed.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dom0.h"

#define VERSION	     "3"
#define HEAD	     5
#define CHUNK	     32768
#define HEARTBEAT_MS 10000

struct session {
	int sock;
	char dir[64];		  /* the job's files */
	unsigned char head[HEAD]; /* of the message being received */
	unsigned int nhead;
	uint32_t left;	   /* its bytes still to come */
	char input[CHUNK]; /* i data not yet passed on */
	size_t ninput;
	bool eof;	  /* z came */
	int signal;	  /* s came: the number, else 0 */
	bool gone;	  /* the other side hung up */
	char failed[320]; /* why the job cannot be started */
};

static bool read_exact(int fd, void *buf, size_t n)
{
	char *p = buf;

	while (n > 0) {
		ssize_t r = read(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		p += r;
		n -= r;
	}
	return true;
}

static bool write_exact(int fd, const void *buf, size_t n)
{
	const char *p = buf;

	while (n > 0) {
		ssize_t r = write(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		p += r;
		n -= r;
	}
	return true;
}

/* Send one message; buf has HEAD bytes free before its data. */
static bool send_frame(struct session *s, char type, char *buf, size_t n)
{
	char *head = buf - HEAD;

	head[0] = type;
	for (int i = 0; i < 4; i++)
		head[1 + i] = n >> 8 * i;
	if (!write_exact(s->sock, head, HEAD + n))
		s->gone = true;
	return !s->gone;
}

__attribute__((format(printf, 3, 4))) static bool send_text(struct session *s,
							    char type,
							    const char *fmt,
							    ...)
{
	char buf[HEAD + 2048];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf + HEAD, sizeof(buf) - HEAD, fmt, ap);
	va_end(ap);
	if (n > (int)sizeof(buf) - HEAD - 1)
		n = sizeof(buf) - HEAD - 1;
	return send_frame(s, type, buf + HEAD, n);
}

static bool read_head(struct session *s, char *type, uint32_t *len)
{
	unsigned char h[HEAD];

	if (!read_exact(s->sock, h, HEAD))
		return false;
	*type = h[0];
	*len = h[1] | h[2] << 8 | h[3] << 16 | (uint32_t)h[4] << 24;
	return true;
}

/* The text of a short message, ended with NUL. */
static bool read_text(struct session *s, char *buf, size_t size, uint32_t len)
{
	if (len >= size || !read_exact(s->sock, buf, len))
		return false;
	buf[len] = '\0';
	return true;
}

/* An F message: name (no '/', it goes into the job's directory), content. */
static bool receive_file(struct session *s, uint32_t len)
{
	unsigned char n[2];
	char name[128], path[256], buf[CHUNK];
	int fd;

	if (len < 2 || !read_exact(s->sock, n, 2))
		return false;
	len -= 2;
	if ((n[0] | n[1] << 8) > (int)len ||
	    !read_text(s, name, sizeof(name), n[0] | n[1] << 8))
		return false;
	len -= n[0] | n[1] << 8;
	if (strchr(name, '/') || name[0] == '.')
		return false;
	snprintf(path, sizeof(path), "%s/%s", s->dir, name);
	fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0700);
	while (len > 0) {
		size_t part = len < sizeof(buf) ? len : sizeof(buf);

		if (!read_exact(s->sock, buf, part))
			break;
		len -= part;
		/* After a failure take the rest all the same: see below. */
		if (fd >= 0 && !write_exact(fd, buf, part)) {
			snprintf(s->failed, sizeof(s->failed),
				 "dom0 has no room for a file of this size "
				 "(%s: %s)",
				 name, strerror(errno));
			unlink(path);
			close(fd);
			fd = -1;
		}
	}
	if (fd >= 0)
		close(fd);
	return len == 0;
}

/*
 * Take what the socket has, without blocking: input is collected as long as
 * there is room for it, so the sender is held back by TCP alone.
 */
static void receive(struct session *s)
{
	ssize_t r;
	char text[16];

	if (s->nhead < HEAD) {
		r = recv(s->sock, s->head + s->nhead, HEAD - s->nhead,
			 MSG_DONTWAIT);
		if (r == 0 || (r < 0 && errno != EAGAIN && errno != EINTR))
			s->gone = true;
		if (r <= 0)
			return;
		s->nhead += r;
		if (s->nhead < HEAD)
			return;
		s->left = s->head[1] | s->head[2] << 8 | s->head[3] << 16 |
			  (uint32_t)s->head[4] << 24;
	}
	if (s->head[0] == 'i' && s->left > 0) {
		size_t room = sizeof(s->input) - s->ninput;

		r = recv(s->sock, s->input + s->ninput,
			 s->left < room ? s->left : room, MSG_DONTWAIT);
		if (r == 0 || (r < 0 && errno != EAGAIN && errno != EINTR))
			s->gone = true;
		if (r <= 0)
			return;
		s->ninput += r;
		s->left -= r;
	} else if (s->head[0] == 'z') {
		s->eof = true;
	} else if (s->head[0] == 's') {
		if (!read_text(s, text, sizeof(text), s->left))
			s->gone = true;
		else
			s->signal = atoi(text);
		s->left = 0;
	} else if (s->left > 0) {
		s->gone = true;
	}
	if (s->left == 0)
		s->nhead = 0;
}

static short socket_events(struct session *s)
{
	return s->ninput < sizeof(s->input) && !s->eof ? POLLIN | POLLRDHUP
						       : POLLRDHUP;
}

static void socket_ready(struct session *s, short revents)
{
	if (revents & POLLIN)
		receive(s);
	else if (revents & (POLLRDHUP | POLLHUP | POLLERR))
		s->gone = true;
}

static void consume(struct session *s, size_t n)
{
	s->ninput -= n;
	memmove(s->input, s->input + n, s->ninput);
}

/* Take the guest's output in one message as large as the buffer allows. */
static void pump_out(struct session *s, struct domain *d)
{
	char buf[HEAD + CHUNK];
	size_t n, total;

	do {
		total = 0;
		do {
			n = domain_read(d, buf + HEAD + total, CHUNK - total);
			total += n;
		} while (n > 0 && total < CHUNK);
		if (total > 0 && !send_frame(s, 'c', buf + HEAD, total))
			return;
	} while (total == CHUNK);
}

static void pump_domain(struct session *s, struct domain *d)
{
	struct pollfd fds[3];
	char path[128], beat[HEAD];
	bool ended;

	while (!s->gone) {
		/* Whether it ended is asked first: all it wrote is then there.
		 */
		ended = domain_ended(d);
		pump_out(s, d);
		if (ended)
			return;
		if (s->ninput > 0)
			consume(s, domain_write(d, s->input, s->ninput));
		fds[0] = (struct pollfd){s->sock, socket_events(s), 0};
		fds[1] = (struct pollfd){d->evtchn, POLLIN, 0};
		fds[2] = (struct pollfd){d->xenstore, POLLIN, 0};
		do {
			/*
			 * A guest need not ring when it takes input, so input
			 * that waits is tried again soon.
			 */
			if (poll(fds, 3, s->ninput > 0 ? 10 : HEARTBEAT_MS) ==
				    0 &&
			    s->ninput == 0)
				send_frame(s, 'p', beat + HEAD, 0);
			if (fds[1].revents & POLLIN) {
				domain_event(d);
				pump_out(s, d);
			}
			if (fds[0].revents)
				socket_ready(s, fds[0].revents);
			if (s->ninput > 0)
				consume(s,
					domain_write(d, s->input, s->ninput));
			fds[0].events = socket_events(s);
		} while (!s->gone && !(fds[2].revents & POLLIN));
		if (fds[2].revents & POLLIN)
			xs_event(d->xenstore, path, sizeof(path));
	}
}

static void remove_files(struct session *s)
{
	char *argv[] = {"rm", "-rf", s->dir, NULL};

	run_command(argv, NULL, 0);
}

/* Let whoever started the domain look at its memory first. */
static void wait_for_hangup(struct session *s)
{
	char buf[256];
	ssize_t r;

	do {
		r = read(s->sock, buf, sizeof(buf));
	} while (r > 0 || (r < 0 && errno == EINTR));
	s->gone = true;
}

static void run_domain(struct session *s, const char *name)
{
	struct domain d = {.keep = name[0] == '+', .hold = name[0] == '='};
	char config[96], text[1024] = "";
	int lock;

	snprintf(d.name, sizeof(d.name), "%s", name + (d.keep || d.hold));
	snprintf(config, sizeof(config), "%s/config", s->dir);
	if (domain_create(&d, config, text, sizeof(text)) < 0) {
		send_text(s, 'l', "%s", text);
		send_text(s, 'x', "failed");
		return;
	}
	/* The domain holds its image now: give dom0 its memory back. */
	remove_files(s);
	if (domain_unpause(&d) < 0)
		send_text(s, 'l', "cannot unpause %s", d.name);
	else
		pump_domain(s, &d);
	lock = domain_ending();
	if (!s->gone) {
		domain_end_text(&d, text, sizeof(text));
		send_text(s, 'x', "%s", text);
		if (d.hold)
			wait_for_hangup(s);
		else
			shutdown(s->sock, SHUT_WR);
	}
	domain_release(&d);
	close(lock);
}

struct child {
	pid_t pid;
	int in, out, err; /* our ends; -1 = closed; err unused on a tty */
};

static int start_piped(struct session *s, struct child *c, const char *command)
{
	int in[2], out[2], err[2];

	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) ||
	    pipe2(err, O_CLOEXEC))
		return -errno;
	c->pid = fork();
	if (c->pid == 0) {
		setsid();
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(err[1], 2);
		signal(SIGPIPE, SIG_DFL);
		if (chdir(s->dir) == 0)
			execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	close(err[1]);
	c->in = in[1];
	c->out = out[0];
	c->err = err[0];
	return c->pid < 0 ? -errno : 0;
}

static int start_tty(struct session *s, struct child *c, const char *text)
{
	struct winsize size = {24, 80, 0, 0};
	int skip = 0;

	sscanf(text, "%hu %hu %n", &size.ws_row, &size.ws_col, &skip);
	c->pid = forkpty(&c->out, NULL, NULL, &size);
	if (c->pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		if (chdir(s->dir) == 0)
			execl("/bin/sh", "sh", "-c", text + skip, NULL);
		_exit(127);
	}
	c->in = c->pid < 0 ? -1 : dup(c->out);
	c->err = -1;
	return c->pid < 0 ? -errno : 0;
}

/* Pass on one stream of the child; closes it at its end. */
static void forward(struct session *s, char type, int *fd)
{
	char buf[HEAD + CHUNK];
	ssize_t n = read(*fd, buf + HEAD, CHUNK);

	if (n > 0) {
		send_frame(s, type, buf + HEAD, n);
	} else if (n == 0 || errno != EINTR) {
		close(*fd);
		*fd = -1;
	}
}

static void feed_child(struct session *s, struct child *c, short revents)
{
	ssize_t n = 0;

	if (s->ninput > 0 && revents & (POLLOUT | POLLERR)) {
		n = write(c->in, s->input,
			  s->ninput < PIPE_BUF ? s->ninput : PIPE_BUF);
		/* A child that reads no more is no error: drop its input. */
		consume(s, n < 0 ? s->ninput : (size_t)n);
	}
	if (n < 0 || (s->eof && s->ninput == 0)) {
		close(c->in);
		c->in = -1;
	}
}

static void run_child(struct session *s, const char *command, bool tty)
{
	struct child c = {-1, -1, -1, -1};
	int status = 0;
	int err = tty ? start_tty(s, &c, command) : start_piped(s, &c, command);

	if (err) {
		send_text(s, 'l', "cannot start a shell: %s", strerror(-err));
		send_text(s, 'x', "failed");
		return;
	}
	while (!s->gone && (c.out >= 0 || c.err >= 0)) {
		struct pollfd fds[4] = {
			{s->sock, socket_events(s), 0},
			{c.out, POLLIN, 0},
			{c.err, POLLIN, 0},
			{s->ninput > 0 || s->eof ? c.in : -1, POLLOUT, 0},
		};

		if (poll(fds, 4, -1) < 0)
			continue;
		if (fds[0].revents)
			socket_ready(s, fds[0].revents);
		if (fds[1].revents)
			forward(s, 'o', &c.out);
		if (fds[2].revents)
			forward(s, 'e', &c.err);
		if (fds[3].revents && c.in >= 0)
			feed_child(s, &c, fds[3].revents);
		if (s->signal)
			kill(-c.pid, s->signal);
		s->signal = 0;
	}
	if (s->gone)
		kill(-c.pid, SIGKILL);
	while (waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		send_text(s, 'x', "signal %d", WTERMSIG(status));
	else
		send_text(s, 'x', "exit %d", WEXITSTATUS(status));
}

static bool greet(struct session *s, const char *token)
{
	char type, text[128];
	uint32_t len;

	if (!read_head(s, &type, &len) || type != 't' ||
	    !read_text(s, text, sizeof(text), len) || strcmp(text, token))
		return false;
	snprintf(s->dir, sizeof(s->dir), "/run/lab/job-%d", getpid());
	if (mkdir(s->dir, 0700) < 0)
		return false;
	return send_text(s, 'h', "%s %s", VERSION, s->dir);
}

/* Serve the connection until its job has ended or it is closed. */
void session_run(int sock, const char *token)
{
	struct session s = {.sock = sock};
	char type, text[4096];
	uint32_t len;

	if (!greet(&s, token))
		return;
	while (read_head(&s, &type, &len)) {
		if (type == 'F' && receive_file(&s, len))
			continue;
		if (!strchr("XTD", type) ||
		    !read_text(&s, text, sizeof(text), len))
			break;
		/* Said only now: before, the other side was not listening. */
		if (s.failed[0]) {
			send_text(&s, 'l', "%s", s.failed);
			send_text(&s, 'x', "failed");
		} else if (type == 'D') {
			run_domain(&s, text);
		} else {
			run_child(&s, text, type == 'T');
		}
		break;
	}
	remove_files(&s);
}
