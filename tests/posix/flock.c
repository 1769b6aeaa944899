/* SPDX-License-Identifier: BSD-2-Clause */
/* flock(fd, operation): see flock(2). */
#include "t.h"
#include <pthread.h>
#include <sys/file.h>

static int a, b;
static volatile int released;

static void *unlocker(void *arg)
{
	usleep(20000);
	released = 1;
	flock(a, LOCK_UN);
	return NULL;
}

static void on_alarm(int sig)
{
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_alarm};
	pthread_t th;
	int c;

	t_file("f", "");
	a = open("f", O_RDONLY);
	b = open("f", O_RDWR);
	t_ret("shared", flock(a, LOCK_SH));
	t_ret("shared by two", flock(b, LOCK_SH | LOCK_NB));
	t_ret("exclusive", flock(b, LOCK_EX | LOCK_NB));
	/* The conversion failed, and the old lock is gone all the same. */
	t_ret("the other alone", flock(a, LOCK_EX | LOCK_NB));
	t_ret("again", flock(a, LOCK_EX | LOCK_NB));
	t_ret("shared", flock(b, LOCK_SH | LOCK_NB));
	t_ret("unlock what is not held", flock(b, LOCK_UN));
	c = dup(a);
	t_ret("by a duplicate", flock(c, LOCK_EX | LOCK_NB));
	close(a);
	t_ret("one closed", flock(b, LOCK_EX | LOCK_NB));
	close(c);
	t_ret("both closed", flock(b, LOCK_EX | LOCK_NB));
	a = open("f", O_RDONLY);
	t_ret("no operation", flock(a, 0));
	t_ret("two operations", flock(a, LOCK_SH | LOCK_EX));
	t_ret("closed", flock(99, LOCK_SH));
	t_ret("closed, no operation", flock(99, 0));
	t_ret("O_PATH", flock(open("f", O_PATH), LOCK_SH));
	t_ret("directory", flock(open(".", O_RDONLY), LOCK_EX | LOCK_NB));
	t_ret("the same directory",
	      flock(open(".", O_RDONLY), LOCK_SH | LOCK_NB));
	t_ret("/dev/null", flock(open("/dev/null", O_RDONLY), LOCK_SH));

	flock(b, LOCK_UN);
	flock(a, LOCK_EX);
	pthread_create(&th, NULL, unlocker, NULL);
	t_ret("wait", flock(b, LOCK_EX));
	t_is("after the other", released);
	pthread_join(th, NULL);
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	t_ret("signal", flock(a, LOCK_SH));

	/* Record locks are another world. */
	struct flock fl = {.l_type = F_WRLCK};
	t_ret("record lock", fcntl(open("f", O_RDWR), F_SETLK, &fl));
	return 0;
}
