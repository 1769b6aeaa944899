/* SPDX-License-Identifier: BSD-2-Clause */
/* getrusage(): see getrusage(2). */
#include "cpu.h"
#include <sys/resource.h>
#include <sys/time.h>

/* MAKE_PROCESS_CPUCLOCK(0, CPUCLOCK_VIRT): one's own user time. */
#define USER_CLOCK ((clockid_t)(~0U << 3 | 1))

static double seconds(const struct timeval *tv)
{
	return tv->tv_sec + tv->tv_usec / 1e6;
}

static double user(const struct rusage *r)
{
	return seconds(&r->ru_utime) + seconds(&r->ru_stime);
}

static double clock_now(clockid_t clock)
{
	struct timespec ts = {0};

	t_is("clock", clock_gettime(clock, &ts) == 0);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static void faults(void)
{
	const size_t size = 4 << 20;
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (size_t i = 0; i < size; i += 4096)
		p[i] = 1;
	munmap(p, size);
}

/* Do that for a while: is most of the CPU time the program's own, or the
 * system's? Both are told by sampling: only the half counts. */
static void split(const char *what, void (*fn)(void), int who)
{
	struct rusage a, b;
	double all, system, of_clock;

	t_say("%s\n", what);
	getrusage(who, &a);
	of_clock = clock_now(USER_CLOCK);
	do {
		fn();
		getrusage(who, &b);
		all = user(&b) - user(&a);
	} while (all < 0.4);
	of_clock = clock_now(USER_CLOCK) - of_clock;
	system = seconds(&b.ru_stime) - seconds(&a.ru_stime);
	t_is("  mostly system time", system > all / 2);
	t_is("  by the clock of user time", of_clock < all / 2);
}

int main(void)
{
	struct rusage a, b, t;

	t_ret("SELF", syscall(SYS_getrusage, RUSAGE_SELF, &a));
	for (volatile int i = 0; i < 50000000; i++)
		;
	syscall(SYS_getrusage, RUSAGE_SELF, &b);
	t_is("more than before", user(&b) > user(&a));
	t_ret("THREAD", syscall(SYS_getrusage, RUSAGE_THREAD, &t));
	t_is("not more than the process", user(&t) <= user(&b) + 0.05);
	t_is("resident memory", b.ru_maxrss > 100);
	split("computes", computes, RUSAGE_SELF);
	split("computes, thread", computes, RUSAGE_THREAD);
	split("calls", calls, RUSAGE_SELF);
	split("calls, thread", calls, RUSAGE_THREAD);
	split("page faults", faults, RUSAGE_SELF);
	t_ret("CHILDREN", syscall(SYS_getrusage, RUSAGE_CHILDREN, &a));
	t_ret("no such one", syscall(SYS_getrusage, 77, &a));
	t_ret("bad pointer", syscall(SYS_getrusage, RUSAGE_SELF, T_BAD));
	return 0;
}
