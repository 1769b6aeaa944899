/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The standard streams are this process's own descriptors 0, 1 and 2. They may
 * be shared with other processes, so their flags are left alone: O_NONBLOCK is
 * replaced by asking poll(2) first.
 */
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <asm/stat.h>
#include <linux/fcntl.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <asm/termbits.h>
#include <asm/termios.h>
#include <linux/stat.h>
#include <linux/limits.h>
#include "host.h"

static char kinds[3];
static bool want[3]; /* someone was told -EAGAIN */

static char kind_of(int fd)
{
	struct termios tio;
	struct stat st;

	if (host_syscall3(__NR_ioctl, fd, TCGETS, &tio) == 0)
		return 't';
	if (host_syscall2(__NR_fstat, fd, &st) == 0 &&
	    (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode)))
		return 'p';
	return 'f';
}

void host_console_init(void)
{
	for (int fd = 0; fd < 3; fd++)
		kinds[fd] = kind_of(fd);
	host_tty_init();
}

char plat_stdio_kind(int fd)
{
	return kinds[fd];
}

static bool ready(int fd, short events)
{
	struct pollfd p = {.fd = fd, .events = events};

	if (kinds[fd] == 'f' || host_syscall3(__NR_poll, &p, 1, 0) > 0)
		return true;
	want[fd] = true;
	return false;
}

ssize_t plat_stdio_write(int fd, const void *buf, size_t n)
{
	long r;

	if (!ready(fd, POLLOUT))
		return -EAGAIN;
	/* pipe(7): a pipe that is ready takes PIPE_BUF bytes without blocking.
	 */
	if (kinds[fd] == 'p')
		n = MIN(n, (size_t)PIPE_BUF);
	do {
		r = host_syscall3(__NR_write, fd, buf, n);
	} while (r == -EINTR);
	if (r == -EAGAIN) /* a descriptor that came with O_NONBLOCK */
		want[fd] = true;
	return r;
}

ssize_t plat_stdin_read(void *buf, size_t n)
{
	long r;

	if (!ready(0, POLLIN))
		return -EAGAIN;
	do {
		r = host_syscall3(__NR_read, 0, buf, n);
	} while (r == -EINTR);
	if (r == -EAGAIN)
		want[0] = true;
	return r;
}

int host_console_want(struct pollfd *fds)
{
	int n = 0;

	for (int fd = 0; fd < 3; fd++)
		if (want[fd])
			fds[n++] = (struct pollfd){
				.fd = fd, .events = fd ? POLLOUT : POLLIN};
	return n;
}

void host_console_polled(const struct pollfd *fds, int n)
{
	for (int i = 0; i < n; i++) {
		if (!fds[i].revents)
			continue;
		want[fds[i].fd] = false;
		if (fds[i].fd == 0)
			stdio_readable();
		else
			stdio_writable();
	}
}

int plat_winsize(unsigned short *rows, unsigned short *cols)
{
	struct winsize ws;

	if (host_syscall3(__NR_ioctl, 0, TIOCGWINSZ, &ws) != 0)
		return -ENOTTY;
	*rows = ws.ws_row;
	*cols = ws.ws_col;
	return 0;
}

static void log_bytes(const char *s, size_t n)
{
	while (n) {
		long r = host_syscall3(__NR_write, 2, s, n);

		if (r == -EINTR)
			continue;
		if (r <= 0)
			return;
		s += r;
		n -= r;
	}
}

/* A raw terminal does not go back to the start of the line by itself. */
void plat_log(const char *s, size_t n)
{
	const char *end;

	while (host_tty_is_raw() && (end = memchr(s, '\n', n))) {
		log_bytes(s, end - s);
		log_bytes("\r\n", 2);
		n -= end + 1 - s;
		s = end + 1;
	}
	log_bytes(s, n);
}

/* To the file that the parameter metrics= names, a line each. */
void plat_metric(const char *name, uint64_t value)
{
	const char *path = param_get("metrics");
	char line[80];
	long fd;
	int n;

	if (!path || !*path)
		return;
	fd = host_syscall3(__NR_open, path,
			   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0)
		return;
	n = snprintf(line, sizeof(line), "%s=%llu\n", name,
		     (unsigned long long)value);
	host_syscall3(__NR_write, fd, line, MIN(n, (int)sizeof(line) - 1));
	host_syscall1(__NR_close, fd);
}
