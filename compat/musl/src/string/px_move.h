/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * px_move.h: what memcpy() and memmove() share.  Each includes it, so that a
 * program may define one of the two itself.
 *
 * Up to 128 bytes are all loaded before any is stored, from both ends and
 * overlapping in the middle: few branches, and right for overlapping buffers.
 * More go through a loop that stores aligned.  The ends that the loop does not
 * reach are loaded before it and stored after it, because the loop may by then
 * have overwritten them in the source.
 */
#include "px_vector.h"

PX_INLINE_STR void px_move_small(char *d, const char *s, size_t n)
{
	if (n >= 8) {
		uint64_t a = *(px_u64_u *)s, b = *(px_u64_u *)(s + n - 8);

		*(px_u64_u *)d = a;
		*(px_u64_u *)(d + n - 8) = b;
	} else if (n >= 4) {
		uint32_t a = *(px_u32_u *)s, b = *(px_u32_u *)(s + n - 4);

		*(px_u32_u *)d = a;
		*(px_u32_u *)(d + n - 4) = b;
	} else if (n >= 2) {
		uint16_t a = *(px_u16_u *)s, b = *(px_u16_u *)(s + n - 2);

		*(px_u16_u *)d = a;
		*(px_u16_u *)(d + n - 2) = b;
	} else if (n) {
		*d = *s;
	}
}

/* 17 to 128 bytes. */
PX_INLINE_STR void px_move_medium(char *d, const char *s, size_t n)
{
	px_vec a = px_loadu(s), z = px_loadu(s + n - 16);

	if (n > 32) {
		px_vec b = px_loadu(s + 16), y = px_loadu(s + n - 32);

		if (n > 64) {
			px_vec c = px_loadu(s + 32), e = px_loadu(s + 48);
			px_vec w = px_loadu(s + n - 64);
			px_vec x = px_loadu(s + n - 48);

			px_storeu(d + 32, c);
			px_storeu(d + 48, e);
			px_storeu(d + n - 64, w);
			px_storeu(d + n - 48, x);
		}
		px_storeu(d + 16, b);
		px_storeu(d + n - 32, y);
	}
	px_storeu(d, a);
	px_storeu(d + n - 16, z);
}

PX_INLINE_STR void px_move_forward(char *d, const char *s, size_t n)
{
	px_vec head = px_loadu(s);
	px_vec w = px_loadu(s + n - 64), x = px_loadu(s + n - 48);
	px_vec y = px_loadu(s + n - 32), z = px_loadu(s + n - 16);
	size_t i = 16 - ((uintptr_t)d & 15);

	for (; i < n - 64; i += 64) {
		px_vec a = px_loadu(s + i), b = px_loadu(s + i + 16);
		px_vec c = px_loadu(s + i + 32), e = px_loadu(s + i + 48);

		px_store(d + i, a);
		px_store(d + i + 16, b);
		px_store(d + i + 32, c);
		px_store(d + i + 48, e);
	}
	px_storeu(d + n - 64, w);
	px_storeu(d + n - 48, x);
	px_storeu(d + n - 32, y);
	px_storeu(d + n - 16, z);
	px_storeu(d, head);
}

PX_INLINE_STR void px_move_backward(char *d, const char *s, size_t n)
{
	px_vec tail = px_loadu(s + n - 16);
	px_vec w = px_loadu(s), x = px_loadu(s + 16);
	px_vec y = px_loadu(s + 32), z = px_loadu(s + 48);
	size_t i = n - ((uintptr_t)(d + n) & 15);

	for (; i > 64; i -= 64) {
		px_vec a = px_loadu(s + i - 16), b = px_loadu(s + i - 32);
		px_vec c = px_loadu(s + i - 48), e = px_loadu(s + i - 64);

		px_store(d + i - 16, a);
		px_store(d + i - 32, b);
		px_store(d + i - 48, c);
		px_store(d + i - 64, e);
	}
	px_storeu(d, w);
	px_storeu(d + 16, x);
	px_storeu(d + 32, y);
	px_storeu(d + 48, z);
	px_storeu(d + n - 16, tail);
}

PX_INLINE_STR void *px_move(void *dest, const void *src, size_t n)
{
	char *d = dest;
	const char *s = src;

	if (n <= 16)
		px_move_small(d, s, n);
	else if (n <= 128)
		px_move_medium(d, s, n);
	else if ((uintptr_t)d - (uintptr_t)s >= n)
		px_move_forward(d, s, n);
	else
		px_move_backward(d, s, n);
	return dest;
}
