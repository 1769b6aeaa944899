/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uaccess.h: the only way from a handler to the program's memory
 * (runtime/uaccess.c, uaccess_copy.S).
 *
 * Each checks that the range is the program's, not the kernel's, and survives a
 * fault half-way through an entry in the exception table (section __ex_table):
 * the answer to a bad pointer is -EFAULT. Kernel context; may serve page
 * faults.
 */
#ifndef POSIXEN_UACCESS_H
#define POSIXEN_UACCESS_H

#include <posixen/types.h>

/* True if [p, p + n) lies within addresses that a program may own. */
bool user_range_ok(const void *p, size_t n);

int copy_in(void *dst, const void *usrc, size_t n);  /* 0 or -EFAULT */
int copy_out(void *udst, const void *src, size_t n); /* 0 or -EFAULT */
int clear_out(void *udst, size_t n);
/* As above but return how many bytes were copied before a fault. */
size_t copy_in_some(void *dst, const void *usrc, size_t n);
size_t copy_out_some(void *udst, const void *src, size_t n);
size_t clear_out_some(void *udst, size_t n);
/* Copy a string with its NUL, size bytes at most: its length, -EFAULT, or
 * -ENAMETOOLONG when there was no NUL within size. */
ssize_t copy_in_str(char *dst, const char *usrc, size_t size);
/* 32-bit word operations for futexes: 0 or -EFAULT. cmpxchg stores what was
 * found in *old. */
int get_user_u32(uint32_t *val, const uint32_t *uaddr);
int put_user_u32(uint32_t *uaddr, uint32_t val);
int cmpxchg_user_u32(uint32_t *uaddr, uint32_t expect, uint32_t desired,
		     uint32_t *old);

#define copy_in_obj(dst, usrc)	copy_in((dst), (usrc), sizeof(*(dst)))
#define copy_out_obj(udst, src) copy_out((udst), (src), sizeof(*(src)))

/* Copy without string instructions: for valgrind (uaccess_copy.S). */
extern uint8_t uaccess_plain;

/*
 * A gather or scatter list of the program's memory (readv, writev), or of the
 * kernel's own (kernel set). Consumed from the front.
 */
struct iovec;
struct uio {
	const struct iovec *iov; /* kernel copy of the vector */
	size_t nr;		 /* entries left, iov[0] the current */
	size_t off;		 /* into iov[0] */
	size_t left;		 /* bytes left in all */
	bool kernel;		 /* the addresses are the kernel's */
	int rwf;		 /* RWF_ flags of this call (pwritev2(2)) */
	bool more;		 /* the caller has more to write at once */
};

/* Move up to n bytes between buf and the list; the number moved, which is
 * smaller than MIN(n, left) only at a fault: then -EFAULT if none moved. */
ssize_t uio_read(void *buf, size_t n, struct uio *u);	     /* list -> buf */
ssize_t uio_write(const void *buf, size_t n, struct uio *u); /* buf -> list */
ssize_t uio_zero(size_t n, struct uio *u);

#endif
