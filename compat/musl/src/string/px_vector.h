/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * px_vector.h: 16 bytes at once, for the string functions beside this file.
 *
 * SSE2, which every x86-64 processor has, through the compiler's own vector
 * types.  Wider registers would need a choice at run time and save little: the
 * sizes that programs ask for most fit into four of these.
 *
 * A load of 16 aligned bytes never crosses a page, so a search may read the
 * whole block in which its string begins or ends; an unaligned load may only
 * if all 16 bytes are the caller's or px_crosses_page() says no.
 */
#ifndef PX_VECTOR_H
#define PX_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#define PX_INLINE_STR static inline __attribute__((always_inline))

typedef char px_vec __attribute__((vector_size(16), may_alias));
typedef char px_vec_u __attribute__((vector_size(16), may_alias, aligned(1)));
typedef uint64_t px_u64_u __attribute__((may_alias, aligned(1)));
typedef uint32_t px_u32_u __attribute__((may_alias, aligned(1)));
typedef uint16_t px_u16_u __attribute__((may_alias, aligned(1)));

#define VEC sizeof(px_vec)

PX_INLINE_STR px_vec px_load(const void *p)
{
	return *(const px_vec *)p;
}

PX_INLINE_STR px_vec px_loadu(const void *p)
{
	return *(const px_vec_u *)p;
}

PX_INLINE_STR void px_store(void *p, px_vec v)
{
	*(px_vec *)p = v;
}

PX_INLINE_STR void px_storeu(void *p, px_vec v)
{
	*(px_vec_u *)p = v;
}

PX_INLINE_STR px_vec px_fill(int c)
{
	char b = c;

	return (px_vec){b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b};
}

/* Bit i is set if byte i of v has its top bit set. */
PX_INLINE_STR unsigned px_mask(px_vec v)
{
	return __builtin_ia32_pmovmskb128(v);
}

/* Bytewise: all ones where equal. */
PX_INLINE_STR px_vec px_equal(px_vec a, px_vec b)
{
	return (px_vec)(a == b);
}

/* Bytewise minimum, unsigned: zero where either is. */
PX_INLINE_STR px_vec px_min(px_vec a, px_vec b)
{
	return __builtin_ia32_pminub128(a, b);
}

/* Would n bytes at p reach into the next page? */
PX_INLINE_STR int px_crosses_page(const void *p, size_t n)
{
	return ((uintptr_t)p & 4095) > 4096 - n;
}

#endif
