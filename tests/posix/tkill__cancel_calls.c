/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Deferred cancellation ends a thread in each call that waits and is a
 * cancellation point (pthreads(7)); and not in one that is none.
 */
#include "t.h"
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

static int empty[2], full[2], pair[2], listener, ep, msgs;
static mqd_t mq_empty, mq_full;
static sem_t never;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, held;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_t sleeper;
static int cleaned, started, went_on, had_mutex;
static char buf[8192];
static const struct timespec far = {100, 0};

static struct timespec tomorrow(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_sec += 86400;
	return ts;
}

static void clean(void *arg)
{
	cleaned++;
}

static void do_read(void)
{
	read(empty[0], buf, 1);
}

static void do_readv(void)
{
	struct iovec v = {buf, 1};

	readv(empty[0], &v, 1);
}

static void do_write(void)
{
	for (;;)
		write(full[1], buf, 4096);
}

static void do_writev(void)
{
	struct iovec v = {buf, 4096};

	for (;;)
		writev(full[1], &v, 1);
}

static void do_open(void)
{
	open("fifo", O_RDONLY);
}

static void do_accept(void)
{
	accept(listener, NULL, NULL);
}

static void do_accept4(void)
{
	accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}

static void do_recv(void)
{
	recv(pair[0], buf, 1, 0);
}

static void do_recvfrom(void)
{
	recvfrom(pair[0], buf, 1, 0, NULL, NULL);
}

static void do_recvmsg(void)
{
	struct msghdr m = {0};

	recvmsg(pair[0], &m, 0);
}

static void do_send(void)
{
	for (;;)
		send(pair[0], buf, sizeof(buf), 0);
}

static void do_sendto(void)
{
	for (;;)
		sendto(pair[0], buf, sizeof(buf), 0, NULL, 0);
}

static void do_sendmsg(void)
{
	struct iovec v = {buf, sizeof(buf)};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};

	for (;;)
		sendmsg(pair[0], &m, 0);
}

static void do_poll(void)
{
	struct pollfd p = {empty[0], POLLIN, 0};

	poll(&p, 1, -1);
}

static void do_ppoll(void)
{
	struct pollfd p = {empty[0], POLLIN, 0};

	ppoll(&p, 1, &far, NULL);
}

static void do_select(void)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(empty[0], &set);
	select(empty[0] + 1, &set, NULL, NULL, NULL);
}

static void do_pselect(void)
{
	pselect(0, NULL, NULL, NULL, &far, NULL);
}

static void do_epoll_wait(void)
{
	struct epoll_event e;

	epoll_wait(ep, &e, 1, -1);
}

static void do_epoll_pwait(void)
{
	struct epoll_event e;

	epoll_pwait(ep, &e, 1, -1, NULL);
}

static void do_nanosleep(void)
{
	nanosleep(&far, NULL);
}

static void do_clock_nanosleep(void)
{
	struct timespec ts = tomorrow();

	clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &ts, NULL);
}

static void do_sem_wait(void)
{
	sem_wait(&never);
}

static void do_sem_timedwait(void)
{
	struct timespec ts = tomorrow();

	sem_timedwait(&never, &ts);
}

/* pthread_cond_wait(3p): its cleanup handlers run with the mutex locked. */
static void unlock(void *arg)
{
	had_mutex = pthread_mutex_trylock(&lock) == EBUSY;
	pthread_mutex_unlock(&lock);
}

static void do_cond_wait(void)
{
	pthread_mutex_lock(&lock);
	pthread_cleanup_push(unlock, NULL);
	for (;;)
		pthread_cond_wait(&cond, &lock);
	pthread_cleanup_pop(1);
}

static void do_cond_timedwait(void)
{
	struct timespec ts = tomorrow();

	pthread_mutex_lock(&lock);
	pthread_cleanup_push(unlock, NULL);
	for (;;)
		pthread_cond_timedwait(&cond, &lock, &ts);
	pthread_cleanup_pop(1);
}

static void do_join(void)
{
	pthread_join(sleeper, NULL);
}

static sigset_t usr1(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	return set;
}

static void do_sigwait(void)
{
	sigset_t set = usr1();
	int sig;

	sigwait(&set, &sig);
}

static void do_sigwaitinfo(void)
{
	sigset_t set = usr1();

	sigwaitinfo(&set, NULL);
}

static void do_sigtimedwait(void)
{
	sigset_t set = usr1();

	sigtimedwait(&set, NULL, &far);
}

static void do_sigsuspend(void)
{
	sigset_t set = usr1();

	sigsuspend(&set);
}

static void do_pause(void)
{
	pause();
}

static void do_mq_receive(void)
{
	mq_receive(mq_empty, buf, sizeof(buf), NULL);
}

static void do_mq_timedreceive(void)
{
	struct timespec ts = tomorrow();

	mq_timedreceive(mq_empty, buf, sizeof(buf), NULL, &ts);
}

static void do_mq_send(void)
{
	for (;;)
		mq_send(mq_full, "x", 1, 0);
}

static void do_msgrcv(void)
{
	msgrcv(msgs, buf, 100, 7, 0);
}

