/* SPDX-License-Identifier: BSD-2-Clause */
/* Random messages against a model of the queue; then many threads at once, each
 * of which receives its own type: nothing is lost, and all of it in order. */
#include "sysv.h"
#include <pthread.h>

#define MAX 64

struct msg {
	long type;
	int text[50];
};

static uint64_t state = 4711;

static int id;

static struct {
	long type;
	int id, len;
} m[MAX];
static int n;

/* Which one msgrcv must find; -1: none. */
static int search(long type, int flags)
{
	int best = -1;

	if (flags & MSG_COPY)
		return type < n ? (int)type : -1;
	for (int i = 0; i < n; i++) {
		long t = m[i].type;

		if (type < 0) {
			if (t <= -type && (best < 0 || t < m[best].type))
				best = i;
		} else if (!type ||
			   (flags & MSG_EXCEPT ? t != type : t == type)) {
			return i;
		}
	}
	return best;
}

static int receive(long type, int flags)
{
	int at = search(type, flags), cut;
	size_t size = t_rnd(&state, 8) ? 200 : 4;
	struct msg got;
	ssize_t ret;

	ret = msgrcv(id, &got, size, type, flags | IPC_NOWAIT);
	if (at < 0)
		return ret != -1 || errno != ENOMSG;
	cut = m[at].len > (int)size;
	if (cut && !(flags & MSG_NOERROR))
		return ret != -1 || errno != E2BIG;
	/* A copy is never cut. */
	if (cut && (flags & MSG_COPY))
		return ret != -1 || errno != EINVAL;
	if (ret != (cut ? (int)size : m[at].len) || got.type != m[at].type ||
	    got.text[0] != m[at].id)
		return 1;
	if (!(flags & MSG_COPY))
		memmove(m + at, m + at + 1, (--n - at) * sizeof(m[0]));
	return 0;
}

static void against_model(void)
{
	int next = 0, wrong = 0, bytes = 0;

	for (int step = 0; step < 20000; step++) {
		if (t_rnd(&state, 2)) {
			struct msg s = {1 + t_rnd(&state, 5), {next}};
			int len = 4 + t_rnd(&state, 197);

			if (n == MAX)
				continue;
			bytes = 0;
			for (int i = 0; i < n; i++)
				bytes += m[i].len;
			if (msgsnd(id, &s, len, IPC_NOWAIT)) {
				wrong += bytes + len <= 16384;
				continue;
			}
			m[n].type = s.type;
			m[n].len = len;
			m[n++].id = next++;
		} else {
			int flags = 0;

			if (!t_rnd(&state, 3))
				flags |= MSG_NOERROR;
			if (!t_rnd(&state, 5))
				flags |= MSG_COPY;
			else if (!t_rnd(&state, 3))
				flags |= MSG_EXCEPT;
			wrong += receive(flags & MSG_COPY
						 ? (long)t_rnd(&state, 8)
						 : (long)t_rnd(&state, 12) - 6,
					 flags);
		}
	}
	t_val("differences from the model", wrong);
	while (n)
		n -= msgrcv(id, &(struct msg){0}, 200, 0, IPC_NOWAIT) >= 0;
}

#define THREADS 6
#define EACH	1000

static void *sender(void *arg)
{
	struct msg s = {(long)arg + 1, {0}};

	for (s.text[0] = 0; s.text[0] < EACH; s.text[0]++)
		msgsnd(id, &s, 4 + s.text[0] % 190, 0);
	return NULL;
}

static void *receiver(void *arg)
{
	struct msg got;
	long wrong = 0;

	for (int i = 0; i < EACH; i++)
		wrong += msgrcv(id, &got, 200, (long)arg + 1, 0) !=
				 4 + i % 190 ||
			 got.text[0] != i;
	return (void *)wrong;
}

int main(void)
{
	pthread_t s[THREADS], r[THREADS];
	struct msqid_ds d;
	long wrong = 0;
	void *ret;

	id = msgget(IPC_PRIVATE, 0600);
	against_model();
	msgctl(id, IPC_STAT, &d);
	d.msg_qbytes = 2000;
	msgctl(id, IPC_SET, &d);
	for (long i = 0; i < THREADS; i++) {
		pthread_create(&s[i], NULL, sender, (void *)i);
		pthread_create(&r[i], NULL, receiver, (void *)i);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(s[i], NULL);
		pthread_join(r[i], &ret);
		wrong += (long)ret;
	}
	t_val("lost or out of order", wrong);
	msgctl(id, IPC_STAT, &d);
	t_val("left", d.msg_qnum);
	msgctl(id, IPC_RMID, NULL);
	return 0;
}
