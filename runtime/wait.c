/* SPDX-License-Identifier: BSD-2-Clause */
/* wait4(2) and waitid(2) where no process has a child. */
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/wait.h>

long sys_wait4(int pid, int *ustatus, int options, void *uru)
{
	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED | (int)__WNOTHREAD |
			(int)__WCLONE | (int)__WALL))
		return -EINVAL;
	return pid == INT_MIN ? -ESRCH : -ECHILD;
}

long sys_waitid(int type, int id, void *uinfo, int options, void *uru)
{
	if (options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED |
			(int)__WNOTHREAD | (int)__WCLONE | (int)__WALL))
		return -EINVAL;
	if (!(options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	switch (type) {
	case P_ALL:
		return -ECHILD;
	case P_PID:
		return id <= 0 ? -EINVAL : -ECHILD;
	case P_PGID:
		return id < 0 ? -EINVAL : -ECHILD;
	case P_PIDFD:
		return id < 0 ? -EINVAL : -EBADF;
	default:
		return -EINVAL;
	}
}
