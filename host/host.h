/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * host.h: inside host/. Linux's system calls, made by hand, since no C library
 * is below the runtime. This folder is the only one that makes them.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <posixen/types.h>
#include <asm/unistd.h>

/* Value or -errno, as the kernel returns it. */
/* In host/syscall.S; -errno on failure. */
long host_syscall6(long nr, long a, long b, long c, long d, long e, long f);
#define host_syscall0(nr)    host_syscall6(nr, 0, 0, 0, 0, 0, 0)
#define host_syscall1(nr, a) host_syscall6(nr, (long)(a), 0, 0, 0, 0, 0)
#define host_syscall2(nr, a, b)                                                \
	host_syscall6(nr, (long)(a), (long)(b), 0, 0, 0, 0)
#define host_syscall3(nr, a, b, c)                                             \
	host_syscall6(nr, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define host_syscall4(nr, a, b, c, d)                                          \
	host_syscall6(nr, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define host_syscall5(nr, a, b, c, d, e)                                       \
	host_syscall6(nr, (long)(a), (long)(b), (long)(c), (long)(d),          \
		      (long)(e), 0)

/* The guest's "physical" memory: page frame n is at offset n * PAGE_SIZE of
 * this file, and all of it is mapped at DIRECT_BASE (start.c). */
extern int host_memfd;

/* A message to stderr and the end, for what fails before the runtime runs. */
void __noreturn host_die(const char *what, long err);

/* start.c hands on the auxiliary vector. */
uint64_t host_auxval(unsigned long type);

/* Install the handlers of signals (event.c). */
void host_signals_init(void);
/* Find the vDSO's clock (time.c). */
void host_time_init(void);
/* Note which streams are what (console.c). */
void host_console_init(void);

/* A descriptor whose readiness is an event (event.c): ready() is called, in
 * event context, with what poll(2) said. For as long as the process lives. */
struct host_source {
	struct host_source *next;
	int fd;
	short events;
	void (*ready)(struct host_source *s, short events);
};
void host_source_add(struct host_source *s);

/* Write the core file of boot parameter core=, if it and the program allow it:
 * for the signal that ends the program, or for a failure of the runtime, whose
 * caller's frames it then shows (core.c). */
void host_core_of_signal(int sig);
void host_core_of_panic(void);

struct pollfd;
/* The streams that someone waits for: fills fds, returns how many (console.c).
 * Then, after poll(2), look at the answers and wake the waiters. */
int host_console_want(struct pollfd *fds);
void host_console_polled(const struct pollfd *fds, int n);

/* Put the terminal into raw mode, and give it back as it was (tty.c). */
void host_tty_init(void);
bool host_tty_is_raw(void);
void host_console_restore(void);

#endif
