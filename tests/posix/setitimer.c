/* SPDX-License-Identifier: BSD-2-Clause */
/* setitimer(which, new, old): see setitimer(2). */
#include "t.h"
#include <sys/time.h>
#include <time.h>

static volatile int caught;
static void handler(int sig)
{
	caught++;
}

int main(void)
{
	struct itimerval t = {{0, 2000}, {0, 2000}}, old;

	signal(SIGALRM, handler);
	t_ret("interval", setitimer(ITIMER_REAL, &t, &old));
	t_is("off before",
	     old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);
	while (caught < 3)
		pause();
	t.it_value.tv_usec = 0;
	t_ret("off", setitimer(ITIMER_REAL, &t, &old));
	t_val("interval was", old.it_interval.tv_usec);
	t.it_value.tv_usec = 1000000;
	t_ret("microseconds", setitimer(ITIMER_REAL, &t, NULL));
	t.it_value = (struct timeval){-1, 0};
	t_ret("negative", setitimer(ITIMER_REAL, &t, NULL));
	t_ret("which", setitimer(9, &t, NULL));
	t_ret("bad address", syscall(SYS_setitimer, ITIMER_REAL, T_BAD, NULL));
	return 0;
}
