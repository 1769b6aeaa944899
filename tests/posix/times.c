/* SPDX-License-Identifier: BSD-2-Clause */
/* times(): see times(2). */
#include "t.h"
#include <sys/times.h>

int main(void)
{
	static char buf[1 << 20];
	int fd = open("/dev/zero", O_RDONLY);
	struct tms a, b;
	long from = syscall(SYS_times, &a), to;

	/* 100 ticks a second. */
	usleep(300000);
	to = syscall(SYS_times, &b);
	t_is("ticks passed", to - from >= 29 && to - from < 1000);
	t_is("no CPU time asleep",
	     b.tms_utime + b.tms_stime - (a.tms_utime + a.tms_stime) <= 20);
	for (volatile int i = 0; i < 100000000; i++)
		;
	syscall(SYS_times, &b);
	t_is("CPU time busy", b.tms_utime > a.tms_utime);
	do {
		read(fd, buf, sizeof(buf));
		syscall(SYS_times, &a);
	} while (a.tms_utime + a.tms_stime - b.tms_utime - b.tms_stime < 40);
	t_is("CPU time in calls", a.tms_stime - b.tms_stime > 20);
	t_val("of children", b.tms_cutime + b.tms_cstime);
	t_is("without a place", syscall(SYS_times, NULL) >= to);
	t_ret("bad pointer", syscall(SYS_times, T_BAD));
	return 0;
}
