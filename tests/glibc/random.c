/* SPDX-License-Identifier: BSD-2-Clause */
/* random_r(3) and its kin give the same numbers; arc4random(3) gives any. */
#define _GNU_SOURCE
#include "test.h"
#include <stdlib.h>
#include <string.h>

static void with_state(size_t size)
{
	struct random_data data = {0};
	char state[256] = {0};
	int32_t value;

	SHOW_ERRNO(initstate_r(42, state, size, &data));
	for (int i = 0; i < 6; i++) {
		SHOW(random_r(&data, &value));
		SHOW(value);
	}
	SHOW(srandom_r(7, &data));
	SHOW(random_r(&data, &value));
	SHOW(value);
}

static void two_states(void)
{
	struct random_data data = {0};
	char one[128], two[64];
	int32_t value;

	initstate_r(1, one, sizeof(one), &data);
	random_r(&data, &value);
	SHOW(value);
	initstate_r(2, two, sizeof(two), &data);
	random_r(&data, &value);
	SHOW(value);
	SHOW(setstate_r(one, &data));
	random_r(&data, &value);
	SHOW(value);
	SHOW(setstate_r(two, &data));
	random_r(&data, &value);
	SHOW(value);
}

static void rand48(void)
{
	struct drand48_data data;
	unsigned short x[3] = {1, 2, 3}, seed[3] = {4, 5, 6};
	unsigned short parameters[7] = {1, 2, 3, 4, 5, 6, 7};
	long n;
	double d;

	srand48_r(99, &data);
	for (int i = 0; i < 3; i++) {
		lrand48_r(&data, &n);
		SHOW(n);
		mrand48_r(&data, &n);
		SHOW(n);
		drand48_r(&data, &d);
		SHOW(d * 1e15);
		nrand48_r(x, &data, &n);
		SHOW(n);
		jrand48_r(x, &data, &n);
		SHOW(n);
		erand48_r(x, &data, &d);
		SHOW(d * 1e15);
	}
	seed48_r(seed, &data);
	lrand48_r(&data, &n);
	SHOW(n);
	lcong48_r(parameters, &data);
	lrand48_r(&data, &n);
	SHOW(n);
}

void test_random(void)
{
	unsigned seen[8] = {0};
	unsigned char bytes[1000] = {0};
	int different = 0, few = 0;

	with_state(8);
	with_state(32);
	with_state(64);
	with_state(128);
	with_state(256);
	SHOW_ERRNO(initstate_r(1, (char *)seen, 7, &(struct random_data){0}));
	two_states();
	rand48();
	SHOW(arc4random() == arc4random() && arc4random() == arc4random());
	for (int i = 0; i < 8000; i++)
		seen[arc4random_uniform(8)]++;
	for (int i = 0; i < 8; i++)
		few += seen[i] < 700 || seen[i] > 1300;
	SHOW(few);
	SHOW(arc4random_uniform(1));
	SHOW(arc4random_uniform(0));
	arc4random_buf(bytes, sizeof(bytes));
	for (size_t i = 1; i < sizeof(bytes); i++)
		different += bytes[i] != bytes[i - 1];
	SHOW(different > 900);
}
