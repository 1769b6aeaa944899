/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * copy.c: memcpy, memmove, memset and memcmp for the runtime itself (lib.h).
 *
 * Eight bytes at a time with the string instructions: kernel code must not
 * touch the program's SSE registers. The compiler may turn a loop of bytes into
 * a call of the function that holds the loop, so this file is built with
 * -fno-tree-loop-distribute-patterns.
 */
#include <posixen/lib.h>

void *memcpy(void *d, const void *s, size_t n)
{
	void *to = d;
	size_t words = n >> 3, bytes = n & 7;

	__asm__ volatile("rep movsq"
			 : "+D"(to), "+S"(s), "+c"(words)
			 :
			 : "memory");
	__asm__ volatile("rep movsb"
			 : "+D"(to), "+S"(s), "+c"(bytes)
			 :
			 : "memory");
	return d;
}

typedef uint64_t __attribute__((may_alias, aligned(1))) word;

void *memmove(void *d, const void *s, size_t n)
{
	/* Unsigned: true also when d lies below s, where upward is safe. */
	if ((uintptr_t)d - (uintptr_t)s >= n)
		return memcpy(d, s, n);

	/* Downward by plain loops: the string instructions are slow with the
	 * direction flag set. */
	unsigned char *to = d;
	const unsigned char *from = s;

	while (n & 7) {
		n--;
		to[n] = from[n];
	}
	while (n) {
		n -= 8;
		*(word *)(to + n) = *(const word *)(from + n);
	}
	return d;
}

void *memset(void *d, int c, size_t n)
{
	void *to = d;
	uint64_t fill = (unsigned char)c * 0x0101010101010101UL;
	size_t words = n >> 3, bytes = n & 7;

	__asm__ volatile("rep stosq"
			 : "+D"(to), "+c"(words)
			 : "a"(fill)
			 : "memory");
	__asm__ volatile("rep stosb"
			 : "+D"(to), "+c"(bytes)
			 : "a"(fill)
			 : "memory");
	return d;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	while (n >= 8 && *(const word *)p == *(const word *)q) {
		p += 8;
		q += 8;
		n -= 8;
	}
	for (; n; n--, p++, q++) {
		if (*p != *q)
			return *p - *q;
	}
	return 0;
}
