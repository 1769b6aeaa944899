/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What happens to timers and sleepers when CLOCK_REALTIME is set: see
 * clock_settime(2), timer_settime(2), timerfd_create(2), clock_nanosleep(2).
 * Prints facts, for run to compare.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SIG	SIGRTMIN
#define CANCEL	(1 << 1) /* TFD_TIMER_CANCEL_ON_SET: musl's header is older */
#define HAPPENS 5.0	 /* s to wait for what is to happen now */
#define NOT	0.2	 /* and for what is not to */

static double at(int clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static struct timespec spec(double s)
{
	struct timespec ts = {(time_t)s, (long)((s - (time_t)s) * 1e9)};

	return ts;
}

/* Move the wall clock by so many seconds. */
static void move(double by)
{
	struct timespec ts = spec(at(CLOCK_REALTIME) + by);

	if (clock_settime(CLOCK_REALTIME, &ts) < 0)
		printf("clock_settime: %s\n", strerror(errno));
}

static void is(const char *what, int yes)
{
	printf("%s: %s\n", what, yes ? "yes" : "no");
	fflush(stdout);
}

static int near(double a, double b)
{
	return a > b - 1.5 && a < b + 1.5;
}

static void error(const char *what, int clock, double s)
{
	struct timespec ts = spec(s);
	int r = syscall(SYS_clock_settime, clock, &ts);

	printf("%s: %s\n", what, r ? strerror(errno) : "done");
}

static void reading(void)
{
	double real = at(CLOCK_REALTIME), mono = at(CLOCK_MONOTONIC);
	struct timeval tv;

	move(1000);
	is("1000 s later", near(at(CLOCK_REALTIME), real + 1000));
	is("monotonic time stays", near(at(CLOCK_MONOTONIC), mono));
	move(-1000);
	gettimeofday(&tv, NULL);
	is("and back", near(tv.tv_sec, real));
	tv.tv_sec += 500;
	settimeofday(&tv, NULL);
	is("settimeofday", near(time(NULL), real + 500));
	move(-500);
	error("1970", CLOCK_REALTIME, 0);
	error("before this machine's start", CLOCK_REALTIME, mono / 2);
	error("the year 2600", CLOCK_REALTIME, 19880000000.0);
	error("MONOTONIC", CLOCK_MONOTONIC, real);
	error("TAI", CLOCK_TAI, real);
	error("process CPU time", CLOCK_PROCESS_CPUTIME_ID, 1);
	error("process CPU time by its number", (int)(~0u << 3 | 2), 1);
	error("thread CPU time by its number", (int)(~0u << 3 | 6), 1);
	is("still now", near(at(CLOCK_REALTIME), real));
}

/* ---- POSIX timers */

static timer_t timer;

static void start(int clock, int flags, double value, double interval)
{
	struct sigevent ev = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIG};
	struct itimerspec it = {.it_value = spec(value),
				.it_interval = spec(interval)};

	timer_create(clock, &ev, &timer);
	timer_settime(timer, flags, &it, NULL);
}

static double left(void)
{
	struct itimerspec it;

	timer_gettime(timer, &it);
	return it.it_value.tv_sec + it.it_value.tv_nsec / 1e9;
}

/* Its signal within so many seconds, or 0. */
static int comes(double within)
{
	struct timespec ts = spec(within);
	sigset_t set;
	siginfo_t si;

	sigemptyset(&set);
	sigaddset(&set, SIG);
	if (sigtimedwait(&set, &si, &ts) != SIG)
		return 0;
	if (si.si_overrun)
		printf("overrun %d\n", si.si_overrun);
	return 1;
}

static void posix_timers(void)
{
	double now = at(CLOCK_REALTIME);

	start(CLOCK_REALTIME, TIMER_ABSTIME, now + 100, 0);
	move(101);
	is("timer: its time is over", comes(HAPPENS));
	timer_delete(timer);
	move(-101);

	start(CLOCK_REALTIME, TIMER_ABSTIME, at(CLOCK_REALTIME) + 0.1, 0);
	move(-100);
	is("timer: its time is far again", !comes(NOT));
	is("timer: what is left", near(left(), 100));
	move(100);
	is("timer: its time is over after all", comes(HAPPENS));
	is("timer: nothing left", left() == 0);
	timer_delete(timer);

	start(CLOCK_REALTIME, 0, 100, 0);
	move(101);
	is("span: not shorter", !comes(NOT));
	is("span: what is left", near(left(), 100));
	move(-101);
	timer_delete(timer);
	start(CLOCK_REALTIME, 0, 0.1, 0);
	move(-100);
	is("span: not longer", comes(HAPPENS));
	move(100);
	timer_delete(timer);

	start(CLOCK_REALTIME, TIMER_ABSTIME, at(CLOCK_REALTIME) + 100, 10);
	move(135);
	is("periods: several at once", comes(HAPPENS));
	is("periods: to the next", near(left(), 5));
	move(-135);
	is("periods: none meanwhile", !comes(NOT));
	is("periods: the next is far again", near(left(), 140));
	timer_delete(timer);

	start(CLOCK_MONOTONIC, TIMER_ABSTIME, at(CLOCK_MONOTONIC) + 100, 0);
	move(101);
	is("monotonic: not concerned", !comes(NOT));
	move(-101);
	timer_delete(timer);
}

/* ---- timerfd */

static int fd;

static int set_fd(int flags, double value)
{
	struct itimerspec it = {.it_value = spec(value)};

	return timerfd_settime(fd, flags, &it, NULL);
}

static int readable(double within)
{
	struct pollfd p = {fd, POLLIN, 0};

	return poll(&p, 1, (int)(within * 1000)) == 1;
}

