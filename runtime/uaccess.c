/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uaccess.c: reading and writing the program's memory (uaccess.h).
 *
 * The range check keeps a program from having the runtime overwrite itself on
 * its behalf. Whether the page is there and may be accessed is left to the
 * processor: a fault that vm_fault() cannot serve continues at the fix-up.
 */
#include <posixen/uaccess.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/trap.h>

/* uaccess_copy.S: bytes not done. */
size_t uaccess_copy(void *dst, const void *src, size_t n);
size_t uaccess_clear(void *dst, size_t n);

bool user_range_ok(const void *p, size_t n)
{
	uintptr_t start = (uintptr_t)p, end = start + n;

	if (start < USER_MIN || end < start || end > USER_MAX)
		return n == 0;
	return end <= (uintptr_t)__kernel_start ||
	       start >= (uintptr_t)__kernel_end;
}

size_t copy_in_some(void *dst, const void *usrc, size_t n)
{
	/* A range that runs into forbidden addresses is not cut there: the
	 * program has no reason to ask for it, and all of it fails. */
	return user_range_ok(usrc, n) ? n - uaccess_copy(dst, usrc, n) : 0;
}

size_t copy_out_some(void *udst, const void *src, size_t n)
{
	return user_range_ok(udst, n) ? n - uaccess_copy(udst, src, n) : 0;
}

size_t clear_out_some(void *udst, size_t n)
{
	return user_range_ok(udst, n) ? n - uaccess_clear(udst, n) : 0;
}

int copy_in(void *dst, const void *usrc, size_t n)
{
	return copy_in_some(dst, usrc, n) == n ? 0 : -EFAULT;
}

int copy_out(void *udst, const void *src, size_t n)
{
	return copy_out_some(udst, src, n) == n ? 0 : -EFAULT;
}

int clear_out(void *udst, size_t n)
{
	return clear_out_some(udst, n) == n ? 0 : -EFAULT;
}

ssize_t copy_in_str(char *dst, const char *usrc, size_t size)
{
	size_t done = 0;

	/* Up to the end of a page at a time: the string may end right before
	 * one that is not there. */
	while (done < size) {
		size_t n = PAGE_SIZE - ((uintptr_t)(usrc + done) % PAGE_SIZE);
		const char *nul;

		/* Most are short; do not copy a page to find that out. */
		n = MIN(MIN(n, size - done), 64);
		if (copy_in_some(dst + done, usrc + done, n) != n)
			return -EFAULT;
		nul = memchr(dst + done, '\0', n);
		if (nul)
			return nul - dst;
		done += n;
	}
	return -ENAMETOOLONG;
}

int get_user_u32(uint32_t *val, const uint32_t *uaddr)
{
	int err = 0;
	uint32_t v = 0;

	if (!user_range_ok(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	__asm__ volatile("1:\tmovl %2, %1\n"
			 "2:\n\t"
			 ".pushsection .text.fixup, \"ax\"\n"
			 "3:\tmovl %3, %0\n\t"
			 "jmp 2b\n\t"
			 ".popsection\n\t" EX_TABLE(1b, 3b)
			 : "+r"(err), "=&r"(v)
			 : "m"(*uaddr), "i"(-EFAULT));
	*val = v;
	return err;
}

int put_user_u32(uint32_t *uaddr, uint32_t val)
{
	int err = 0;

	if (!user_range_ok(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	__asm__ volatile("1:\tmovl %2, %1\n"
			 "2:\n\t"
			 ".pushsection .text.fixup, \"ax\"\n"
			 "3:\tmovl %3, %0\n\t"
			 "jmp 2b\n\t"
			 ".popsection\n\t" EX_TABLE(1b, 3b)
			 : "+r"(err), "=m"(*uaddr)
			 : "r"(val), "i"(-EFAULT));
	return err;
}

int cmpxchg_user_u32(uint32_t *uaddr, uint32_t expect, uint32_t desired,
		     uint32_t *old)
{
	int err = 0;

	if (!user_range_ok(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	__asm__ volatile("1:\tlock cmpxchgl %3, %1\n"
			 "2:\n\t"
			 ".pushsection .text.fixup, \"ax\"\n"
			 "3:\tmovl %4, %0\n\t"
			 "jmp 2b\n\t"
			 ".popsection\n\t" EX_TABLE(1b, 3b)
			 : "+r"(err), "+m"(*uaddr), "+a"(expect)
			 : "r"(desired), "i"(-EFAULT)
			 : "memory");
	*old = expect;
	return err;
}
