/* SPDX-License-Identifier: BSD-2-Clause */
/* semget(key, nr, flags): see semget(2).  t: alone */
#include "sysv.h"

int main(void)
{
	union semun_arg arg = {0};
	int a, b;

	t_ret("not there", semget(77, 1, 0));
	t_ret("none at all", semget(77, 0, IPC_CREAT | 0600));
	t_ret("negative", semget(77, -1, IPC_CREAT | 0600));
	t_ret("too many", semget(77, 32001, IPC_CREAT | 0600));
	a = semget(77, 5, IPC_CREAT | 0640);
	t_ret("new", a);
	t_is("the same", semget(77, 5, IPC_CREAT | 0640) == a);
	t_is("fewer", semget(77, 2, 0) == a);
	t_is("none", semget(77, 0, 0) == a);
	t_ret("more", semget(77, 6, 0));
	t_ret("exclusive", semget(77, 5, IPC_CREAT | IPC_EXCL));
	b = semget(IPC_PRIVATE, 32000, 0600);
	t_ret("as many as may be", b);
	t_val("zero", semctl(b, 31999, GETVAL, arg));
	semctl(b, 0, IPC_RMID, arg);
	be_user(1000);
	t_is("a user, nothing", semget(77, 5, 0) == a);
	t_ret("reading", semget(77, 5, 0400));
	t_ret("more than there are", semget(77, 6, 0400));
	be_user(0);
	semctl(a, 0, IPC_RMID, arg);
	t_ret("gone", semget(77, 0, 0));

	t_cat("limits", "/proc/sys/kernel/sem");
	t_file("/proc/sys/kernel/sem", "10 15 500 2");
	t_cat("limits", "/proc/sys/kernel/sem");
	t_ret("11", semget(1, 11, IPC_CREAT));
	t_ret("10", semget(1, 10, IPC_CREAT));
	t_ret("6 more", semget(2, 6, IPC_CREAT));
	t_ret("5 more", semget(2, 5, IPC_CREAT));
	t_file("/proc/sys/kernel/sem", "32000 1024000000");
	t_cat("limits", "/proc/sys/kernel/sem");
	t_ret("a third", semget(3, 1, IPC_CREAT));
	semctl(semget(1, 0, 0), 0, IPC_RMID, arg);
	semctl(semget(2, 0, 0), 0, IPC_RMID, arg);
	t_file("/proc/sys/kernel/sem", "32000 1024000000 500 32000");
	return 0;
}
