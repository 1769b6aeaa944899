/* SPDX-License-Identifier: BSD-2-Clause */
/* time(): see time(2). */
#include "t.h"
#include <sys/time.h>

int main(void)
{
	long t = 0, r = syscall(SYS_time, &t);
	struct timeval tv;

	gettimeofday(&tv, NULL);
	t_is("stored what it says", r == t);
	t_is("now", tv.tv_sec - t <= 1 && tv.tv_sec >= t);
	t_is("without a place", syscall(SYS_time, NULL) >= t);
	t_ret("bad pointer", syscall(SYS_time, T_BAD));
	return 0;
}
