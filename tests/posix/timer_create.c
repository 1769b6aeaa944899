/* SPDX-License-Identifier: BSD-2-Clause */
/* timer_create(): see timer_create(2). The kernel's ids are ints. */
#include "t.h"
#include <pthread.h>
#include <time.h>

static volatile int seen, value, code, who;

static void on_signal(int sig, siginfo_t *si, void *uc)
{
	seen = sig;
	value = si->si_value.sival_int;
	code = si->si_code;
	who = syscall(SYS_gettid);
}

static long create(int clock, struct sigevent *ev, int *id)
{
	return syscall(SYS_timer_create, clock, ev, id);
}

/* Let it expire once. */
static void fire(const char *name, int clock, struct sigevent *ev)
{
	struct itimerspec it = {{0, 0}, {0, 1000000}};
	int id = -1;

	seen = 0;
	t_ret(name, create(clock, ev, &id));
	t_is("  an id", id >= 0);
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	while (!seen)
		;
	t_val("  signal", seen);
	t_is("  by a timer", code == SI_TIMER);
	if (ev)
		t_val("  value", value);
	else
		t_is("  value is the id", value == id);
	t_ret("  delete", syscall(SYS_timer_delete, id));
}

static int waiter;

static void *wait_here(void *arg)
{
	waiter = syscall(SYS_gettid);
	while (seen != 99)
		usleep(1000);
	return NULL;
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_signal,
			       .sa_flags = SA_SIGINFO};
	struct sigevent ev = {.sigev_notify = SIGEV_SIGNAL,
			      .sigev_signo = SIGUSR1};
	pthread_t t;
	int id;

	sigaction(SIGALRM, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	sigaction(40, &sa, NULL);
	ev.sigev_value.sival_int = 321;
	fire("REALTIME, default", CLOCK_REALTIME, NULL);
	fire("MONOTONIC", CLOCK_MONOTONIC, &ev);
	fire("BOOTTIME", CLOCK_BOOTTIME, &ev);
	ev.sigev_signo = 40;
	fire("process CPU", CLOCK_PROCESS_CPUTIME_ID, &ev);
	fire("thread CPU", CLOCK_THREAD_CPUTIME_ID, &ev);

	pthread_create(&t, NULL, wait_here, NULL);
	while (!waiter)
		usleep(1000);
	ev.sigev_notify = SIGEV_THREAD_ID;
	((int *)&ev)[4] = waiter; /* sigev_notify_thread_id */
	fire("to a thread", CLOCK_MONOTONIC, &ev);
	t_is("  it was that one", who == waiter);
	seen = 99;
	pthread_join(t, NULL);

	ev.sigev_notify = SIGEV_NONE;
	t_ret("no signal", create(CLOCK_MONOTONIC, &ev, &id));
	ev.sigev_notify = 77;
	t_ret("no such way", create(CLOCK_MONOTONIC, &ev, &id));
	ev.sigev_notify = SIGEV_SIGNAL;
	ev.sigev_signo = 65;
	t_ret("no such signal", create(CLOCK_MONOTONIC, &ev, &id));
	t_ret("no such clock", create(77, NULL, &id));
	t_ret("bad event", create(CLOCK_MONOTONIC, T_BAD, &id));
	t_ret("bad id", create(CLOCK_MONOTONIC, NULL, T_BAD));
	return 0;
}
