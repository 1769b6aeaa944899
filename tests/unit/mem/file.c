/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c: mappings of a file. */
#include "mem.h"
#include <posixen/file.h>
#include <stdlib.h>

#define BASE 0x3000000000UL

static uintptr_t at(unsigned int page)
{
	return BASE + page * PAGE_SIZE;
}

void test_file_shared(void)
{
	struct file *f, *ro;
	long a;

	boot(1, 4000);
	f = fake_file(10, 2);
	ro = fake_file(4, 0);
	a = vm_mmap(vm, 0, PAGE_SIZE, RW, MAP_SHARED, ro, 0);
	CHECK(a == -EACCES);
	a = vm_mmap(vm, at(30), PAGE_SIZE, PROT_READ, MAP_SHARED | MAP_FIXED,
		    ro, 0);
	CHECK(a > 0 && vm_mprotect(vm, at(30), PAGE_SIZE, RW) == -EACCES);
	CHECK(!vm_mapped_writable(ro));

	a = vm_mmap(vm, at(0), 12 * PAGE_SIZE, RW, MAP_SHARED | MAP_FIXED, f,
		    0);
	CHECK(a == (long)at(0));
	CHECK(vm_mapped_writable(f));
	CHECK(peek(at(0)) == 1 && peek(at(4)) == 5);
	CHECK(mkwrites == 0);
	CHECK(!poke(at(4), 99) && mkwrites == 1);
	CHECK(fake_file_byte(f, 4) == 99);
	/* A hole read is a page of the file from then on: both sides see
	 * what the other writes. */
	CHECK(peek(at(5)) == 0 && !poke(at(5), 7));
	CHECK(fake_file_byte(f, 5) == 7);
	/* Past the end. */
	CHECK(peek(at(10)) == -1 && last_signal == 7 && last_code == 2);
	CHECK(poke(at(11), 1) == -EFAULT && last_signal == 7);
	/* A file that shrinks takes its pages out of the mapping. */
	CHECK(peek(at(8)) == 9);
	fake_file_shrink(f, 5);
	CHECK(peek(at(8)) == -1 && last_signal == 7);
	CHECK(peek(at(4)) == 99);
	/* A part goes; another mapping of the same page agrees. */
	CHECK(!vm_munmap(vm, at(1), 3 * PAGE_SIZE));
	a = vm_mmap(vm, at(40), PAGE_SIZE, PROT_READ, MAP_SHARED | MAP_FIXED, f,
		    4);
	CHECK(a == (long)at(40) && peek(at(40)) == 99);
	CHECK(!poke(at(4), 98) && peek(at(40)) == 98);

	file_put(f);
	file_put(ro);
	vm_space_destroy(vm);
	CHECK(fake_files_open == 0);
	CHECK(page_use_count(PAGE_FILE) == 0);
	CHECK(kmalloc_in_use() == 0);
	exit(unit_done());
}

void test_file_private(void)
{
	struct file *f;
	long a;

	boot(1, 4000);
	f = fake_file(20, 0);
	a = vm_mmap(vm, at(0), 20 * PAGE_SIZE, RW, MAP_PRIVATE | MAP_FIXED, f,
		    0);
	CHECK(a == (long)at(0));
	CHECK(peek(at(2)) == 3);
	CHECK(!poke(at(2), 50) && peek(at(2)) == 50 && peek(at(2) + 1) == 3);
	CHECK(fake_file_byte(f, 2) == 3);
	CHECK(!poke(at(3), 51) && fake_file_byte(f, 3) == -1);
	/* Away from write and back: the copy stays, the rest is still the
	 * file's. */
	CHECK(!vm_mprotect(vm, at(0), 20 * PAGE_SIZE, PROT_READ));
	CHECK(poke(at(2), 1) == -EFAULT && peek(at(2)) == 50);
	CHECK(!vm_mprotect(vm, at(0), 20 * PAGE_SIZE, RW));
	CHECK(!poke(at(2), 52) && !poke(at(4), 53));
	CHECK(fake_file_byte(f, 4) == 5);
	/* A hole punched leaves copies, a shrunk file does not. */
	vm_invalidate(f, 0, 10);
	CHECK(peek(at(2)) == 52);
	CHECK(peek(at(6)) == 7);
	fake_file_shrink(f, 4);
	CHECK(peek(at(4)) == -1 && last_signal == 7);
	CHECK(peek(at(2)) == 52);
	/* DONTNEED: the file's contents again. */
	CHECK(!vm_madvise(vm, at(0), 4 * PAGE_SIZE, MADV_DONTNEED));
	CHECK(peek(at(2)) == 3);
	file_put(f);
	vm_space_destroy(vm);
	CHECK(fake_files_open == 0);
	CHECK(page_use_count(PAGE_FILE) == 0);
	CHECK(page_use_count(PAGE_ANON) == 0);
	CHECK(kmalloc_in_use() == 0);
	exit(unit_done());
}
