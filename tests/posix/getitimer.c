/* SPDX-License-Identifier: BSD-2-Clause */
/* getitimer(which, value): see getitimer(2). */
#include "t.h"
#include <sys/time.h>

int main(void)
{
	struct itimerval t = {{3, 0}, {100, 0}}, now;

	signal(SIGALRM, SIG_IGN);
	t_ret("off", getitimer(ITIMER_REAL, &now));
	t_val("seconds", now.it_value.tv_sec);
	setitimer(ITIMER_REAL, &t, NULL);
	t_ret("on", getitimer(ITIMER_REAL, &now));
	t_is("almost all is left",
	     now.it_value.tv_sec == 99 || now.it_value.tv_sec == 100);
	t_val("interval", now.it_interval.tv_sec);
	t_ret("which", getitimer(9, &now));
	t_ret("bad address", syscall(SYS_getitimer, ITIMER_REAL, T_BAD));
	return 0;
}
