/* SPDX-License-Identifier: BSD-2-Clause */
/* wait4(): see wait4(2), without children. */
#include "t.h"
#include <sys/wait.h>
#include <limits.h>

int main(void)
{
	int st;

	t_ret("any", syscall(SYS_wait4, -1, &st, 0, NULL));
	t_ret("any, not waiting", syscall(SYS_wait4, -1, &st, WNOHANG, NULL));
	t_ret("mine", syscall(SYS_wait4, getpid(), &st, 0, NULL));
	t_ret("the group", syscall(SYS_wait4, 0, NULL, WUNTRACED, NULL));
	t_ret("no such option", syscall(SYS_wait4, -1, &st, 0x100, NULL));
	t_ret("INT_MIN", syscall(SYS_wait4, INT_MIN, &st, 0, NULL));
	return 0;
}
