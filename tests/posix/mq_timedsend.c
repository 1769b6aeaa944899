/* SPDX-License-Identifier: BSD-2-Clause */
/* mq_timedsend(q, text, length, priority, until): see mq_timedsend(2). */
#include "mq.h"
#include <pthread.h>
#include <sys/resource.h>

static long q;
static volatile int sent;

static void *sender(void *arg)
{
	struct timespec t = mq_in(20000);

	sent = 1 + syscall(SYS_mq_timedsend, q, arg, strlen(arg), 3, &t);
	return NULL;
}

static volatile int taken;

static void *late_receiver(void *arg)
{
	char buf[100];

	usleep(100000);
	taken = syscall(SYS_mq_timedreceive, q, buf, 100, NULL, NULL);
	return NULL;
}

int main(void)
{
	struct timespec past = {1, 0}, bad = {1, 1000000000}, neg = {-1, 0}, t;
	char text[101];
	pthread_t th, th2;
	long r;
	int fd;

	memset(text, 'x', 100);
	text[100] = 0;
	q = mqo("q", O_RDWR | O_CREAT, 0600, 3, 100);
	t_ret("send", mqs(q, "one", 1));
	t_ret("nothing", mqs(q, "", 0));
	t_ret("longest", mqs(q, text, 32767));
	t_ret("priority", mqs(q, "x", 32768));
	t_ret("highest number", mqs(q, "x", 0xffffffff));
	mqa("full", q);
	t_ret("too long", syscall(SYS_mq_timedsend, q, text, 101, 0, NULL));
	t_ret("bad text", syscall(SYS_mq_timedsend, q, T_BAD, 5, 0, NULL));
	t_ret("no queue", mqs(99, "x", 0));
	t_ret("priority comes first", mqs(99, "x", 32768));
	t_file("file", "");
	fd = open("file", O_RDWR);
	t_ret("a file", mqs(fd, "x", 0));
	close(fd);
	r = mqo("q", O_RDONLY, 0, 0, 0);
	t_ret("for reading", mqs(r, text, 0));
	close(r);

	t_ret("past", syscall(SYS_mq_timedsend, q, "x", 1, 0, &past));
	t_ret("bad time", syscall(SYS_mq_timedsend, q, "x", 1, 0, &bad));
	t_ret("negative", syscall(SYS_mq_timedsend, q, "x", 1, 0, &neg));
	t_ret("bad pointer", syscall(SYS_mq_timedsend, q, "x", 1, 0, T_BAD));
	t_ret("it comes first", syscall(SYS_mq_timedsend, 99, "x", 1, 0, &bad));
	t = mq_in(30);
	t_ret("30 ms", syscall(SYS_mq_timedsend, q, "x", 1, 0, &t));
	clock_gettime(CLOCK_REALTIME, &past);
	t_is("not too early",
	     past.tv_sec > t.tv_sec ||
		     (past.tv_sec == t.tv_sec && past.tv_nsec >= t.tv_nsec));
	fcntl(q, F_SETFL, O_NONBLOCK);
	t_ret("O_NONBLOCK", mqs(q, "x", 1));
	t_ret("with a bad time", syscall(SYS_mq_timedsend, q, "x", 1, 0, &bad));
	fcntl(q, F_SETFL, 0);

	/* Its place is filled by the waiting thread, whatever comes. */
	pthread_create(&th, NULL, sender, "waits");
	usleep(100000);
	t_val("still waiting", sent);
	mqr("first", q);
	pthread_join(th, NULL);
	t_val("sent", sent);
	mqa("full again", q);
	mqr("second", q);
	mqr("third", q);
	mqr("last", q);
	mqa("empty", q);
	bad.tv_nsec = 5000000000;
	t_ret("room, but a bad time",
	      syscall(SYS_mq_timedsend, q, "x", 1, 0, &bad));

	/* Signals. */
	for (int i = 0; i < 3; i++)
		mqs(q, "fill", 4);
	t_catch(SIGUSR1, 0);
	th = t_interrupt_soon();
	t_ret("interrupted", mqs(q, "x", 1));
	pthread_join(th, NULL);
	t_catch(SIGUSR1, SA_RESTART);
	th = t_interrupt_soon();
	pthread_create(&th2, NULL, late_receiver, NULL);
	t_ret("restarted", mqs(q, "restarted", 5));
	pthread_join(th, NULL);
	pthread_join(th2, NULL);
	t_val("taken meanwhile", taken);
	mqr("came", q);
	close(q);
	syscall(SYS_mq_unlink, "q");

	/* Many priorities. */
	q = mqo("many", O_RDWR | O_CREAT, 0600, 10, 100);
	for (int i = 0; i < 10; i++) {
		char c[2] = {'a' + i, 0};

		mqs(q, c, i * 7 % 4);
	}
	for (int i = 0; i < 10; i++)
		mqr("order", q);
	close(q);
	syscall(SYS_mq_unlink, "many");
	/* A message of many pages. */
	mq_limit("msgsize_max", "300000");
	q = mqo("large", O_RDWR | O_CREAT, 0600, 2, 300000);
	{
		char *big = malloc(300000), *got = malloc(300000);

		for (int i = 0; i < 300000; i++)
			big[i] = i * 7 + i / 4096;
		t_ret("large", syscall(SYS_mq_timedsend, q, big, 300000, 0, 0));
		t_ret("less", syscall(SYS_mq_timedsend, q, big, 4090, 0, 0));
		t_val("large",
		      syscall(SYS_mq_timedreceive, q, got, 300000, 0, 0));
		t_is("the same", !memcmp(big, got, 300000));
		t_val("less",
		      syscall(SYS_mq_timedreceive, q, got, 300000, 0, 0));
		t_is("the same", !memcmp(big, got, 4090));
	}
	close(q);
	syscall(SYS_mq_unlink, "large");
	mq_limit("msgsize_max", "8192");
	return 0;
}