static void do_msgsnd(void)
{
	*(long *)buf = 1;
	for (;;)
		msgsnd(msgs, buf, 4000, 0);
}

/* A lock of the process: its own open file's is in the way. */
static void do_setlkw(void)
{
	struct flock l = {.l_type = F_WRLCK};

	fcntl(open("locked", O_RDWR), F_SETLKW, &l);
}

static void do_testcancel(void)
{
	for (;;)
		pthread_testcancel();
}

/* No cancellation point: it waits on, and the next one ends the thread. */
static void do_mutex_lock(void)
{
	pthread_mutex_lock(&held);
	went_on = 1;
	pthread_mutex_unlock(&held);
	pthread_testcancel();
}

static void *run(void *arg)
{
	void (**fn)(void) = arg;

	pthread_cleanup_push(clean, NULL);
	__atomic_store_n(&started, 1, __ATOMIC_SEQ_CST);
	(*fn)();
	pthread_cleanup_pop(0);
	return NULL;
}

static void cancel(const char *name, void (*fn)(void))
{
	pthread_t t;
	void *r;

	started = cleaned = went_on = had_mutex = 0;
	t_say("%s\n", name);
	pthread_create(&t, NULL, run, &fn);
	while (!__atomic_load_n(&started, __ATOMIC_SEQ_CST))
		usleep(500);
	usleep(5000);
	t_val("  pthread_cancel", pthread_cancel(t));
	if (fn == do_mutex_lock) {
		usleep(5000);
		t_val("    so far", went_on + cleaned);
		pthread_mutex_unlock(&held);
	}
	pthread_join(t, &r);
	t_is("  cancelled", r == PTHREAD_CANCELED);
	t_val("  cleaned", cleaned);
	if (fn == do_cond_wait || fn == do_cond_timedwait)
		t_is("  with the mutex", had_mutex);
}

static void *sleep_on(void *arg)
{
	for (;;)
		pause();
	return NULL;
}

static void make(void)
{
	struct mq_attr attr = {.mq_maxmsg = 2, .mq_msgsize = sizeof(buf)};
	struct sockaddr_un sun = {.sun_family = AF_UNIX, .sun_path = "listen"};
	struct flock l = {.l_type = F_WRLCK};
	struct epoll_event e = {.events = EPOLLIN};
	sigset_t set = usr1();

	pthread_sigmask(SIG_BLOCK, &set, NULL);
	t_ret("pipes", pipe(empty) | pipe(full));
	t_ret("pair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&sun, sizeof(sun));
	t_ret("listen", listen(listener, 1));
	ep = epoll_create1(0);
	t_ret("epoll", epoll_ctl(ep, EPOLL_CTL_ADD, empty[0], &e));
	mq_empty = mq_open("/empty", O_CREAT | O_RDWR, 0600, &attr);
	mq_full = mq_open("/full", O_CREAT | O_RDWR, 0600, &attr);
	t_ret("queues", mq_empty | mq_full);
	msgs = msgget(IPC_PRIVATE, 0600);
	t_ret("messages", msgs);
	t_ret("fifo", mkfifo("fifo", 0600));
	t_ret("lock",
	      fcntl(open("locked", O_RDWR | O_CREAT, 0600), F_OFD_SETLK, &l));
	sem_init(&never, 0, 0);
	pthread_mutex_init(&held, NULL);
	pthread_mutex_lock(&held);
	pthread_create(&sleeper, NULL, sleep_on, NULL);
}

int main(void)
{
	make();
#define CANCEL(name) cancel(#name, do_##name)
	CANCEL(read);
	CANCEL(readv);
	CANCEL(write);
	CANCEL(writev);
	CANCEL(open);
	CANCEL(accept);
	CANCEL(accept4);
	CANCEL(recv);
	CANCEL(recvfrom);
	CANCEL(recvmsg);
	CANCEL(send);
	CANCEL(sendto);
	CANCEL(sendmsg);
	CANCEL(poll);
	CANCEL(ppoll);
	CANCEL(select);
	CANCEL(pselect);
	CANCEL(epoll_wait);
	CANCEL(epoll_pwait);
	CANCEL(nanosleep);
	CANCEL(clock_nanosleep);
	CANCEL(sem_wait);
	CANCEL(sem_timedwait);
	CANCEL(cond_wait);
	CANCEL(cond_timedwait);
	CANCEL(join);
	CANCEL(sigwait);
	CANCEL(sigwaitinfo);
	CANCEL(sigtimedwait);
	CANCEL(sigsuspend);
	CANCEL(pause);
	CANCEL(mq_receive);
	CANCEL(mq_timedreceive);
	CANCEL(mq_send);
	CANCEL(msgrcv);
	CANCEL(msgsnd);
	CANCEL(setlkw);
	CANCEL(testcancel);
	CANCEL(mutex_lock);
	t_is("the pipe is as it was", write(empty[1], "x", 1) == 1);
	t_val("  read", read(empty[0], buf, sizeof(buf)));
	pthread_cancel(sleeper);
	pthread_join(sleeper, NULL);
	mq_unlink("/empty");
	mq_unlink("/full");
	mq_close(mq_empty);
	mq_close(mq_full);
	msgctl(msgs, IPC_RMID, NULL);
	return 0;
}
