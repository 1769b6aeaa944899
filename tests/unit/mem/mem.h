/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mem.h: the tests of the memory code, which runs here in an ordinary process
 * on the host platform's page tables. Each test has a process of its own
 * (process.c), in which page faults are real: SIGSEGV goes to vm_fault(), and a
 * fault in the runtime's own copy loops to the exception table (fakes.c).
 */
#ifndef TESTS_UNIT_MEM_H
#define TESTS_UNIT_MEM_H

#include <stdio.h>
#include <string.h>
#include "../unit.h"
#include <posixen/layout.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include <posixen/vm.h>
#include <linux/mman.h>

/* process.c, on the C library's side. */
int run_in_child(void (*test)(void), const char *name);
int make_memory_file(unsigned long bytes);
void catch_faults(void);

/* fakes.c. A guest with these frames free, and a process with a space. */
void boot(pfn_t first, pfn_t end);
void boot_ranges(const struct boot_range *r, unsigned int n);
extern struct vm_space *vm;
extern struct process proc;
/* The answer of the last fault that was not served. */
extern int last_signal, last_code;
/* Handle a fault: where to go on, or 0 to try again. */
unsigned long fault(unsigned long rip, unsigned long addr, int write);
extern const char *inject_param;
struct file *fake_file(unsigned int pages, int flags);
void fake_file_shrink(struct file *f, unsigned int pages);
/* Byte at that place of the file, or -1: a hole. */
int fake_file_byte(struct file *f, unsigned int page);
extern unsigned int fake_files_open;
extern unsigned int mkwrites;

/* Numbers that are the same in each run. */
static inline unsigned int rnd(unsigned int below)
{
	static uint64_t x = 88172645463325252UL;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (unsigned int)(x >> 20) % below;
}

#define RW   (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

/* One byte of the program's memory: the value, or -1 for a fault. */
static inline int peek(uintptr_t va)
{
	unsigned char c;

	return copy_in(&c, (void *)va, 1) ? -1 : c;
}

static inline int poke(uintptr_t va, unsigned char c)
{
	return copy_out((void *)va, &c, 1);
}

#define TESTS(T)                                                               \
	T(page_random)                                                         \
	T(page_small_guest)                                                    \
	T(page_ranges)                                                         \
	T(heap_random)                                                         \
	T(heap_exhausted)                                                      \
	T(heap_joined)                                                         \
	T(stacks)                                                              \
	T(space_model)                                                         \
	T(space_placement)                                                     \
	T(space_exhausted)                                                     \
	T(space_inject)                                                        \
	T(space_limits)                                                        \
	T(space_maps)                                                          \
	T(file_shared)                                                         \
	T(file_private)                                                        \
	T(access_edges)                                                        \
	T(access_uio)

#define TEST_DECLARE(name) void test_##name(void);
TESTS(TEST_DECLARE)

#endif
