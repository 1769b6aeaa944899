/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest program: says when main() was reached, by the time stamp
 * counter, which a guest shares with dom0 when tsc_mode is native.
 */
#include <stdint.h>
#include <stdio.h>
#include <x86intrin.h>

int main(void)
{
	uint64_t tsc = __rdtsc();

	printf("Hello, world: main at tsc %llu\n", (unsigned long long)tsc);
	return 0;
}
