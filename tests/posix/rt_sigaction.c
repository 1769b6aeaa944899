/* SPDX-License-Identifier: BSD-2-Clause */
/* rt_sigaction(): see sigaction(2). */
#include "t.h"
#include <sys/time.h>

static volatile int seen, depth, deepest, masked;
static volatile long sum;

static void on_usr(int sig)
{
	sigset_t set;

	seen++;
	depth++;
	if (depth > deepest)
		deepest = depth;
	sigprocmask(SIG_BLOCK, NULL, &set);
	masked = sigismember(&set, SIGUSR1) + 2 * sigismember(&set, SIGUSR2);
	if (seen == 1)
		raise(SIGUSR1);
	depth--;
}

static void info(int sig, siginfo_t *si, void *p)
{
	ucontext_t *uc = p;

	sum = sig + si->si_signo;
	t_is("a stack pointer in the context",
	     (uintptr_t)uc->uc_mcontext.gregs[REG_RSP] >
		     (uintptr_t)&uc - 100000);
}

/* All registers survive a handler, vector registers too. */
static volatile int ticks;
static void on_alarm(int sig)
{
	volatile double d = ticks;

	ticks++;
	d = d * 3.5 + 1;
}

static void registers(void)
{
	struct itimerval it = {{0, 500}, {0, 500}};
	double a = 1, b = 1;
	unsigned long x = 1, y = 1;

	signal(SIGALRM, on_alarm);
	setitimer(ITIMER_REAL, &it, NULL);
	for (int i = 0; ticks < 20 && i < 2000000000; i++) {
		a = a * 1.000001 + 0.25;
		b = b * 1.000001 + 0.25;
		x = x * 6364136223846793005UL + 1;
		y = y * 6364136223846793005UL + 1;
		__asm__ volatile("" : "+x"(a), "+x"(b), "+r"(x), "+r"(y));
	}
	memset(&it, 0, sizeof(it));
	setitimer(ITIMER_REAL, &it, NULL);
	t_is("registers survive", a == b && x == y && ticks >= 20);
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_usr}, old;
	struct {
		void *h;
		unsigned long f;
		void *r;
		unsigned long m;
	} k;
	int fds[2];
	char c;

	sigaddset(&sa.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	t_val("ran twice", seen);
	t_val("not inside itself", deepest);
	t_val("mask inside", masked);
	sigaction(SIGUSR1, NULL, &old);
	t_is("handler read back", old.sa_handler == on_usr);
	t_val("mask read back", sigismember(&old.sa_mask, SIGUSR2));

	seen = deepest = 0;
	sa.sa_flags = SA_NODEFER;
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	t_val("NODEFER: inside itself", deepest);

	seen = 1;
	sa.sa_flags = SA_RESETHAND;
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &old);
	t_is("RESETHAND", old.sa_handler == SIG_DFL);

	sa.sa_flags = SA_SIGINFO;
	sa.sa_sigaction = info;
	sigaction(SIGUSR2, &sa, NULL);
	raise(SIGUSR2);
	t_val("SIGINFO", sum);

	/* A read that waits, with and without SA_RESTART. */
	if (pipe(fds) < 0)
		return 1;
	sa.sa_handler = on_alarm;
	sa.sa_flags = 0;
	sigaction(SIGALRM, &sa, NULL);
	ualarm(10000, 10000);
	t_ret("interrupted read", read(fds[0], &c, 1));
	registers();

	/* Ignoring discards what is pending. */
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	signal(SIGUSR1, SIG_IGN);
	sigpending(&set);
	t_val("pending after SIG_IGN", sigismember(&set, SIGUSR1));

	memset(&k, 0, sizeof(k));
	t_ret("SIGKILL", syscall(SYS_rt_sigaction, SIGKILL, &k, NULL, 8));
	t_ret("SIGKILL, read", syscall(SYS_rt_sigaction, SIGKILL, NULL, &k, 8));
	t_ret("SIGSTOP", syscall(SYS_rt_sigaction, SIGSTOP, &k, NULL, 8));
	t_ret("no such signal", syscall(SYS_rt_sigaction, 65, NULL, &k, 8));
	t_ret("signal 0", syscall(SYS_rt_sigaction, 0, NULL, &k, 8));
	t_ret("wrong size", syscall(SYS_rt_sigaction, SIGUSR1, NULL, &k, 4));
	t_ret("bad new", syscall(SYS_rt_sigaction, SIGUSR1, T_BAD, NULL, 8));
	t_ret("bad old", syscall(SYS_rt_sigaction, SIGUSR1, NULL, T_BAD, 8));
	return 0;
}
