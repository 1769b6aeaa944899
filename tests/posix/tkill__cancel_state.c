/* SPDX-License-Identifier: BSD-2-Clause */
/* Cancellation: its states and types (pthread_setcancelstate(3)), asynchronous
 * cancellation, and the order in which cleanup handlers and destructors run. */
#include "t.h"
#include <pthread.h>

static int fds[2], started;
static pthread_key_t key;
static char order[64];

static void note(char c)
{
	size_t n = strlen(order);

	if (n + 1 < sizeof(order))
		order[n] = c;
}

static void clean(void *arg)
{
	note(*(const char *)arg);
}

static void destroy(void *arg)
{
	note('k');
}

static void begun(void)
{
	__atomic_store_n(&started, 1, __ATOMIC_SEQ_CST);
}

static void *states(void *arg)
{
	int old;

	t_val("state", pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old));
	t_is("  was on", old == PTHREAD_CANCEL_ENABLE);
	t_val("again", pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old));
	t_is("  was off", old == PTHREAD_CANCEL_DISABLE);
	t_val("type", pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old));
	t_is("  was deferred", old == PTHREAD_CANCEL_DEFERRED);
	t_val("back", pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old));
	t_is("  was asynchronous", old == PTHREAD_CANCEL_ASYNCHRONOUS);
	t_say("no such state: %s\n",
	      t_errno_name(pthread_setcancelstate(77, &old)));
	t_say("no such type: %s\n",
	      t_errno_name(pthread_setcanceltype(77, &old)));
	begun();
	return (void *)1;
}

/* Disabled, a thread is not cancelled where it waits; what comes is read. */
static void *disabled(void *arg)
{
	char c = 0;

	pthread_cleanup_push(clean, "c");
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	begun();
	t_val("  read all the same", read(fds[0], &c, 1));
	note(c);
	pthread_testcancel();
	note('t');
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	note('e');
	pthread_testcancel();
	note('!');
	pthread_cleanup_pop(0);
	return NULL;
}

static void *nested(void *arg)
{
	pthread_setspecific(key, "");
	pthread_cleanup_push(clean, "1");
	pthread_cleanup_push(clean, "2");
	pthread_cleanup_push(clean, "3");
	pthread_cleanup_pop(1);
	begun();
	for (;;)
		pause();
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

/* No call at all. */
static void *computes(void *arg)
{
	pthread_setspecific(key, "");
	pthread_cleanup_push(clean, "a");
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	begun();
	for (;;)
		;
	pthread_cleanup_pop(0);
	return NULL;
}

static void *waits_async(void *arg)
{
	char c;

	pthread_cleanup_push(clean, "w");
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	begun();
	read(fds[0], &c, 1);
	pthread_cleanup_pop(0);
	return NULL;
}

/* Deferred, what has no cancellation point runs to its end. */
static void *no_point(void *arg)
{
	begun();
	while (__atomic_load_n(&started, __ATOMIC_SEQ_CST) != 2)
		;
	note('n');
	return (void *)1;
}

static void *myself(void *arg)
{
	pthread_cleanup_push(clean, "m");
	begun();
	t_val("  myself", pthread_cancel(pthread_self()));
	note('-');
	pthread_testcancel();
	note('!');
	pthread_cleanup_pop(0);
	return NULL;
}

static void *exits(void *arg)
{
	pthread_setspecific(key, "");
	pthread_cleanup_push(clean, "x");
	begun();
	pthread_exit((void *)1);
	pthread_cleanup_pop(0);
	return NULL;
}

/* In a handler's call too, below which the thread waits. */
static void on_signal(int sig)
{
	note('s');
	begun();
	for (;;)
		pause();
}

static void *in_handler(void *arg)
{
	char c;

	pthread_cleanup_push(clean, "h");
	pthread_kill(pthread_self(), SIGUSR2);
	read(fds[0], &c, 1);
	pthread_cleanup_pop(0);
	return NULL;
}

static void run(const char *name, void *(*fn)(void *))
{
	pthread_t t;
	void *r;

	memset(order, 0, sizeof(order));
	started = 0;
	t_say("%s\n", name);
	pthread_create(&t, NULL, fn, NULL);
	while (!__atomic_load_n(&started, __ATOMIC_SEQ_CST))
		usleep(500);
	usleep(5000);
	if (fn != states && fn != exits && fn != myself)
		t_val("  pthread_cancel", pthread_cancel(t));
	usleep(5000);
	if (fn == disabled)
		write(fds[1], "d", 1);
	__atomic_store_n(&started, 2, __ATOMIC_SEQ_CST);
	pthread_join(t, &r);
	t_is("  cancelled", r == PTHREAD_CANCELED);
	t_str("  order", order);
}

int main(void)
{
	if (pipe(fds) < 0)
		return 1;
	pthread_key_create(&key, destroy);
	signal(SIGUSR2, on_signal);
	run("states", states);
	run("disabled", disabled);
	run("nested handlers", nested);
	run("asynchronous, computing", computes);
	run("asynchronous, waiting", waits_async);
	run("deferred, no cancellation point", no_point);
	run("a thread itself", myself);
	run("pthread_exit", exits);
	run("in a signal handler", in_handler);
	return 0;
}
