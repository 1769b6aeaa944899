/* SPDX-License-Identifier: BSD-2-Clause */
/* msgsnd(id, msg, size, flags): see msgop(2).  t: alone */
#include "sysv.h"
#include <pthread.h>

static struct {
	long type;
	char text[20000];
} m = {1, "text"};
static int id;
static volatile int state;

static void *sender(void *arg)
{
	long ret = msgsnd(id, &m, 8000, 0);

	state = ret < 0 ? errno : 1;
	return NULL;
}

int main(void)
{
	struct msqid_ds d;
	pthread_t th;

	id = msgget(IPC_PRIVATE, 0600);
	t_ret("send", msgsnd(id, &m, 5, 0));
	t_ret("nothing", msgsnd(id, &m, 0, 0));
	t_ret("longest", msgsnd(id, &m, 8192, 0));
	t_ret("too long", msgsnd(id, &m, 8193, 0));
	t_ret("negative", msgsnd(id, &m, -1, 0));
	m.type = 0;
	t_ret("type 0", msgsnd(id, &m, 5, 0));
	m.type = -5;
	t_ret("type -5", msgsnd(id, &m, 5, 0));
	m.type = 1;
	t_ret("bad pointer", msgsnd(id, T_BAD, 5, 0));
	t_ret("it comes first", msgsnd(-1, T_BAD, 5, 0));
	t_ret("negative id", msgsnd(-1, &m, 5, 0));
	t_ret("no such id", msgsnd(12345678, &m, 5, 0));
	t_ret("up to the limit", msgsnd(id, &m, 16384 - 8192 - 5, 0));
	t_ret("full", msgsnd(id, &m, 1, IPC_NOWAIT));
	t_ret("nothing still fits", msgsnd(id, &m, 0, IPC_NOWAIT));

	pthread_create(&th, NULL, sender, NULL);
	usleep(100000);
	t_val("waits", state);
	t_val("room, but not enough", msgrcv(id, &m, 20000, 0, 0));
	usleep(50000);
	t_val("still waits", state);
	t_val("none", msgrcv(id, &m, 20000, 0, 0));
	t_val("enough", msgrcv(id, &m, 20000, 0, 0));
	pthread_join(th, NULL);
	t_val("sent", state);

	msgsnd(id, &m, 192, 0);
	msgctl(id, IPC_STAT, &d);
	t_say("%lu bytes in %lu\n", (unsigned long)d.__msg_cbytes,
	      (unsigned long)d.msg_qnum);
	t_catch(SIGUSR1, SA_RESTART);
	th = t_interrupt_soon();
	t_ret("never restarted", msgsnd(id, &m, 8000, 0));
	pthread_join(th, NULL);

	state = 0;
	pthread_create(&th, NULL, sender, NULL);
	usleep(100000);
	d.msg_qbytes = 100;
	t_ret("a smaller queue", msgctl(id, IPC_SET, &d));
	t_ret("remove", msgctl(id, IPC_RMID, NULL));
	pthread_join(th, NULL);
	t_str("the sender is told", t_errno_name(state));

	/* As many as there are bytes, even if they are empty. */
	id = msgget(IPC_PRIVATE, 0222);
	d.msg_qbytes = 3;
	d.msg_perm.mode = 0222;
	msgctl(id, IPC_SET, &d);
	for (int i = 0; i < 4; i++)
		t_ret("empty", msgsnd(id, &m, 0, IPC_NOWAIT));
	be_user(1000);
	d.msg_qbytes = 100;
	t_ret("may write", msgsnd(id, &m, 0, IPC_NOWAIT));
	t_ret("may not read", msgrcv(id, &m, 10, 0, IPC_NOWAIT));
	be_user(0);
	d.msg_perm.mode = 0444;
	msgctl(id, IPC_SET, &d);
	be_user(1000);
	t_ret("may not write", msgsnd(id, &m, 0, IPC_NOWAIT));
	t_ret("may read", msgrcv(id, &m, 10, 0, IPC_NOWAIT));
	be_user(0);
	msgctl(id, IPC_RMID, NULL);

	t_file("/proc/sys/kernel/msgmax", "20000");
	t_file("/proc/sys/kernel/msgmnb", "40000");
	id = msgget(IPC_PRIVATE, 0600);
	for (int i = 0; i < 20000; i++)
		m.text[i] = i * 7 + i / 4096;
	t_ret("20000 bytes", msgsnd(id, &m, 20000, 0));
	memset(m.text, 0, 20000);
	t_val("received", msgrcv(id, &m, 20000, 0, 0));
	for (int i = 0; i < 20000; i++)
		if (m.text[i] != (char)(i * 7 + i / 4096)) {
			t_val("differs at", i);
			break;
		}
	msgctl(id, IPC_RMID, NULL);
	t_file("/proc/sys/kernel/msgmax", "8192");
	t_file("/proc/sys/kernel/msgmnb", "16384");
	return 0;
}
