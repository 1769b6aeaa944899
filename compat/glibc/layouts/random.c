/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rand(3) and random(3) for objects compiled against glibc: one generator for
 * both, and glibc's numbers, which programs that seed it expect again.
 */
#include <pthread.h>
#include <random_r.h>
#include <stdlib.h>

int random_r(struct random_data *d, int32_t *result);
int srandom_r(unsigned seed, struct random_data *d);
int initstate_r(unsigned seed, char *state, size_t size, struct random_data *d);
int setstate_r(char *state, struct random_data *d);

long __glibc_random(void);
void __glibc_srandom(unsigned seed);
char *__glibc_initstate(unsigned seed, char *state, size_t size);
char *__glibc_setstate(char *state);
int __glibc_rand(void);
void __glibc_srand(unsigned seed);
int __glibc_rand_r(unsigned *seed);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct random_data generator;
static int32_t first_state[32];

/* Called with the lock: the state that a program begins with is seeded by 1. */
static struct random_data *started(void)
{
	if (!generator.state)
		initstate_r(1, (char *)first_state, sizeof(first_state),
			    &generator);
	return &generator;
}

long __glibc_random(void)
{
	int32_t value;

	pthread_mutex_lock(&lock);
	random_r(started(), &value);
	pthread_mutex_unlock(&lock);
	return value;
}

void __glibc_srandom(unsigned seed)
{
	pthread_mutex_lock(&lock);
	srandom_r(seed, started());
	pthread_mutex_unlock(&lock);
}

/* Both return the state that was in use, or NULL. */
char *__glibc_initstate(unsigned seed, char *state, size_t size)
{
	char *old;

	pthread_mutex_lock(&lock);
	old = (char *)&started()->state[-1];
	if (initstate_r(seed, state, size, &generator) < 0)
		old = NULL;
	pthread_mutex_unlock(&lock);
	return old;
}

char *__glibc_setstate(char *state)
{
	char *old;

	pthread_mutex_lock(&lock);
	old = (char *)&started()->state[-1];
	if (setstate_r(state, &generator) < 0)
		old = NULL;
	pthread_mutex_unlock(&lock);
	return old;
}

int __glibc_rand(void)
{
	return (int)__glibc_random();
}

void __glibc_srand(unsigned seed)
{
	__glibc_srandom(seed);
}

/* POSIX's example of a generator, three steps for 31 bits: 11, 10 and 10. */
int __glibc_rand_r(unsigned *seed)
{
	static const unsigned short bits[] = {2048, 1024, 1024};
	unsigned value = 0;

	for (int i = 0; i < 3; i++) {
		*seed = *seed * 1103515245U + 12345U;
		value = value * (i ? 1024 : 1) + (*seed >> 16) % bits[i];
	}
	return (int)value;
}
