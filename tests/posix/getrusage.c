/* SPDX-License-Identifier: BSD-2-Clause */
/* getrusage(): see getrusage(2). */
#include "t.h"
#include <sys/resource.h>
#include <sys/time.h>

static double user(const struct rusage *r)
{
	return r->ru_utime.tv_sec + r->ru_utime.tv_usec / 1e6 +
	       r->ru_stime.tv_sec + r->ru_stime.tv_usec / 1e6;
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
	t_ret("CHILDREN", syscall(SYS_getrusage, RUSAGE_CHILDREN, &a));
	t_ret("no such one", syscall(SYS_getrusage, 77, &a));
	t_ret("bad pointer", syscall(SYS_getrusage, RUSAGE_SELF, T_BAD));
	return 0;
}
