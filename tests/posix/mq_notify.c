/* SPDX-License-Identifier: BSD-2-Clause */
/* mq_notify(q, event): see mq_notify(2). */
#include "mq.h"
#include <pthread.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <linux/netlink.h>

static long q;
static volatile int count;
static siginfo_t last;

static void on_signal(int sig, siginfo_t *info, void *ctx)
{
	count++;
	last = *info;
}

static long notify(int how, int sig, int value)
{
	struct sigevent ev = {.sigev_notify = how, .sigev_signo = sig};

	ev.sigev_value.sival_int = value;
	return syscall(SYS_mq_notify, q, &ev);
}

static void text(const char *what)
{
	char buf[200] = "", *p;

	lseek(q, 0, SEEK_SET);
	read(q, buf, sizeof(buf) - 1);
	p = strstr(buf, "NOTIFY_PID:");
	if (p) {
		t_is("somebody is told", atoi(p + 11) == getpid());
		*p = 0;
	}
	t_str(what, buf);
}

static sem_t called;

static void by_thread(union sigval v)
{
	count = v.sival_int;
	sem_post(&called);
}

static void *receiver(void *arg)
{
	char buf[100];

	t_val("receiver", syscall(SYS_mq_timedreceive, q, buf, 100, 0, 0));
	return NULL;
}

/* What the C library does for SIGEV_THREAD, by hand. */
static void sockets(void)
{
	char cookie[32], got[40];
	struct sigevent ev = {.sigev_notify = SIGEV_THREAD};
	int s = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK, 0), file, u;

	memset(cookie, 'c', 32);
	ev.sigev_value.sival_ptr = cookie;
	ev.sigev_signo = 99;
	t_ret("no descriptor", syscall(SYS_mq_notify, q, &ev));
	t_file("file", "");
	file = open("file", O_RDONLY);
	ev.sigev_signo = file;
	t_ret("no socket", syscall(SYS_mq_notify, q, &ev));
	u = socket(AF_UNIX, SOCK_DGRAM, 0);
	ev.sigev_signo = u;
	t_ret("no netlink socket", syscall(SYS_mq_notify, q, &ev));
	ev.sigev_signo = s;
	ev.sigev_value.sival_ptr = T_BAD;
	t_ret("bad cookie", syscall(SYS_mq_notify, q, &ev));
	ev.sigev_value.sival_ptr = cookie;
	t_ret("no queue", syscall(SYS_mq_notify, file, &ev));
	t_ret("socket", syscall(SYS_mq_notify, q, &ev));
	t_ret("busy", syscall(SYS_mq_notify, q, &ev));
	text("with a socket");
	t_val("not yet", recv(s, got, sizeof(got), 0));
	mqs(q, "x", 0);
	t_val("told", recv(s, got, sizeof(got), 0));
	t_bytes("cookie", got, 32);
	t_val("once", recv(s, got, sizeof(got), 0));
	mqr("queue", q);
	t_ret("again", syscall(SYS_mq_notify, q, &ev));
	t_ret("withdrawn", syscall(SYS_mq_notify, q, NULL));
	t_val("told", recv(s, got, sizeof(got), 0));
	t_bytes("cookie", got, 32);
	t_ret("again", syscall(SYS_mq_notify, q, &ev));
	close(dup(q));
	t_val("told of a close", recv(s, got, sizeof(got), 0));
	t_val("reason", got[31]);
	close(s);
	close(u);
	close(file);
}

int main(void)
{
	struct sigaction sa = {.sa_sigaction = on_signal,
			       .sa_flags = SA_SIGINFO};
	struct sigevent ev;
	pthread_t th;

	sigaction(SIGRTMIN + 1, &sa, NULL);
	q = mqo("q", O_RDWR | O_CREAT, 0600, 4, 100);
	text("nobody");
	t_ret("nothing to withdraw", syscall(SYS_mq_notify, q, NULL));
	t_ret("signal", notify(SIGEV_SIGNAL, SIGUSR1, 5));
	text("by signal");
	t_ret("busy", notify(SIGEV_NONE, 0, 5));
	t_ret("withdrawn", syscall(SYS_mq_notify, q, NULL));
	t_ret("bad pointer", syscall(SYS_mq_notify, q, T_BAD));
	t_ret("no queue", syscall(SYS_mq_notify, 99, NULL));
	t_ret("no way", notify(77, 0, 0));
	t_ret("SIGEV_THREAD_ID", notify(4, SIGUSR1, 0));
	t_ret("no signal", notify(SIGEV_SIGNAL, 65, 0));
	t_ret("negative", notify(SIGEV_SIGNAL, -1, 0));
	t_ret("signal 0", notify(SIGEV_SIGNAL, 0, 0));
	mqs(q, "x", 0);
	text("told nobody");
	t_ret("there is a message", notify(SIGEV_SIGNAL, SIGRTMIN + 1, 42));
	mqs(q, "second", 0);
	t_val("not for the second", count);
	mqr("one", q);
	mqr("two", q);
	mqs(q, "first again", 0);
	t_val("told", count);
	t_val("code", last.si_code);
	t_val("value", last.si_value.sival_int);
	t_is("sender", last.si_pid == getpid() && last.si_uid == getuid());
	text("over");
	mqr("one", q);
	mqs(q, "later", 0);
	t_val("told once only", count);
	mqr("one", q);

	t_ret("none", notify(SIGEV_NONE, 0, 0));
	text("SIGEV_NONE");
	mqs(q, "x", 0);
	text("used up");
	mqr("one", q);

	/* Who waits gets the message, and nobody is told. */
	notify(SIGEV_SIGNAL, SIGRTMIN + 1, 43);
	pthread_create(&th, NULL, receiver, NULL);
	usleep(100000);
	mqs(q, "for you", 0);
	pthread_join(th, NULL);
	t_val("not told", count);
	mqs(q, "x", 0);
	t_val("told", count);
	mqr("one", q);

	/* Closing any descriptor of it ends the matter. */
	notify(SIGEV_SIGNAL, SIGRTMIN + 1, 44);
	close(mqo("q", O_RDONLY, 0, 0, 0));
	mqs(q, "x", 0);
	t_val("not told", count);
	mqr("one", q);

	sockets();

	memset(&ev, 0, sizeof(ev));
	ev.sigev_notify = SIGEV_THREAD;
	ev.sigev_notify_function = by_thread;
	ev.sigev_value.sival_int = 4711;
	sem_init(&called, 0, 0);
	t_ret("by thread", mq_notify(q, &ev));
	mqs(q, "x", 0);
	sem_wait(&called);
	t_val("value", count);
	close(q);
	syscall(SYS_mq_unlink, "q");
	return 0;
}
