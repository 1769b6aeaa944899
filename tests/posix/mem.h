/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mem.h: for the tests of memory calls. Whether an address can be read or
 * written is asked in two ways: of a system call, which answers EFAULT, and of
 * the processor, whose signal is caught.
 */
#ifndef TESTS_POSIX_MEM_H
#define TESTS_POSIX_MEM_H

#include "t.h"
#include <setjmp.h>

#define PG   4096UL
#define RW   (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static sigjmp_buf mem_jmp;
static volatile int mem_code;
static void *volatile mem_addr;

static inline void mem_caught(int sig, siginfo_t *si, void *ctx)
{
	mem_code = si->si_code;
	mem_addr = si->si_addr;
	siglongjmp(mem_jmp, sig);
}

/* Touch one byte: 0, or the signal. */
static inline int touch(volatile char *p, int write)
{
	struct sigaction sa = {.sa_sigaction = mem_caught,
			       .sa_flags = SA_SIGINFO};
	struct sigaction segv, bus;
	int sig;

	sigaction(SIGSEGV, &sa, &segv);
	sigaction(SIGBUS, &sa, &bus);
	sig = sigsetjmp(mem_jmp, 1);
	if (!sig) {
		if (write)
			*p = *p + 1;
		else
			(void)*p;
	}
	sigaction(SIGSEGV, &segv, NULL);
	sigaction(SIGBUS, &bus, NULL);
	return sig;
}

/* Say what touching does: "ok", or the signal, its code and if the address is
 * right. */
static inline void say_touch(const char *name, void *p, int write)
{
	int sig = touch(p, write);

	if (!sig)
		t_say("%s: ok\n", name);
	else
		t_say("%s: %s code %d%s\n", name,
		      sig == SIGSEGV ? "SIGSEGV" : "SIGBUS", mem_code,
		      mem_addr == p ? "" : " at another address");
}

/* One letter a page, by system calls: '-' nothing, 'r' readable, 'w' writable
 * too. The contents stay. */
static inline void say_map(const char *name, void *start, int pages)
{
	char line[65], *p = start;
	int i, fds[2];

	if (pipe(fds))
		return;
	for (i = 0; i < pages && i < 64; i++, p += PG) {
		char c;

		line[i] = '-';
		if (write(fds[1], p, 1) != 1)
			continue;
		line[i] = read(fds[0], p, 1) == 1 ? 'w' : 'r';
		if (line[i] == 'r')
			read(fds[0], &c, 1);
	}
	line[i] = 0;
	close(fds[0]);
	close(fds[1]);
	t_str(name, line);
}

/* The first byte of each page as a character, '.' for zero, '-' unreadable. */
static inline void say_bytes(const char *name, void *start, int pages)
{
	char line[65], *p = start;
	int i, fds[2];

	if (pipe(fds))
		return;
	for (i = 0; i < pages && i < 64; i++, p += PG) {
		if (write(fds[1], p, 1) != 1)
			line[i] = '-';
		else if (read(fds[0], &line[i], 1) == 1 && !line[i])
			line[i] = '.';
	}
	line[i] = 0;
	close(fds[0]);
	close(fds[1]);
	t_str(name, line);
}

/* Write 'a', 'b', ... into the pages. */
static inline void fill(char *p, int pages)
{
	for (int i = 0; i < pages; i++)
		p[i * PG] = (char)('a' + i);
}

/* An address result: "ok", or the error. */
static inline void *say_ptr(const char *name, void *p)
{
	if (p == MAP_FAILED)
		t_ret(name, -1);
	else
		t_say("%s: ok\n", name);
	return p;
}

/* A mapping of n pages with room of as many on both sides. */
static inline char *room(int n)
{
	char *p = mmap(NULL, 3 * n * PG, PROT_NONE, ANON, -1, 0);

	munmap(p, 3 * n * PG);
	return p + n * PG;
}

#endif
