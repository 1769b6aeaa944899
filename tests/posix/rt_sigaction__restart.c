/* SPDX-License-Identifier: BSD-2-Clause */
/* Which calls go on after a handler with SA_RESTART, and which end: see
 * signal(7), "Interruption of system calls and library functions by signal
 * handlers". */
#include "t.h"
#include <linux/futex.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

static int fds[2];
static volatile int ticks;
static int word;
static void (*enough)(void); /* ends the wait, at the third tick */

static void on_tick(int sig)
{
	if (++ticks == 3 && enough)
		enough();
}

static void write_byte(void)
{
	write(fds[1], "x", 1);
}

static void read_much(void)
{
	static char buf[65536];

	read(fds[0], buf, sizeof(buf));
}

static void wake_word(void)
{
	word = 1;
	syscall(SYS_futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void begin(int flags, void (*fn)(void))
{
	struct sigaction sa = {.sa_handler = on_tick, .sa_flags = flags};
	struct itimerval it = {{0, 20000}, {0, 20000}};

	enough = fn;
	ticks = 0;
	word = 0;
	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &it, NULL);
}

static void end(const char *name, long r)
{
	struct itimerval it = {{0, 0}, {0, 0}};
	int err = errno, n = ticks;

	setitimer(ITIMER_REAL, &it, NULL);
	errno = err;
	t_ret(name, r);
	t_is("  it went on", n >= 3);
}

/* Both ways: one call that waits. */
#define TRY(name, fn, call)                                                    \
	do {                                                                   \
		begin(0, fn);                                                  \
		end(name, call);                                               \
		begin(SA_RESTART, fn);                                         \
		end(name ", SA_RESTART", call);                                \
	} while (0)

static void fill(int fd)
{
	char buf[4096] = {0};

	fcntl(fd, F_SETFL, O_NONBLOCK);
	while (write(fd, buf, sizeof(buf)) > 0)
		;
	fcntl(fd, F_SETFL, 0);
}

static void pipes(void)
{
	struct pollfd p;
	struct timeval tv;
	struct timespec ts;
	fd_set set;
	char c[2];

	if (pipe(fds) < 0)
		return;
	TRY("read of a pipe", write_byte, read(fds[0], c, 1));
	p = (struct pollfd){fds[0], POLLIN, 0};
	TRY("poll", NULL, poll(&p, 1, 2000));
	ts = (struct timespec){2, 0};
	TRY("ppoll", NULL, ppoll(&p, 1, &ts, NULL));
	FD_ZERO(&set);
	FD_SET(fds[0], &set);
	tv = (struct timeval){2, 0};
	TRY("select", NULL, select(fds[0] + 1, &set, NULL, NULL, &tv));
	fill(fds[1]);
	TRY("write to a full pipe", read_much, write(fds[1], c, 1));
	close(fds[0]);
	close(fds[1]);
}

static void sockets(void)
{
	struct timeval tv = {2, 0};
	char c;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0)
		return;
	TRY("recv", write_byte, recv(fds[0], &c, 1, 0));
	setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	TRY("recv with a time-out", NULL, recv(fds[0], &c, 1, 0));
	close(fds[0]);
	close(fds[1]);
}

static void events(void)
{
	struct itimerspec it = {.it_value = {0, 150000000}};
	struct epoll_event e = {.events = EPOLLIN};
	int ep = epoll_create1(0);
	uint64_t n = 1;

	fds[0] = eventfd(0, 0);
	fds[1] = -1;
	epoll_ctl(ep, EPOLL_CTL_ADD, fds[0], &e);
	TRY("epoll_wait", NULL, epoll_wait(ep, &e, 1, 2000));
	begin(0, NULL);
	end("read of an eventfd", read(fds[0], &n, 8));
	close(fds[0]);
	close(ep);
	fds[0] = timerfd_create(CLOCK_MONOTONIC, 0);
	timerfd_settime(fds[0], 0, &it, NULL);
	begin(SA_RESTART, NULL);
	end("read of a timerfd, SA_RESTART", read(fds[0], &n, 8));
	close(fds[0]);
}

static void sleeps(void)
{
	struct timespec ts = {2, 0};
	sigset_t set;

	TRY("nanosleep", NULL, nanosleep(&ts, NULL));
	TRY("pause", NULL, pause());
	sigemptyset(&set);
	TRY("sigsuspend", NULL, sigsuspend(&set));
	sigaddset(&set, SIGUSR2);
	/* musl's own begins again by itself. */
	TRY("sigtimedwait", NULL,
	    syscall(SYS_rt_sigtimedwait, &set, NULL, &ts, 8));
	TRY("futex", wake_word,
	    syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0));
	TRY("futex with a time-out", NULL,
	    syscall(SYS_futex, &word, FUTEX_WAIT, 0, &ts, NULL, 0));
}

int main(void)
{
	pipes();
	sockets();
	events();
	sleeps();
	return 0;
}