static void show_read(const char *what)
{
	uint64_t n = 0;
	long r = read(fd, &n, sizeof(n));

	if (r < 0)
		printf("%s: %s\n", what, strerror(errno));
	else
		printf("%s: %ld bytes, %ld\n", what, r, (long)n);
}

static double fd_left(void)
{
	struct itimerspec it;

	timerfd_gettime(fd, &it);
	return it.it_value.tv_sec + it.it_value.tv_nsec / 1e9;
}

static void timer_files(void)
{
	fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK);
	set_fd(TFD_TIMER_ABSTIME, at(CLOCK_REALTIME) + 100);
	move(101);
	is("timerfd: its time is over", readable(HAPPENS));
	show_read("read");
	move(-101);
	set_fd(TFD_TIMER_ABSTIME, at(CLOCK_REALTIME) + 0.1);
	move(-100);
	is("timerfd: its time is far again", !readable(NOT));
	is("timerfd: what is left", near(fd_left(), 100));
	move(100);
	is("timerfd: over after all", readable(HAPPENS));
	set_fd(0, 100);
	move(101);
	is("timerfd: a span stays", !readable(NOT));
	is("timerfd: what is left", near(fd_left(), 100));
	move(-101);
	set_fd(CANCEL, 100);
	move(1);
	is("timerfd: no cancelling of a span", !readable(NOT));
	move(-1);

	set_fd(TFD_TIMER_ABSTIME | CANCEL, at(CLOCK_REALTIME) + 1000);
	show_read("cancel: nothing yet");
	move(10);
	is("cancel: readable", readable(HAPPENS));
	show_read("cancel: read");
	show_read("cancel: once");
	move(-10);
	is("cancel: again", readable(HAPPENS));
	is("cancel: setting it says so",
	   set_fd(TFD_TIMER_ABSTIME | CANCEL, at(CLOCK_REALTIME) + 1000) ==
			   -1 &&
		   errno == ECANCELED);
	is("cancel: it was set", near(fd_left(), 1000));
	show_read("cancel: said");
	move(10);
	is("cancel: forgotten by a span", set_fd(0, 1000) == 0);
	show_read("cancel: forgotten");
	move(-10);
	close(fd);
	fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	set_fd(TFD_TIMER_ABSTIME | CANCEL, at(CLOCK_MONOTONIC) + 1000);
	move(10);
	is("cancel: not on the monotonic clock", !readable(NOT));
	move(-10);
	close(fd);
}

/* ---- sleepers */

static volatile int done;
static volatile double target;

static void *sleep_to(void *arg)
{
	struct timespec ts = spec(target);
	int err;

	do {
		err = clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &ts, NULL);
	} while (err == EINTR);
	done = 1;
	return NULL;
}

static void *futex_to(void *arg)
{
	struct timespec ts = spec(target);
	int word = 0;

	syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0,
		&ts, NULL, ~0);
	done = 1;
	return NULL;
}

static void *read_fd(void *arg)
{
	show_read(arg);
	done = 1;
	return NULL;
}

static pthread_t thread;

static void begin(void *(*fn)(void *), void *arg)
{
	done = 0;
	pthread_create(&thread, NULL, fn, arg);
	usleep(100000);
}

static int ends(double within)
{
	double from = at(CLOCK_MONOTONIC);

	while (!done && at(CLOCK_MONOTONIC) < from + within)
		usleep(5000);
	return done;
}

static void sleepers(const char *name, void *(*fn)(void *))
{
	printf("%s\n", name);
	target = at(CLOCK_REALTIME) + 100;
	begin(fn, NULL);
	is("it sleeps", !ends(NOT));
	move(101);
	is("its time is over", ends(HAPPENS));
	pthread_join(thread, NULL);
	move(-101);
	target = at(CLOCK_REALTIME) + 0.4;
	begin(fn, NULL);
	move(-100);
	is("its time is far again", !ends(0.7));
	move(100);
	is("over after all", ends(HAPPENS));
	pthread_join(thread, NULL);
}

static void blocked_read(void)
{
	fd = timerfd_create(CLOCK_REALTIME, 0);
	set_fd(TFD_TIMER_ABSTIME, at(CLOCK_REALTIME) + 100);
	begin(read_fd, "a read that waits");
	move(101);
	is("ends", ends(HAPPENS));
	pthread_join(thread, NULL);
	move(-101);
	set_fd(TFD_TIMER_ABSTIME | CANCEL, at(CLOCK_REALTIME) + 100);
	begin(read_fd, "a read that is cancelled");
	move(1);
	is("ends", ends(HAPPENS));
	pthread_join(thread, NULL);
	move(-1);
	close(fd);
}

static void spans(void)
{
	struct itimerval it = {.it_value = {100, 0}};
	struct timespec ts = {0, 300000000};
	double from;

	setitimer(ITIMER_REAL, &it, NULL);
	move(1000);
	getitimer(ITIMER_REAL, &it);
	is("ITIMER_REAL stays", near(it.it_value.tv_sec, 100));
	move(-1000);
	alarm(0);
	from = at(CLOCK_MONOTONIC);
	move(-50);
	clock_nanosleep(CLOCK_REALTIME, 0, &ts, NULL);
	is("a span of sleep stays", at(CLOCK_MONOTONIC) - from < HAPPENS);
	move(50);
}

int main(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIG);
	sigprocmask(SIG_BLOCK, &set, NULL);
	reading();
	posix_timers();
	timer_files();
	blocked_read();
	spans();
	sleepers("clock_nanosleep", sleep_to);
	sleepers("futex", futex_to);
	return 0;
}
