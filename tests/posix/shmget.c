/* SPDX-License-Identifier: BSD-2-Clause */
/* shmget(key, size, flags): see shmget(2).  t: alone */
#include "sysv.h"

int main(void)
{
	int a, b;

	t_ret("not there", shmget(77, 4096, 0));
	t_ret("no size", shmget(77, 0, IPC_CREAT | 0600));
	a = shmget(77, 5000, IPC_CREAT | 0640);
	t_ret("new", a);
	t_is("the same", shmget(77, 5000, IPC_CREAT | 0640) == a);
	t_is("smaller", shmget(77, 1, 0) == a);
	t_is("no size", shmget(77, 0, 0) == a);
	t_ret("within its last page", shmget(77, 5001, 0));
	t_ret("exclusive", shmget(77, 5000, IPC_CREAT | IPC_EXCL));
	b = shmget(IPC_PRIVATE, 1, 0600);
	t_is("private", b >= 0 && b != a);
	shmctl(b, IPC_RMID, NULL);
	be_user(1000);
	t_is("a user, nothing", shmget(77, 5000, 0) == a);
	t_ret("reading", shmget(77, 5000, 0400));
	t_ret("too large comes first", shmget(77, 6000, 0400));
	be_user(0);
	shmctl(a, IPC_RMID, NULL);
	t_ret("gone", shmget(77, 0, 0));

	t_cat("shmmni", "/proc/sys/kernel/shmmni");
	t_cat("shmmax", "/proc/sys/kernel/shmmax");
	t_cat("shmall", "/proc/sys/kernel/shmall");
	t_file("/proc/sys/kernel/shmmni", "2");
	t_file("/proc/sys/kernel/shmmax", "20000");
	t_file("/proc/sys/kernel/shmall", "6");
	t_ret("20001", shmget(1, 20001, IPC_CREAT));
	t_ret("20000", shmget(1, 20000, IPC_CREAT));
	t_ret("two pages more", shmget(2, 4097, IPC_CREAT));
	t_ret("one page more", shmget(2, 4096, IPC_CREAT));
	t_file("/proc/sys/kernel/shmall", "100");
	t_ret("a third", shmget(3, 4096, IPC_CREAT));
	shmctl(shmget(1, 0, 0), IPC_RMID, NULL);
	shmctl(shmget(2, 0, 0), IPC_RMID, NULL);
	t_file("/proc/sys/kernel/shmmni", "4096");
	t_file("/proc/sys/kernel/shmmax", "18446744073692774399");
	t_file("/proc/sys/kernel/shmall", "18446744073692774399");
	t_ret("all there could be", shmget(1, -(1UL << 24) - 1, IPC_CREAT));
	t_ret("more than that", shmget(1, -(1UL << 24), IPC_CREAT));
	t_ret("huge pages", shmget(1, 4096, IPC_CREAT | 04000));
	return 0;
}
