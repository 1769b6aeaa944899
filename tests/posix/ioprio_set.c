/* SPDX-License-Identifier: BSD-2-Clause */
/* ioprio_set(): see ioprio_set(2). t: alone */
#include "t.h"
#include <linux/ioprio.h>

#define V IOPRIO_PRIO_VALUE

static void try(const char *what, int which, int who, int prio)
{
	t_ret(what, syscall(SYS_ioprio_set, which, who, prio));
	t_say("  is now %lx\n", syscall(SYS_ioprio_get, 1, 0));
}

int main(void)
{
	try("best effort", IOPRIO_WHO_PROCESS, 0, V(IOPRIO_CLASS_BE, 3));
	try("by number", IOPRIO_WHO_PROCESS, getpid(), V(IOPRIO_CLASS_BE, 7));
	try("idle", IOPRIO_WHO_PROCESS, 0, V(IOPRIO_CLASS_IDLE, 0));
	try("real-time", IOPRIO_WHO_PROCESS, 0, V(IOPRIO_CLASS_RT, 2));
	try("none, with a level", IOPRIO_WHO_PROCESS, 0, V(0, 4));
	try("unknown class", IOPRIO_WHO_PROCESS, 0, V(5, 0));
	try("unknown kind", 9, 0, V(IOPRIO_CLASS_BE, 3));
	try("nobody", IOPRIO_WHO_PROCESS, 4194303, V(IOPRIO_CLASS_BE, 3));
	try("none", IOPRIO_WHO_PROCESS, 0, 0);
	setresuid(65534, 65534, 65534);
	try("real-time, unprivileged", IOPRIO_WHO_PROCESS, 0,
	    V(IOPRIO_CLASS_RT, 2));
	try("best effort, unprivileged", IOPRIO_WHO_PROCESS, 0,
	    V(IOPRIO_CLASS_BE, 5));
	return 0;
}
