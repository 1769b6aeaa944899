/* SPDX-License-Identifier: BSD-2-Clause */
/* waitid(): see waitid(2), without children. */
#include "t.h"
#include <sys/wait.h>

static long w(int type, int id, int options)
{
	siginfo_t info;

	return syscall(SYS_waitid, type, id, &info, options, NULL);
}

int main(void)
{
	t_ret("all", w(P_ALL, 0, WEXITED));
	t_ret("all, not waiting", w(P_ALL, 0, WEXITED | WNOHANG));
	t_ret("one", w(P_PID, 4194303, WEXITED));
	t_ret("group", w(P_PGID, 4194303, WSTOPPED));
	t_ret("pid 0", w(P_PID, 0, WEXITED));
	t_ret("no event", w(P_ALL, 0, 0));
	t_ret("no such option", w(P_ALL, 0, WEXITED | 0x100));
	t_ret("no such type", w(77, 0, WEXITED));
	t_ret("bad descriptor", w(3, 999, WEXITED));
	return 0;
}
