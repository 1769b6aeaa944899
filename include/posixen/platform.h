/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * platform.h: everything the runtime asks of what it runs on. Implemented by
 * xen/ and by host/, one file per group below with the same name in both
 * folders. Nothing else of a platform is visible to the runtime.
 */
#ifndef POSIXEN_PLATFORM_H
#define POSIXEN_PLATFORM_H

#include <posixen/types.h>

/*
 * Boot (xen/start.c, host/start.c). The platform's entry code brings the
 * machine to where C runs with a stack, fills one of these and calls
 * runtime_start(), which never returns.
 */
struct boot_range {
	pfn_t first, end; /* free page frames [first, end) */
};

struct boot_info {
	struct boot_range free[8];
	unsigned int nr_free;
	pfn_t max_pfn;	     /* one past the last page frame there is */
	const char *cmdline; /* boot parameters, then "--", then arguments;
			      * stays valid for ever */
	char **argv;	     /* host: the program's arguments, or NULL */
	char **envp;	     /* host: its environment, or NULL */
	const void *ramdisk; /* newc cpio archive, or NULL */
	/* Its pages are free once unpacked: page_donate() them, from
	 * ramdisk_pfn on. Its address is not to be used then. */
	size_t ramdisk_size;
	pfn_t ramdisk_pfn;    /* first of them; 0: these are not frames */
	uint64_t start_tsc;   /* rdtsc at the first instruction */
	const char *platform; /* "xen-pv" or "host" */
};

void __noreturn runtime_start(const struct boot_info *info);

/*
 * Page tables (xen/pagetable.c, host/pagetable.c). One address space for now;
 * va is page aligned, n counts pages. Kernel context, also callable from the
 * page fault handler. Frames are neither referenced nor freed here.
 *
 * A page may be present in the table with no access (prot 0): that is how
 * PROT_NONE keeps its contents. Such a page is still visited by plat_walk().
 */
#define PLAT_R 1u
#define PLAT_W 2u
#define PLAT_X 4u

/* Map pfns[0..n) at va on, replacing what was there. -ENOMEM when a page-table
 * page cannot be had; then nothing was mapped. */
int plat_map(uintptr_t va, const pfn_t *pfns, size_t n, unsigned int prot);
/* Remove n pages; absent ones are passed over. Cannot fail. */
void plat_unmap(uintptr_t va, size_t n);
/* Change the access of the pages that are present. Cannot fail. */
void plat_protect(uintptr_t va, size_t n, unsigned int prot);
/* Call fn for each present page in [va, va + n pages), in address order,
 * passing over absent tables quickly. Stops early when fn returns non-zero and
 * returns that. fn must not map or unmap. */
int plat_walk(uintptr_t va, size_t n,
	      int (*fn)(void *arg, uintptr_t va, pfn_t pfn, unsigned int prot),
	      void *arg);
/* Make page frames [first, first + n) readable and writable in the direct
 * map. Called by the page allocator once for a chunk, before it hands out a
 * frame of that chunk. -ENOMEM as above. */
int plat_direct_map(pfn_t first, size_t n);

/*
 * The processor (xen/cpu.c, host/cpu.c).
 */
void plat_set_fs(uint64_t base); /* thread pointer of the running thread */
uint64_t plat_get_fs(void);	 /* a few cycles, no system or hypercall */
void plat_entropy(void *buf, size_t n); /* seed quality, may be slow */

/* From here on the caller is in the mode in which threads run (on Xen PV the
 * guest's user mode), with events enabled, on the same stack. runtime_start()
 * calls it once, before sched_start(). */
void plat_enter_user_mode(void);

/*
 * Time (xen/time.c, host/time.c). Nanoseconds.
 */
uint64_t plat_monotonic_ns(void); /* since boot of the guest; never back */
uint64_t plat_wallclock_ns(void); /* since 1970-01-01 UTC, as the host says */
uint64_t plat_cpu_ns(void);	  /* CPU time this guest (process) has had */

/*
 * Waiting for something to happen (xen/event.c, host/event.c).
 * plat_idle() blocks until an event or until plat_monotonic_ns() reaches the
 * deadline (UINT64_MAX: no deadline), handles what came, and returns.
 * plat_poll() handles what is pending and returns at once.
 * Kernel context. Handlers wake threads; they do not block.
 */
void plat_idle(uint64_t deadline_ns);
void plat_poll(void);
/*
 * Interrupt the program's own code once plat_monotonic_ns() reaches deadline
 * (UINT64_MAX: never), by trap_interrupt(). One alarm: a new deadline replaces
 * the old. Set rarely: when a thread starts to run with others waiting for the
 * CPU, or with a timer armed.
 */
void plat_set_alarm(uint64_t deadline_ns);

/*
 * Standard streams and the kernel's log (xen/console.c, host/console.c).
 */
/* What fd 0, 1 or 2 is: 't' a terminal, 'p' a pipe, 'f' a file. A terminal is
 * in raw mode: echo, line editing, Ctrl-C and the \r of \n are vfs/tty.c's, so
 * it takes and gives every byte as it is (and is put back at the end). */
char plat_stdio_kind(int fd);
/* Write to stream 1 or 2. Returns bytes taken (may be fewer than n), -EAGAIN
 * when none can be taken now (stdio_writable() is called later), or -EPIPE. */
ssize_t plat_stdio_write(int fd, const void *buf, size_t n);
/* Read what is there: bytes, 0 at end of file, -EAGAIN when nothing is there
 * yet (stdio_readable() will be called). */
ssize_t plat_stdin_read(void *buf, size_t n);
/* Terminal size; -ENOTTY if stream 0 is none. */
int plat_winsize(unsigned short *rows, unsigned short *cols);
/* Log bytes; never blocks for long, works in any context, also in a crash. */
void plat_log(const char *s, size_t n);
/* A boot metric for whoever started us (name=value), see docs. */
void plat_metric(const char *name, uint64_t value);

/* Up-calls, implemented in runtime/stdio.c, called in event context. */
void stdio_readable(void);
void stdio_writable(void);
void stdio_signal(int sig); /* the terminal's user typed Ctrl-C and the like */

/* Signals that whoever started us had ignored, 1 << (sig - 1) each: execve(2)
 * leaves them so, and the program may still catch them. */
uint64_t plat_signals_ignored(void);

/*
 * The end (xen/exit.c, host/exit.c). status is a wait status as in wait(2):
 * exit code << 8, or the number of the signal. All output is delivered first.
 */
void __noreturn plat_exit(int wait_status);
/* The runtime itself failed: dump has been printed; report a crash. */
void __noreturn plat_crash(void);
/* Restart (reboot(2)); returns -EPERM where it cannot. */
int plat_reboot(void);

/* Name of the function that holds addr, from a symbol table if the platform
 * has one: NULL if not. *off gets the offset within it. */
const char *plat_symbol(uintptr_t addr, size_t *off);

#endif
