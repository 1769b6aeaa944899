/* SPDX-License-Identifier: BSD-2-Clause */
/* msgget(key, flags): see msgget(2).  t: alone */
#include "sysv.h"

int main(void)
{
	int a, b, c;

	t_ret("not there", msgget(77, 0));
	a = msgget(77, IPC_CREAT | 0640);
	t_ret("new", a);
	b = msgget(77, IPC_CREAT | 0600);
	t_is("the same", a == b);
	t_ret("exclusive", msgget(77, IPC_CREAT | IPC_EXCL | 0600));
	t_is("without flags", msgget(77, 0) == a);
	t_is("IPC_EXCL alone", msgget(77, IPC_EXCL) == a);
	b = msgget(IPC_PRIVATE, 0600);
	c = msgget(IPC_PRIVATE, 0);
	t_is("private ones differ", b >= 0 && c >= 0 && b != c && b != a);
	be_user(1000);
	t_ret("a user, nothing", msgget(77, 0));
	t_ret("reading", msgget(77, 0400));
	t_ret("writing", msgget(77, 0200));
	t_ret("others' bits are asked as well", msgget(77, 04));
	be_user(0);
	t_ret("remove", msgctl(a, IPC_RMID, NULL));
	t_ret("removed", msgget(77, 0));
	t_ret("remove twice", msgctl(a, IPC_RMID, NULL));
	a = msgget(77, IPC_CREAT | 0600);
	t_is("another id", a >= 0 && a != b && a != c);
	msgctl(a, IPC_RMID, NULL);
	msgctl(b, IPC_RMID, NULL);
	msgctl(c, IPC_RMID, NULL);

	/* The limit. */
	t_file("/proc/sys/kernel/msgmni", "3");
	for (int i = 0; i < 5; i++)
		t_ret("one of three", msgget(100 + i, IPC_CREAT | 0600));
	for (int i = 0; i < 3; i++)
		msgctl(msgget(100 + i, 0), IPC_RMID, NULL);
	t_file("/proc/sys/kernel/msgmni", "32000");
	return 0;
}
