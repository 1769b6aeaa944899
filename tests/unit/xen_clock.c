/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen/pvclock.h: ticks to nanoseconds, for scales as Xen makes them, against
 * arithmetic in 128 bits that follows the definition in xen/xen.h.
 */
#include <stdint.h>
#include <stdlib.h>
#include "unit.h"
#include "../../xen/pvclock.h"

/* As Xen: the multiplier is normalised to have its top bit set. */
static void scale_for(uint64_t hz, uint32_t *mul, int8_t *shift)
{
	uint64_t tps = hz;

	*shift = 0;
	while (tps > 2000000000ULL) {
		tps >>= 1;
		--*shift;
	}
	while (tps <= 1000000000ULL) {
		tps <<= 1;
		++*shift;
	}
	*mul = (1000000000ULL << 32) / tps;
}

static uint64_t defined(uint64_t ticks, uint32_t mul, int8_t shift)
{
	unsigned __int128 t = ticks;

	t = shift < 0 ? t >> -shift : t << shift;
	return (uint64_t)(t * mul >> 32);
}

static void check_frequency(uint64_t hz)
{
	uint64_t second, day = hz * 86400, last = 0;
	uint32_t mul;
	int8_t shift;

	scale_for(hz, &mul, &shift);
	second = pvclock_ticks_to_ns(hz, mul, shift);
	/* The scale has 31 bits or more: good to a nanosecond or two. */
	CHECK(second > 999999990 && second <= 1000000000);
	CHECK(pvclock_ticks_to_ns(0, mul, shift) == 0);
	/* A day without an update must not overflow on the way. */
	CHECK(pvclock_ticks_to_ns(day, mul, shift) / 1000000000 >= 86399);
	for (int i = 0; i < 1000; i++) {
		uint64_t ticks = (uint64_t)rand() * rand() % day;

		CHECK(pvclock_ticks_to_ns(ticks, mul, shift) ==
		      defined(ticks, mul, shift));
	}
	for (uint64_t ticks = 0; ticks < 3000; ticks++) {
		uint64_t ns = pvclock_ticks_to_ns(ticks, mul, shift);

		CHECK(ns >= last);
		last = ns;
	}
}

int main(void)
{
	static const uint64_t hz[] = {100000000,  999999999,  1000000000,
				      1000000001, 2000000000, 2400000000,
				      2893202000, 5300000000};

	srand(2);
	for (unsigned int i = 0; i < sizeof(hz) / sizeof(*hz); i++)
		check_frequency(hz[i]);
	return unit_done();
}
