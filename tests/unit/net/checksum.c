/* SPDX-License-Identifier: BSD-2-Clause */
/* The wide checksum against RFC 1071's own words, for each length and place. */
#include <stdlib.h>
#include "../../../net/checksum.h"
#include "net.h"

static uint16_t plain(const uint8_t *p, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += i & 1 ? p[i] << 8 : p[i];
	while (sum >> 16)
		sum = (sum >> 16) + (sum & 0xffff);
	return sum;
}

/* 0 and 0xffff are the same number in this arithmetic. */
static int same(uint16_t a, uint16_t b)
{
	return a == b || (a % 0xffff == 0 && b % 0xffff == 0);
}

void test_checksum(void)
{
	static uint8_t bytes[2048];
	int wrong = 0;

	for (int fill = 0; fill < 3; fill++) {
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = fill == 0 ? rand() : fill == 1 ? 0xff : 0;
		for (size_t off = 0; off < 9; off++)
			for (size_t n = 0; n < 1600; n++)
				wrong += !same(checksum_fold(checksum_add(
						       0, bytes + off, n)),
					       plain(bytes + off, n));
	}
	CHECK(wrong == 0);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = rand();
	wrong = 0;
	for (size_t cut = 0; cut < 1000; cut += 2)
		wrong += !same(
			checksum_fold(checksum_add(checksum_add(0, bytes, cut),
						   bytes + cut, 1001 - cut)),
			plain(bytes, 1001));
	CHECK(wrong == 0);
}
