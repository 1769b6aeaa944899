/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX semaphores, sem_overview(7): the C library makes them of futexes, and
 * of files in /dev/shm if they have names. */
#include "t.h"
#include <pthread.h>
#include <semaphore.h>
#include <time.h>
#include <sys/statfs.h>

#define THREADS 8
#define ROUNDS	500

static sem_t *mutex, items;
static int inside, worst;

static void *locker(void *arg)
{
	for (int i = 0; i < ROUNDS; i++) {
		sem_wait(mutex);
		if (++inside > worst)
			worst = inside;
		if (i % 50 == 0)
			sched_yield();
		inside--;
		sem_post(mutex);
		sem_post(&items);
	}
	return NULL;
}

static void on_signal(int sig)
{
}

static pthread_t self;

static void *interrupter(void *arg)
{
	usleep(50000);
	pthread_kill(self, SIGUSR1);
	return NULL;
}

static struct timespec in_ms(long ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_signal};
	struct timespec past = {1, 0}, bad = {1, 1000000000}, t;
	char name[40], path[60];
	pthread_t th[THREADS];
	struct statfs fs;
	struct stat st;
	sem_t *again;
	int val;

	/* The name must be nobody else's: /dev/shm is the machine's. */
	snprintf(name, sizeof(name), "/posixen-%d", getpid());
	statfs("/dev/shm", &fs);
	t_is("/dev/shm is a tmpfs", fs.f_type == 0x01021994);
	t_is("not there", sem_open(name, 0) == SEM_FAILED && errno == ENOENT);
	t_is("too large a value",
	     sem_open(name, O_CREAT, 0600, 0x80000000u) == SEM_FAILED &&
		     errno == EINVAL);
	mutex = sem_open(name, O_CREAT | O_EXCL, 0640, 1);
	t_is("new", mutex != SEM_FAILED);
	t_is("exclusive",
	     sem_open(name, O_CREAT | O_EXCL, 0600, 1) == SEM_FAILED &&
		     errno == EEXIST);
	again = sem_open(name, O_CREAT, 0600, 9);
	t_is("the same one", again == mutex);
	snprintf(path, sizeof(path), "/dev/shm/sem.%s", name + 1);
	if (stat(path, &st))
		snprintf(path, sizeof(path), "/dev/shm/%s", name + 1);
	t_ret("its file", stat(path, &st));
	t_val("mode", st.st_mode);
	t_ret("close one", sem_close(again));

	sem_init(&items, 0, 0);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&th[i], NULL, locker, NULL);
	for (int i = 0; i < THREADS * ROUNDS; i++)
		sem_wait(&items);
	for (int i = 0; i < THREADS; i++)
		pthread_join(th[i], NULL);
	t_val("at most inside", worst);
	sem_getvalue(mutex, &val);
	t_val("value", val);
	sem_getvalue(&items, &val);
	t_val("items left", val);

	t_ret("trywait", sem_trywait(&items));
	t_ret("past", sem_timedwait(&items, &past));
	t_ret("bad time", sem_timedwait(&items, &bad));
	t = in_ms(30);
	t_ret("30 ms", sem_timedwait(&items, &t));
	past = in_ms(0);
	t_is("not too early",
	     past.tv_sec > t.tv_sec ||
		     (past.tv_sec == t.tv_sec && past.tv_nsec >= t.tv_nsec));
	self = pthread_self();
	sigaction(SIGUSR1, &sa, NULL);
	pthread_create(&th[0], NULL, interrupter, NULL);
	t = in_ms(20000);
	t_ret("interrupted", sem_timedwait(&items, &t));
	pthread_join(th[0], NULL);
	t_ret("destroy", sem_destroy(&items));

	t_ret("unlink", sem_unlink(name));
	t_ret("twice", sem_unlink(name));
	t_ret("it works on", sem_wait(mutex));
	again = sem_open(name, O_CREAT | O_EXCL, 0600, 5);
	t_is("another of that name", again != SEM_FAILED && again != mutex);
	sem_getvalue(again, &val);
	t_val("its value", val);
	sem_unlink(name);
	t_ret("close", sem_close(mutex));
	t_ret("close", sem_close(again));
	return 0;
}
