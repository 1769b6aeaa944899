/* SPDX-License-Identifier: BSD-2-Clause */
/* semop(id, operations, how many): see semop(2).  t: alone */
#include "sysv.h"
#include <pthread.h>

static int id;

static int val(int num)
{
	return semctl(id, num, GETVAL, (union semun_arg){0});
}

static void set(int num, int v)
{
	semctl(id, num, SETVAL, (union semun_arg){.val = v});
}

static void show(const char *what)
{
	t_say("%s: %d %d %d\n", what, val(0), val(1), val(2));
}

struct call {
	struct sembuf op[3];
	int n, ret, err;
};

static void *caller(void *arg)
{
	struct call *c = arg;

	c->ret = semop(id, c->op, c->n);
	c->err = errno;
	return NULL;
}

static pthread_t begin(struct call *c, int num, int waiters)
{
	pthread_t th;

	pthread_create(&th, NULL, caller, c);
	while (semctl(id, num, GETNCNT, (union semun_arg){0}) +
		       semctl(id, num, GETZCNT, (union semun_arg){0}) !=
	       waiters)
		usleep(1000);
	return th;
}

int main(void)
{
	struct sembuf op[501] = {{0, 3, 0}, {1, 2, 0}, {0, -1, 0}};
	struct call a = {{{0, -1, 0}, {1, -1, 0}}, 2, 9, 0};
	struct call b = {{{0, -1, 0}}, 1, 9, 0}, z = {{{0, 0, 0}}, 1, 9, 0};
	pthread_t th, th2;

	id = semget(IPC_PRIVATE, 3, 0600);
	t_ret("three at once", semop(id, op, 3));
	show("values");
	op[0] = (struct sembuf){0, -2, IPC_NOWAIT};
	op[1] = (struct sembuf){1, -3, IPC_NOWAIT};
	t_ret("the second cannot", semop(id, op, 2));
	show("nothing has changed");
	op[1] = (struct sembuf){2, 0, IPC_NOWAIT};
	op[2] = (struct sembuf){2, 1, IPC_NOWAIT};
	t_ret("zero it is", semop(id, op, 3));
	show("values");
	t_ret("zero no more", semop(id, op, 3));
	op[0] = (struct sembuf){0, 32767, 0};
	t_ret("to the most", semop(id, op, 1));
	op[0] = (struct sembuf){0, 1, 0};
	t_ret("beyond it", semop(id, op, 1));
	op[0] = (struct sembuf){2, 5, 0};
	op[1] = (struct sembuf){0, 1, 0};
	t_ret("beyond it at last", semop(id, op, 2));
	show("values");
	set(0, 0);

	t_ret("no operation", semop(id, op, 0));
	t_ret("too many", semop(id, op, 501));
	for (int i = 0; i < 500; i++)
		op[i] = (struct sembuf){2, i % 2 ? -1 : 1, 0};
	t_ret("as many as may be", semop(id, op, 500));
	t_ret("no such semaphore", semop(id, &(struct sembuf){3, 0, 0}, 1));
	t_ret("bad pointer", semop(id, T_BAD, 1));
	t_ret("bad id", semop(12345678, op, 1));
	t_ret("negative id", semop(-1, op, 1));

	/* SEM_UNDO has limits too. */
	set(1, 0);
	op[0] = (struct sembuf){1, 32767, SEM_UNDO};
	t_ret("undo 32767", semop(id, op, 1));
	op[0] = (struct sembuf){1, -10, 0};
	t_ret("take some", semop(id, op, 1));
	op[0] = (struct sembuf){1, 5, SEM_UNDO};
	t_ret("undo too much", semop(id, op, 1));
	set(1, 0);
	t_ret("SETVAL forgets", semop(id, op, 1));
	set(1, 0);

	/* In the order they came, but who cannot proceed does not block others.
	 */
	th = begin(&a, 0, 1);
	th2 = begin(&b, 0, 2);
	op[0] = (struct sembuf){0, 1, 0};
	semop(id, op, 1);
	pthread_join(th2, NULL);
	t_say("second %d\n", b.ret);
	op[1] = (struct sembuf){1, 1, 0};
	semop(id, op, 2);
	pthread_join(th, NULL);
	t_say("first %d\n", a.ret);
	show("all taken");

	/* Zero, if only for a moment, within one call: not seen. */
	set(0, 1);
	z.ret = 9;
	th = begin(&z, 0, 1);
	op[0] = (struct sembuf){0, -1, 0};
	op[1] = (struct sembuf){0, 1, 0};
	semop(id, op, 2);
	usleep(50000);
	t_val("still waits", z.ret);
	semop(id, op, 1);
	pthread_join(th, NULL);
	t_val("zero", z.ret);

	/* What waits is tried with what IPC_NOWAIT of another operation says.
	 */
	a = (struct call){{{0, -1, 0}, {1, -1, IPC_NOWAIT}}, 2, 9, 0};
	th = begin(&a, 0, 1);
	set(0, 1);
	pthread_join(th, NULL);
	t_say("%d %s, ", a.ret, t_errno_name(a.err));
	show("values");
	a = (struct call){{{0, -2, 0}, {1, 1, 0}}, 2, 9, 0};
	th = begin(&a, 0, 1);
	set(1, 32767);
	set(0, 2);
	pthread_join(th, NULL);
	t_say("%d %s\n", a.ret, t_errno_name(a.err));

	set(0, 0);
	t_catch(SIGUSR1, SA_RESTART);
	th = t_interrupt_soon();
	op[0] = (struct sembuf){0, -1, 0};
	t_ret("never restarted", semop(id, op, 1));
	pthread_join(th, NULL);
	t_val("waits no more", semctl(id, 0, GETNCNT, (union semun_arg){0}));

	b.ret = 9;
	th = begin(&b, 0, 1);
	semctl(id, 0, IPC_RMID, (union semun_arg){0});
	pthread_join(th, NULL);
	t_say("removed: %d %s\n", b.ret, t_errno_name(b.err));

	id = semget(IPC_PRIVATE, 2, 0644);
	be_user(1000);
	op[0] = (struct sembuf){0, 0, 0};
	t_ret("a user waits for zero", semop(id, op, 1));
	op[0] = (struct sembuf){0, 1, 0};
	t_ret("may not add", semop(id, op, 1));
	op[0] = (struct sembuf){7, 1, 0};
	t_ret("number comes first", semop(id, op, 1));
	be_user(0);
	semctl(id, 0, IPC_RMID, (union semun_arg){0});
	return 0;
}
