/* SPDX-License-Identifier: BSD-2-Clause */
/* msgrcv(id, msg, size, type, flags): see msgop(2).  t: alone */
#include "sysv.h"
#include <pthread.h>

static int id;

static void put(long type, const char *text)
{
	struct {
		long type;
		char text[50];
	} m = {type, ""};

	strcpy(m.text, text);
	if (msgsnd(id, &m, strlen(text), IPC_NOWAIT))
		t_ret("msgsnd", -1);
}

static void get(const char *what, long type, size_t size, int flags)
{
	struct {
		long type;
		char text[51];
	} m = {77, ""};
	ssize_t n = msgrcv(id, &m, size, type, flags);

	if (n < 0) {
		t_ret(what, n);
		return;
	}
	m.text[n] = 0;
	t_say("%s: %zd bytes of type %ld: %s\n", what, n, m.type, m.text);
}

struct wanted {
	long type;
	int flags;
	size_t size;
	int got, err;
};

static void *receiver(void *arg)
{
	struct {
		long type;
		char text[51];
	} m = {77, ""};
	struct wanted *w = arg;
	ssize_t n = msgrcv(id, &m, w->size, w->type, w->flags);

	w->got = n < 0 ? -1 : (int)m.type;
	w->err = errno;
	return NULL;
}

int main(void)
{
	struct wanted w[4] = {{5, 0, 50, 0, 0},
			      {-3, 0, 50, 0, 0},
			      {0, 0, 2, 0, 0},
			      {0, 0, 50, 0, 0}};
	struct msqid_ds d;
	pthread_t th[4];
	char buf[100];

	id = msgget(IPC_PRIVATE, 0600);
	get("empty", 0, 50, IPC_NOWAIT);
	put(5, "five");
	put(3, "three");
	put(9, "nine");
	put(3, "three again");
	put(1, "one");
	put(7, "seven");
	get("of type 9", 9, 50, IPC_NOWAIT);
	get("of type 8", 8, 50, IPC_NOWAIT);
	get("lowest up to 4", -4, 50, IPC_NOWAIT);
	get("lowest up to 4", -4, 50, IPC_NOWAIT);
	get("none up to 2", -2, 50, IPC_NOWAIT);
	get("not 5", 5, 50, IPC_NOWAIT | MSG_EXCEPT);
	get("too small", 0, 3, IPC_NOWAIT);
	get("cut", 0, 3, IPC_NOWAIT | MSG_NOERROR);
	get("any", 0, 50, IPC_NOWAIT);
	get("empty", 0, 50, 0 | IPC_NOWAIT);
	put(4, "four");
	get("lowest of all", LONG_MIN, 50, IPC_NOWAIT);
	put(4, "");
	get("nothing in it", 0, 0, 0);

	put(1, "first");
	put(2, "second");
	put(3, "third");
	get("copy the second", 1, 50, MSG_COPY | IPC_NOWAIT);
	get("copy the first", 0, 50, MSG_COPY | IPC_NOWAIT);
	get("there is no fourth", 3, 50, MSG_COPY | IPC_NOWAIT);
	get("copy, too small", 2, 2, MSG_COPY | IPC_NOWAIT);
	get("copy, cut", 2, 2, MSG_COPY | IPC_NOWAIT | MSG_NOERROR);
	get("copy without IPC_NOWAIT", 2, 50, MSG_COPY);
	get("copy with MSG_EXCEPT", 2, 50, MSG_COPY | IPC_NOWAIT | MSG_EXCEPT);
	msgctl(id, IPC_STAT, &d);
	t_val("all are there", d.msg_qnum);

	t_ret("bad buffer", msgrcv(id, T_BAD, 50, 1, 0));
	msgctl(id, IPC_STAT, &d);
	t_val("one is lost", d.msg_qnum);
	t_ret("negative size", msgrcv(id, buf, -1, 0, 0));
	t_ret("negative id", msgrcv(-1, buf, 5, 0, 0));
	t_ret("no such id", msgrcv(12345678, buf, 5, 0, 0));
	get("second", 0, 50, 0);
	get("third", 0, 50, 0);

	/* Waiting. */
	for (int i = 0; i < 4; i++) {
		pthread_create(&th[i], NULL, receiver, &w[i]);
		usleep(50000);
	}
	put(5, "for the first");
	put(2, "for the second");
	put(9, "too large for the third, but not for the fourth");
	for (int i = 0; i < 4; i++) {
		pthread_join(th[i], NULL);
		t_say("receiver %d: %d %s\n", i, w[i].got,
		      w[i].got < 0 ? t_errno_name(w[i].err) : "ok");
	}

	t_catch(SIGUSR1, SA_RESTART);
	th[0] = t_interrupt_soon();
	get("never restarted", 0, 50, 0);
	pthread_join(th[0], NULL);

	/* Who waits is told of what changes. */
	pthread_create(&th[0], NULL, receiver, &w[0]);
	usleep(50000);
	msgctl(id, IPC_STAT, &d);
	d.msg_perm.mode = 0;
	msgctl(id, IPC_SET, &d);
	usleep(50000);
	put(5, "root may nevertheless");
	pthread_join(th[0], NULL);
	t_val("received", w[0].got);
	pthread_create(&th[0], NULL, receiver, &w[0]);
	usleep(50000);
	msgctl(id, IPC_RMID, NULL);
	pthread_join(th[0], NULL);
	t_str("removed", t_errno_name(w[0].err));
	return 0;
}
