/* SPDX-License-Identifier: BSD-2-Clause */
/* msgctl(id, cmd, buf): see msgctl(2).  t: alone */
#include "sysv.h"

static void show(const char *what, const struct msqid_ds *d)
{
	t_say("%s: key %x, %u:%u by %u:%u, mode %o, %lu bytes in %lu of %lu\n",
	      what, (unsigned int)d->msg_perm.__key, d->msg_perm.uid,
	      d->msg_perm.gid, d->msg_perm.cuid, d->msg_perm.cgid,
	      d->msg_perm.mode, (unsigned long)d->__msg_cbytes,
	      (unsigned long)d->msg_qnum, (unsigned long)d->msg_qbytes);
	t_say("  stime %d rtime %d ctime %d lspid %d lrpid %d\n",
	      d->msg_stime ? now_or_so(d->msg_stime) : 7,
	      d->msg_rtime ? now_or_so(d->msg_rtime) : 7,
	      now_or_so(d->msg_ctime),
	      d->msg_lspid ? d->msg_lspid == getpid() : 7,
	      d->msg_lrpid ? d->msg_lrpid == getpid() : 7);
}

int main(void)
{
	int id = msgget(0x4711, IPC_CREAT | 0644), n, at = -1;
	struct {
		long type;
		char text[100];
	} m = {3, "text"};
	struct msqid_ds d, e;
	struct msginfo mi;

	t_ret("stat", msgctl(id, IPC_STAT, &d));
	show("new", &d);
	msgsnd(id, &m, 10, 0);
	msgsnd(id, &m, 20, 0);
	msgctl(id, IPC_STAT, &d);
	show("two", &d);
	msgrcv(id, &m, 100, 0, 0);
	msgctl(id, IPC_STAT, &d);
	show("one", &d);

	n = msgctl(0, MSG_INFO, (struct msqid_ds *)&mi);
	t_ret("MSG_INFO", n);
	t_say("%d queues, %d messages, %d bytes\n", mi.msgpool, mi.msgmap,
	      mi.msgtql);
	t_is("the same index",
	     msgctl(0, IPC_INFO, (struct msqid_ds *)&mi) == n);
	t_say("limits: %d %d %d %d %d %d %d %d\n", mi.msgpool, mi.msgmap,
	      mi.msgmax, mi.msgmnb, mi.msgmni, mi.msgssz, mi.msgtql, mi.msgseg);
	for (int i = 0; i <= n; i++)
		if (msgctl(i, MSG_STAT, &e) == id)
			at = i;
	t_is("found by index", at >= 0);
	show("the same", &e);
	t_ret("MSG_STAT of nothing", msgctl(n + 5, MSG_STAT, &e));
	t_sysvipc("/proc/sysvipc/msg", "kxpcqxxugUG");

	d.msg_perm.mode = 0170400;
	d.msg_perm.uid = 1000;
	d.msg_perm.gid = 1001;
	d.msg_perm.cuid = 5;
	d.msg_qbytes = 100;
	t_ret("set", msgctl(id, IPC_SET, &d));
	msgctl(id, IPC_STAT, &d);
	show("set", &d);
	d.msg_perm.uid = -1;
	t_ret("no user", msgctl(id, IPC_SET, &d));
	d.msg_perm.uid = 1000;

	t_ret("bad buffer", msgctl(id, IPC_STAT, T_BAD));
	t_ret("bad buffer for set", msgctl(id, IPC_SET, T_BAD));
	t_ret("it comes first", msgctl(12345678, IPC_SET, T_BAD));
	t_ret("bad id", msgctl(12345678, IPC_STAT, &d));
	t_ret("negative", msgctl(-1, IPC_STAT, &d));
	t_ret("bad command", msgctl(id, 77, &d));
	t_ret("negative command", msgctl(id, -1, &d));
	be_user(1000);
	t_ret("the owner reads", msgctl(id, IPC_STAT, &d));
	d.msg_qbytes = 200;
	t_ret("and sets", msgctl(id, IPC_SET, &d));
	d.msg_qbytes = 1000000;
	t_ret("but not so much", msgctl(id, IPC_SET, &d));
	be_user(2000);
	t_ret("others may not read", msgctl(id, IPC_STAT, &d));
	t_ret("MSG_STAT", msgctl(at, MSG_STAT, &d));
	t_is("MSG_STAT_ANY", msgctl(at, MSG_STAT_ANY, &d) == id);
	t_ret("nor set", msgctl(id, IPC_SET, &d));
	t_ret("nor remove", msgctl(id, IPC_RMID, NULL));
	be_user(1000);
	t_ret("the owner removes", msgctl(id, IPC_RMID, NULL));
	t_ret("gone", msgctl(id, IPC_STAT, &d));
	t_ret("MSG_INFO", msgctl(0, MSG_INFO, (struct msqid_ds *)&mi));
	t_say("%d queues, %d messages, %d bytes\n", mi.msgpool, mi.msgmap,
	      mi.msgtql);
	return 0;
}
