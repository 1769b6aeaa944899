/* SPDX-License-Identifier: BSD-2-Clause */
/* process_mrelease(): see process_mrelease(2). */
#include "t.h"
#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448
#endif

int main(void)
{
	int fd = syscall(SYS_pidfd_open, getpid(), 0);

	t_ret("one that lives", syscall(SYS_process_mrelease, fd, 0));
	t_ret("flags", syscall(SYS_process_mrelease, fd, 1));
	t_ret("no pidfd", syscall(SYS_process_mrelease, 0, 0));
	t_ret("closed", syscall(SYS_process_mrelease, 99, 0));
	return 0;
}
