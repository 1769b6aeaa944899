/* SPDX-License-Identifier: BSD-2-Clause */
/* sysinfo(): see sysinfo(2). */
#include "t.h"
#include <sys/sysinfo.h>

int main(void)
{
	struct sysinfo si;

	memset(&si, 0xff, sizeof(si));
	t_ret("sysinfo", syscall(SYS_sysinfo, &si));
	t_is("memory",
	     si.totalram > 0 && si.freeram > 0 && si.freeram < si.totalram);
	t_is("a unit", si.mem_unit >= 1);
	t_is("processes", si.procs >= 1);
	t_is("up", si.uptime < 1000000000);
	t_ret("bad pointer", syscall(SYS_sysinfo, T_BAD));
	return 0;
}
