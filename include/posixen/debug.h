/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * debug.h: what a debugger or a core file says of threads and memory.
 *
 * The host platform writes cores itself (host/core.c). A Xen guest does not:
 * tools outside read its memory and do the same work, led by
 * runtime/debug_layout.c (tools/posixenlib/program.py).
 */
#ifndef POSIXEN_DEBUG_H
#define POSIXEN_DEBUG_H

#include <posixen/trap.h>

struct thread;
struct vm_space;

/* The registers of the program, where t has left it for the runtime. */
struct program_state {
	struct regs regs;
	long call;	 /* the system call that it is in, or -1 */
	const void *fpu; /* an FXSAVE image, or NULL: nothing is known */
};

/*
 * Where t's program is. For a thread that has not begun, and for the running
 * one unless it is in the runtime, that is not known: false. Reads t's kernel
 * stack; any context.
 */
bool thread_state_get(const struct thread *t, struct program_state *out);

/* One area of the address space, as in /proc/self/maps. */
struct vm_extent {
	uintptr_t start, end;
	int prot;	  /* PROT_ bits */
	bool image;	  /* its pages came with the image */
	bool dont_dump;	  /* madvise(MADV_DONTDUMP) */
	uint64_t pgoff;	  /* of start, in the file */
	const char *name; /* the file's, or "[heap]" and the like, or NULL */
	bool is_file;	  /* name is one */
};

/* Call fn for each area in order of address; stops when it returns non-zero
 * and returns that. buf is for names: PATH_MAX bytes. Kernel context. */
int vm_each_extent(struct vm_space *vm, char *buf,
		   int (*fn)(void *arg, const struct vm_extent *e), void *arg);

/* A signal whose default action is to end the process with a core file. */
bool signal_dumps_core(int sig);

/*
 * Stop for the debugger of a guest, if there is one, because of a signal that
 * an exception raises, or because the process ends. True: it wants the signal
 * forgotten. Any context; the registers of an exception may be others after it.
 */
#define DEBUG_EXIT (-1)
bool debugger_stop(int why);

#endif
