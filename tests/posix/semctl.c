/* SPDX-License-Identifier: BSD-2-Clause */
/* semctl(id, number, command, argument): see semctl(2).  t: alone */
#include "sysv.h"
#include <pthread.h>

static int id;

static void show(const char *what, const struct semid_ds *d)
{
	t_say("%s: key %x, %u:%u by %u:%u, mode %o, %lu semaphores\n", what,
	      (unsigned int)d->sem_perm.__key, d->sem_perm.uid, d->sem_perm.gid,
	      d->sem_perm.cuid, d->sem_perm.cgid, d->sem_perm.mode,
	      (unsigned long)d->sem_nsems);
	t_say("  otime %d ctime %d\n",
	      d->sem_otime ? now_or_so(d->sem_otime) : 7,
	      now_or_so(d->sem_ctime));
}

static long ctl(int num, int cmd, int val)
{
	union semun_arg arg = {.val = val};

	return semctl(id, num, cmd, arg);
}

static void *waiter(void *op)
{
	return (void *)(long)semop(id, op, 1);
}

int main(void)
{
	unsigned short v[5] = {1, 2, 3, 4, 5}, w[5];
	struct sembuf minus = {0, -1, 0}, zero = {1, 0, 0}, plus = {0, 1, 0};
	struct semid_ds d, e;
	struct seminfo si;
	union semun_arg all = {.array = v}, got = {.array = w}, arg;
	pthread_t th[3];
	int n, at = -1;
	void *ret;

	id = semget(0x4711, 5, IPC_CREAT | 0640);
	arg.buf = &d;
	t_ret("stat", semctl(id, 0, IPC_STAT, arg));
	show("new", &d);
	t_val("value", ctl(0, GETVAL, 0));
	t_val("pid", ctl(0, GETPID, 0));
	t_ret("set", ctl(0, SETVAL, 7));
	t_val("value", ctl(0, GETVAL, 0));
	t_is("pid", ctl(0, GETPID, 0) == getpid());
	t_ret("largest", ctl(1, SETVAL, 32767));
	t_ret("too large", ctl(1, SETVAL, 32768));
	t_ret("negative", ctl(1, SETVAL, -1));
	t_ret("no such semaphore", ctl(5, SETVAL, 1));
	t_ret("negative one", ctl(-1, SETVAL, 1));
	t_ret("range comes first",
	      semctl(12345678, 0, SETVAL, (union semun_arg){.val = -1}));
	t_ret("GETVAL of none", ctl(5, GETVAL, 1));
	t_ret("set all", semctl(id, 99, SETALL, all));
	t_ret("get all", semctl(id, -7, GETALL, got));
	t_say("%d %d %d %d %d\n", w[0], w[1], w[2], w[3], w[4]);
	v[4] = 40000;
	v[0] = 9;
	t_ret("one too large", semctl(id, 0, SETALL, all));
	t_val("nothing is set", ctl(0, GETVAL, 0));
	all.array = T_BAD;
	t_ret("bad array to set", semctl(id, 0, SETALL, all));
	t_ret("bad array to get", semctl(id, 0, GETALL, all));

	/* Who waits for what. */
	ctl(0, SETVAL, 0);
	pthread_create(&th[0], NULL, waiter, &minus);
	pthread_create(&th[1], NULL, waiter, &minus);
	pthread_create(&th[2], NULL, waiter, &zero);
	while (ctl(0, GETNCNT, 0) != 2 || ctl(1, GETZCNT, 0) != 1)
		usleep(1000);
	t_val("for zero", ctl(0, GETZCNT, 0));
	t_val("for more", ctl(1, GETNCNT, 0));
	t_ret("of none", ctl(5, GETNCNT, 0));
	semop(id, &plus, 1);
	while (ctl(0, GETNCNT, 0) != 1)
		usleep(1000);
	ctl(1, SETVAL, 0);
	pthread_join(th[2], &ret);
	t_val("zero", (long)ret);
	ctl(0, SETVAL, 5);
	pthread_join(th[0], &ret);
	t_val("minus", (long)ret);
	pthread_join(th[1], &ret);
	t_val("minus", (long)ret);
	t_val("what is left", ctl(0, GETVAL, 0));

	semctl(id, 0, IPC_STAT, arg);
	show("used", &d);
	arg.info = &si;
	n = semctl(0, 0, SEM_INFO, arg);
	t_ret("SEM_INFO", n);
	t_say("%d sets, %d semaphores\n", si.semusz, si.semaem);
	t_is("the same index", semctl(0, 0, IPC_INFO, arg) == n);
	t_say("limits: %d %d %d %d %d %d %d %d %d %d\n", si.semmap, si.semmni,
	      si.semmns, si.semmnu, si.semmsl, si.semopm, si.semume, si.semusz,
	      si.semvmx, si.semaem);
	arg.buf = &e;
	for (int i = 0; i <= n; i++)
		if (semctl(i, 0, SEM_STAT, arg) == id)
			at = i;
	t_is("found by index", at >= 0);
	t_sysvipc("/proc/sysvipc/sem", "kxpnugUG");

	arg.buf = &d;
	d.sem_perm.mode = 0170440;
	d.sem_perm.uid = 1000;
	d.sem_perm.gid = 1001;
	d.sem_nsems = 99;
	t_ret("IPC_SET", semctl(id, 0, IPC_SET, arg));
	semctl(id, 0, IPC_STAT, arg);
	show("set", &d);
	t_ret("bad command", semctl(id, 0, 77, arg));
	t_ret("bad id", semctl(12345678, 0, GETVAL, arg));
	t_ret("negative id", semctl(-1, 0, GETVAL, arg));
	be_user(1000);
	t_val("the owner reads", ctl(0, GETVAL, 0));
	t_ret("may not write", ctl(0, SETVAL, 3));
	t_ret("number comes first", ctl(9, SETVAL, 3));
	all.array = v;
	t_ret("nor all", semctl(id, 0, SETALL, all));
	be_user(2000);
	t_ret("others may not read", ctl(0, GETVAL, 0));
	t_ret("not even the wrong one", ctl(9, GETVAL, 0));
	t_ret("stat", semctl(id, 0, IPC_STAT, arg));
	t_ret("SEM_STAT", semctl(at, 0, SEM_STAT, arg));
	t_is("SEM_STAT_ANY", semctl(at, 0, SEM_STAT_ANY, arg) == id);
	t_ret("nor set", semctl(id, 0, IPC_SET, arg));
	t_ret("nor remove", ctl(0, IPC_RMID, 0));
	be_user(0);
	zero.sem_op = -32767;
	pthread_create(&th[0], NULL, waiter, &zero);
	while (ctl(1, GETNCNT, 0) != 1)
		usleep(1000);
	t_ret("remove", ctl(0, IPC_RMID, 0));
	pthread_join(th[0], &ret);
	t_val("who waits", (long)ret);
	t_ret("gone", ctl(0, GETVAL, 0));
	return 0;
}
