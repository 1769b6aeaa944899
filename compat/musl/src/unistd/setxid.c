/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __setxid: change user or group ids of the whole process (setuid(2) and
 * kin), with a switch instead of a variable system call number, which would
 * pull every handler into the image.
 *
 * On Linux ids belong to a thread, and POSIX wants them to belong to the
 * process, so musl makes each thread change its own.  The runtime keeps ids
 * in struct process: one call changes them for all.
 */
#include <unistd.h>
#include "syscall.h"
#include "libc.h"

int __setxid(int nr, int id, int eid, int sid)
{
	switch (nr) {
	case SYS_setuid:
		return syscall(SYS_setuid, id);
	case SYS_setgid:
		return syscall(SYS_setgid, id);
	case SYS_setreuid:
		return syscall(SYS_setreuid, id, eid);
	case SYS_setregid:
		return syscall(SYS_setregid, id, eid);
	case SYS_setresuid:
		return syscall(SYS_setresuid, id, eid, sid);
	case SYS_setresgid:
		return syscall(SYS_setresgid, id, eid, sid);
	}
	return __syscall_ret(-ENOSYS);
}
