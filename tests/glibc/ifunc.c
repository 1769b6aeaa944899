/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions that are chosen when the program starts, before constructors. */
#include "test.h"

static int one_more(int x)
{
	return x + 1;
}

static int one_less(int x)
{
	return x - 1;
}

static void *choose(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("sse2") ? (void *)one_more
					      : (void *)one_less;
}

int chosen(int x) __attribute__((ifunc("choose")));
static int chosen_here(int x) __attribute__((ifunc("choose")));

__attribute__((target_clones("avx2", "sse4.2", "default"))) int chosen_sum(
	const int *a, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i] * a[i];
	return sum;
}

static int early;

__attribute__((constructor)) static void at_start(void)
{
	early = chosen(41);
}

static int (*in_data)(int) = chosen;
static int (*const in_rodata)(int) = chosen;

void test_ifunc(void)
{
	int numbers[100];

	for (int i = 0; i < 100; i++)
		numbers[i] = i;
	SHOW(early);
	SHOW(chosen(1));
	SHOW(chosen_here(2));
	SHOW(in_data(3));
	SHOW(in_rodata(4));
	SHOW(in_data == chosen && in_rodata == chosen);
	SHOW(chosen_sum(numbers, 100));
}
