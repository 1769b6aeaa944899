/* SPDX-License-Identifier: BSD-2-Clause */
/* mq_timedreceive(q, buffer, size, priority, until): see mq_timedreceive(2). */
#include "mq.h"
#include <pthread.h>

static long q;
static volatile int got[4], begun;

static void *receiver(void *arg)
{
	char buf[100];
	long n;

	begun++;
	n = syscall(SYS_mq_timedreceive, q, buf, 100, NULL, NULL);
	got[(long)arg] = n > 0 ? buf[0] : (int)n;
	return NULL;
}

static void *late_sender(void *arg)
{
	usleep(100000);
	mqs(q, "at last", 2);
	return NULL;
}

static void *cancelled(void *arg)
{
	char buf[100];

	mq_receive(q, buf, 100, NULL);
	return NULL;
}

int main(void)
{
	struct timespec past = {1, 0}, bad = {1, 1000000000}, t, now;
	unsigned int prio;
	pthread_t th[4];
	char buf[200];
	void *ret;
	long r;
	int fd;

	q = mqo("q", O_RDWR | O_CREAT, 0600, 4, 100);
	fcntl(q, F_SETFL, O_NONBLOCK);
	mqr("empty", q);
	t_ret("short", syscall(SYS_mq_timedreceive, q, buf, 99, NULL, NULL));
	fcntl(q, F_SETFL, 0);
	t_ret("past", syscall(SYS_mq_timedreceive, q, buf, 100, NULL, &past));
	t_ret("bad time",
	      syscall(SYS_mq_timedreceive, q, buf, 100, NULL, &bad));
	t_ret("it comes first",
	      syscall(SYS_mq_timedreceive, 99, buf, 100, NULL, &bad));
	t = mq_in(30);
	t_ret("30 ms", syscall(SYS_mq_timedreceive, q, buf, 100, NULL, &t));
	clock_gettime(CLOCK_REALTIME, &now);
	t_is("not too early",
	     now.tv_sec > t.tv_sec ||
		     (now.tv_sec == t.tv_sec && now.tv_nsec >= t.tv_nsec));
	t_ret("no descriptor",
	      syscall(SYS_mq_timedreceive, 99, buf, 100, NULL, NULL));
	t_file("file", "");
	fd = open("file", O_RDWR);
	t_ret("a file", syscall(SYS_mq_timedreceive, fd, buf, 100, NULL, NULL));
	close(fd);
	r = mqo("q", O_WRONLY, 0, 0, 0);
	t_ret("for writing",
	      syscall(SYS_mq_timedreceive, r, buf, 100, NULL, NULL));
	close(r);

	mqs(q, "first", 1);
	mqs(q, "second", 1);
	mqs(q, "urgent", 9);
	mqr("urgent", q);
	/* A message that cannot be delivered is lost. */
	t_ret("bad buffer",
	      syscall(SYS_mq_timedreceive, q, T_BAD, 100, NULL, NULL));
	t_ret("bad priority",
	      syscall(SYS_mq_timedreceive, q, buf, 100, T_BAD, NULL));
	mqa("both gone", q);
	mqs(q, "", 3);
	prio = 5;
	t_val("nothing in it",
	      syscall(SYS_mq_timedreceive, q, buf, 200, &prio, NULL));
	t_val("priority", prio);

	/* Who waits longest is served first. A thread of a busy machine may
	 * begin late. */
	for (long i = 0; i < 3; i++) {
		pthread_create(&th[i], NULL, receiver, (void *)i);
		while (begun <= i)
			usleep(1000);
		usleep(100000);
	}
	mqs(q, "a", 1);
	mqs(q, "b", 9);
	mqs(q, "c", 5);
	for (int i = 0; i < 3; i++)
		pthread_join(th[i], NULL);
	t_say("got %c %c %c\n", got[0], got[1], got[2]);

	t_catch(SIGUSR1, 0);
	th[0] = t_interrupt_soon();
	mqr("interrupted", q);
	pthread_join(th[0], NULL);
	t_catch(SIGUSR1, SA_RESTART);
	th[0] = t_interrupt_soon();
	pthread_create(&th[1], NULL, late_sender, NULL);
	mqr("restarted", q);
	pthread_join(th[0], NULL);
	pthread_join(th[1], NULL);

	pthread_create(&th[0], NULL, cancelled, NULL);
	usleep(50000);
	pthread_cancel(th[0]);
	pthread_join(th[0], &ret);
	t_is("cancelled", ret == PTHREAD_CANCELED);
	/* The one that is gone takes nothing. */
	mqs(q, "kept", 0);
	mqr("kept", q);
	close(q);
	syscall(SYS_mq_unlink, "q");
	return 0;
}
