/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * checksum.c: the Internet checksum (RFC 1071), eight bytes at a time: the sum
 * of 16-bit words does not care how many of them are added at once, if carries
 * come around in the end (there, section 2).
 */
#include <lwip/inet_chksum.h>
#include "checksum.h"

static inline uint64_t load64(const void *p)
{
	uint64_t v;

	__builtin_memcpy(&v, p, sizeof(v));
	return v;
}

/* Add 64 bytes to sum, the last carry included. */
static inline uint64_t add_64(uint64_t sum, const uint8_t *p)
{
	__asm__("addq (%1), %0\n\tadcq 8(%1), %0\n\tadcq 16(%1), %0\n\t"
		"adcq 24(%1), %0\n\tadcq 32(%1), %0\n\tadcq 40(%1), %0\n\t"
		"adcq 48(%1), %0\n\tadcq 56(%1), %0\n\tadcq $0, %0"
		: "+r"(sum)
		: "r"(p), "m"(*(const uint8_t(*)[64])p)
		: "cc");
	return sum;
}

static inline uint64_t add_carry(uint64_t sum, uint64_t v)
{
	__asm__("addq %1, %0\n\tadcq $0, %0" : "+r"(sum) : "rm"(v) : "cc");
	return sum;
}

uint64_t checksum_add(uint64_t sum, const void *data, size_t n)
{
	const uint8_t *p = data;
	uint64_t last = 0;

	for (; n >= 64; n -= 64, p += 64)
		sum = add_64(sum, p);
	for (; n >= 8; n -= 8, p += 8)
		sum = add_carry(sum, load64(p));
	/* The rest as if zeroes followed. */
	for (size_t i = 0; i < n; i++)
		last |= (uint64_t)p[i] << (8 * i);
	return add_carry(sum, last);
}

uint16_t checksum_fold(uint64_t sum)
{
	sum = (sum >> 32) + (sum & 0xffffffff);
	sum = (sum >> 16 >> 16) + (sum & 0xffffffff);
	sum = (sum >> 16) + (sum & 0xffff);
	sum = (sum >> 16) + (sum & 0xffff);
	return sum;
}

unsigned short net_checksum(const void *data, int len)
{
	return checksum_fold(checksum_add(0, data, len));
}
