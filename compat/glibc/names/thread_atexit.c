/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __cxa_thread_atexit_impl: the destructors of C++'s thread_local objects. They
 * run when their thread ends, the last registered first, before the thread's
 * keys (pthread_key_create(3)) have theirs run; those of the thread that calls
 * exit(3) run before the program's own (compat/musl/src/exit/exit.c).
 */
#include <pthread.h>
#include <stdlib.h>

struct destructor {
	struct destructor *next;
	void (*run)(void *);
	void *object;
};

static _Thread_local struct destructor *destructors;
static pthread_key_t key;

/*
 * An object's destructor may make another object, whose own is then the first.
 * exit() calls this by the name that glibc has for it.
 */
void __call_tls_dtors(void)
{
	while (destructors) {
		struct destructor *d = destructors;

		destructors = d->next;
		d->run(d->object);
		free(d);
	}
}

static void thread_ends(void *unused)
{
	(void)unused;
	__call_tls_dtors();
}

/* Destructors run in the order of the keys: ours shall be the first of all. */
__attribute__((constructor(101))) static void make_key(void)
{
	if (pthread_key_create(&key, thread_ends))
		abort();
}

/*
 * The object's library stays loaded, so dso means nothing here. There is no way
 * to report that memory is out; glibc ends the program then, too.
 */
int __cxa_thread_atexit_impl(void (*run)(void *), void *object, void *dso)
{
	struct destructor *d = malloc(sizeof(*d));

	(void)dso;
	if (!d || pthread_setspecific(key, &key))
		abort();
	*d = (struct destructor){destructors, run, object};
	destructors = d;
	return 0;
}
