/* SPDX-License-Identifier: BSD-2-Clause */
/* What a program sees of its terminal while `run` types. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void on_int(int sig)
{
	write(1, "SIGINT\n", 7);
}

static void lines(void)
{
	char b[100];
	ssize_t n;

	do {
		n = read(0, b, sizeof(b));
		printf("read %zd: %.*s", n, n > 0 ? (int)n : 1,
		       n > 0 ? b : "\n");
		fflush(stdout);
	} while (strncmp(b, "end", 3));
}

static void raw(void)
{
	struct termios was, t;
	char c = 0;
	int n = -1;

	tcgetattr(0, &was);
	t = was;
	cfmakeraw(&t);
	tcsetattr(0, TCSAFLUSH, &t);
	n = (int)read(0, &c, 1);
	printf("raw %d: %d\r\n", n, c);
	t.c_cc[VMIN] = 0;
	t.c_cc[VTIME] = 1;
	tcsetattr(0, TCSANOW, &t);
	n = (int)read(0, &c, 1);
	printf("nothing within 0.1 s: %d\r\n", n);
	fflush(stdout);
	tcsetattr(0, TCSANOW, &was);
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_int};
	struct winsize ws = {0};
	int n = -1;

	printf("terminals: %d %d %d\n", isatty(0), isatty(1), isatty(2));
	ioctl(0, TIOCGWINSZ, &ws);
	printf("size: %d x %d\n", ws.ws_row, ws.ws_col);
	ioctl(0, FIONREAD, &n);
	printf("typed: %d\n", n);
	printf("group: %d\n", tcgetpgrp(0) == getpgrp());
	fflush(stdout);
	sigaction(SIGINT, &sa, NULL);
	lines();
	raw();
	return 7;
}
