/* SPDX-License-Identifier: BSD-2-Clause */
/* gettimeofday(): see gettimeofday(2). */
#include "t.h"
#include <sys/time.h>
#include <time.h>

int main(void)
{
	struct timeval tv = {0, -1};
	struct {
		int west, dst;
	} tz = {9, 9};
	long s;

	t_ret("both", syscall(SYS_gettimeofday, &tv, &tz));
	t_is("in range", tv.tv_usec >= 0 && tv.tv_usec < 1000000);
	s = time(NULL);
	t_is("as time()", s - tv.tv_sec <= 1 && s >= tv.tv_sec);
	t_say("zone %d %d\n", tz.west, tz.dst);
	t_ret("neither", syscall(SYS_gettimeofday, NULL, NULL));
	t_ret("bad pointer", syscall(SYS_gettimeofday, T_BAD, NULL));
	t_ret("bad zone", syscall(SYS_gettimeofday, NULL, T_BAD));
	return 0;
}
