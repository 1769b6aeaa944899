/* SPDX-License-Identifier: BSD-2-Clause */
/* access.c: copies to and from the program, to the byte. */
#include "mem.h"
#include <stdlib.h>
#include <linux/uio.h>

#define BASE 0x3000000000UL

void test_access_edges(void)
{
	unsigned char buf[64];
	char text[300];
	uintptr_t end = BASE + PAGE_SIZE;
	uint32_t v, old;

	boot(1, 4000);
	vm_mmap(vm, BASE, PAGE_SIZE, RW, ANON | MAP_FIXED, NULL, 0);
	for (size_t n = 0; n < 40; n++) {
		for (size_t over = 0; over < 20 && over <= n; over++) {
			memset(buf, 0x5a, sizeof(buf));
			memset((void *)BASE, 0, PAGE_SIZE);
			CHECK(copy_out_some((void *)(end - n + over), buf, n) ==
			      n - over);
			for (size_t i = 0; i < 40; i++)
				CHECK(peek(end - 1 - i) ==
				      (i < n - over ? 0x5a : 0));
			CHECK(copy_out((void *)(end - n + over), buf, n) ==
			      (over ? -EFAULT : 0));
			memset(buf, 0, sizeof(buf));
			CHECK(copy_in_some(buf, (void *)(end - n + over), n) ==
			      n - over);
			for (size_t i = 0; i < n; i++)
				CHECK(buf[i] == (i < n - over ? 0x5a : 0));
			CHECK(clear_out_some((void *)(end - n + over), n) ==
			      n - over);
			CHECK(n == over || peek(end - 1) == 0);
		}
	}
	memcpy((void *)(end - 4), "abc", 4);
	CHECK(copy_in_str(text, (void *)(end - 4), 300) == 3);
	CHECK_STR(text, "abc");
	CHECK(copy_in_str(text, (void *)(end - 4), 3) == -ENAMETOOLONG);
	CHECK(copy_in_str(text, (void *)(end - 4), 4) == 3);
	*(char *)(end - 1) = 'd';
	CHECK(copy_in_str(text, (void *)(end - 4), 300) == -EFAULT);
	CHECK(copy_in_str(text, (void *)(end - 4), 4) == -ENAMETOOLONG);
	memset((void *)BASE, 'x', 250);
	*(char *)(BASE + 250) = 0;
	CHECK(copy_in_str(text, (void *)BASE, 300) == 250);

	CHECK(!put_user_u32((uint32_t *)BASE, 77));
	CHECK(!get_user_u32(&v, (uint32_t *)BASE) && v == 77);
	CHECK(!cmpxchg_user_u32((uint32_t *)BASE, 77, 78, &old) && old == 77);
	CHECK(!cmpxchg_user_u32((uint32_t *)BASE, 77, 79, &old) && old == 78);
	CHECK(put_user_u32((uint32_t *)end, 1) == -EFAULT);
	CHECK(get_user_u32(&v, (uint32_t *)end) == -EFAULT);
	CHECK(cmpxchg_user_u32((uint32_t *)end, 1, 2, &old) == -EFAULT);

	/* The kernel's windows, the first page, the end of the world. */
	CHECK(copy_in(buf, pfn_to_virt(2), 1) == -EFAULT);
	CHECK(copy_in(buf, (void *)PAGES_BASE, 1) == -EFAULT);
	CHECK(copy_in(buf, NULL, 1) == -EFAULT);
	CHECK(copy_in(buf, (void *)-1L, 1) == -EFAULT);
	CHECK(copy_in(buf, (void *)BASE, -1UL) == -EFAULT);
	CHECK(!user_range_ok((void *)(USER_MAX - 1), 2));
	CHECK(user_range_ok((void *)(USER_MAX - 1), 1));
	CHECK(copy_in(buf, NULL, 0) == 0);
	exit(unit_done());
}

void test_access_uio(void)
{
	unsigned char whole[200], got[200];

	boot(1, 4000);
	vm_mmap(vm, BASE, PAGE_SIZE, RW, ANON | MAP_FIXED, NULL, 0);
	for (int round = 0; round < 500; round++) {
		struct iovec iov[5];
		size_t len = 0, moved = 0;
		struct uio u = {.iov = iov, .nr = 5};

		for (int i = 0; i < 5; i++) {
			iov[i].iov_base = (void *)(BASE + (unsigned)i * 100);
			iov[i].iov_len = rnd(3) ? rnd(40) : 0;
			len += iov[i].iov_len;
		}
		u.left = len;
		for (size_t i = 0; i < len; i++)
			whole[i] = (unsigned char)rnd(256);
		while (moved < len) {
			ssize_t n = uio_write(whole + moved, 1 + rnd(50), &u);

			CHECK(n > 0);
			moved += (size_t)n;
		}
		CHECK(u.left == 0 && uio_write(whole, 10, &u) == 0);
		u = (struct uio){.iov = iov, .nr = 5, .left = len};
		moved = 0;
		while (moved < len)
			moved += (size_t)uio_read(got + moved, 1 + rnd(50), &u);
		CHECK(memcmp(whole, got, len) == 0);
		u = (struct uio){.iov = iov, .nr = 5, .left = len};
		CHECK(uio_zero(len / 2, &u) == (ssize_t)(len / 2));
		CHECK(uio_read(got, len, &u) == (ssize_t)(len - len / 2));
		CHECK(memcmp(whole + len / 2, got, len - len / 2) == 0);
	}
	/* A fault after some bytes reports these, then -EFAULT. */
	struct iovec iov[2] = {{(void *)BASE, 10},
			       {(void *)(BASE + PAGE_SIZE - 5), 10}};
	struct uio u = {.iov = iov, .nr = 2, .left = 20};

	CHECK(uio_write(whole, 20, &u) == 15 && u.left == 5);
	CHECK(uio_write(whole, 5, &u) == -EFAULT && u.left == 5);
	exit(unit_done());
}
