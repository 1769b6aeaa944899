/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * types.h: the few types and macros that every folder uses.
 *
 * Linux's structures and constants come from the kernel's own UAPI headers
 * (<asm/...>, <linux/...>), which are the foreign ABI of this project; they
 * are never written again by hand.
 */
#ifndef POSIXEN_TYPES_H
#define POSIXEN_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/limits.h>
#include <asm/errno.h>

typedef long ssize_t;
typedef long long loff_t;

/* gcc's limits.h wants a C library's behind it. */
#define INT_MAX	  __INT_MAX__
#define INT_MIN	  (-INT_MAX - 1)
#define UINT_MAX  (INT_MAX * 2U + 1U)
#define LONG_MAX  __LONG_MAX__
#define LONG_MIN  (-LONG_MAX - 1L)
#define ULONG_MAX (LONG_MAX * 2UL + 1UL)

/* A page frame number: guest-physical address >> PAGE_SHIFT. */
typedef uint32_t pfn_t;
#define PFN_NONE ((pfn_t)-1)

#define PAGE_SHIFT 12
#define PAGE_SIZE  4096UL
#define PAGE_MASK  (~(PAGE_SIZE - 1))

#define ARRAY_SIZE(a)	      (sizeof(a) / sizeof((a)[0]))
#define ALIGN_UP(x, a)	      (((x) + (a)-1) & ~((__typeof__(x))(a)-1))
#define ALIGN_DOWN(x, a)      ((x) & ~((__typeof__(x))(a)-1))
#define PAGE_UP(x)	      ALIGN_UP(x, PAGE_SIZE)
#define PAGE_DOWN(x)	      ALIGN_DOWN(x, PAGE_SIZE)
#define container_of(p, t, m) ((t *)((char *)(p)-offsetof(t, m)))
#define likely(x)	      __builtin_expect(!!(x), 1)
#define unlikely(x)	      __builtin_expect(!!(x), 0)
#define MIN(a, b)	      ((a) < (b) ? (a) : (b))
#define MAX(a, b)	      ((a) > (b) ? (a) : (b))
#define __weak		      __attribute__((weak))
#define __noreturn	      __attribute__((noreturn))
#define __printf(f, a)	      __attribute__((format(printf, f, a)))
#define __section(s)	      __attribute__((section(s)))
#define __used		      __attribute__((used))
#define barrier()	      __asm__ volatile("" ::: "memory")
#define NSEC_PER_SEC	      1000000000ULL

/*
 * Errors as pointers: the last page of the address space is never mapped, so
 * a pointer there can carry a negative errno, as in Linux.
 */
static inline void *err_ptr(long err)
{
	return (void *)err;
}

static inline long ptr_err(const void *p)
{
	return (long)p;
}

static inline bool is_err(const void *p)
{
	return (unsigned long)p >= (unsigned long)-4095;
}

#endif
