/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.h: exceptions, as the platform hands them up (runtime/trap.c).
 *
 * The platform's entry saves the interrupted registers in struct regs, calls
 * trap_*(), then loads them back (they may have been changed).
 */
#ifndef POSIXEN_TRAP_H
#define POSIXEN_TRAP_H

#include <posixen/types.h>

struct regs {
	uint64_t r15, r14, r13, r12, rbp, rbx;
	uint64_t r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi;
	uint64_t vector, error;
	uint64_t rip, cs, rflags, rsp, ss;
};

/* x86 page fault: address, error code bits as in the Intel manual (bit 0
 * present, 1 write, 4 instruction fetch). */
void trap_page_fault(struct regs *regs, uintptr_t addr);
/* Any other exception: vector numbers of the Intel manual (0 #DE, 3 #BP, 6 #UD,
 * 13 #GP, 16 #MF, 17 #AC, 19 #XM ...). */
void trap_exception(struct regs *regs, unsigned int vector);

/* The program executed a `syscall` instruction of its own; regs->rip lies
 * behind it. Nothing linked with our libc has one: the program gets SIGSYS. */
void trap_syscall(struct regs *regs);

/*
 * An interrupt came: an event that plat_poll() will handle, or the alarm of
 * plat_set_alarm(). If the program's own code was interrupted, the registers
 * are changed so that the return goes into the runtime on the thread's kernel
 * stack, and later back to the program with every register as it was. If
 * the runtime was interrupted, the work is noted for its way out.
 */
void trap_interrupt(struct regs *regs);

/* Exception table: each entry is a pair of addresses (faulting instruction,
 * where to go on), placed in section __ex_table. */
struct ex_entry {
	uintptr_t insn, fixup;
};
#define EX_TABLE(insn, fixup)                                                  \
	".pushsection __ex_table,\"a\"\n\t.balign 8\n\t.quad " #insn           \
	", " #fixup "\n\t.popsection\n\t"

/* Registers and a backtrace through klog (runtime/backtrace.c). */
void dump_regs(const struct regs *regs);
void dump_backtrace(uintptr_t rip, uintptr_t rbp, uintptr_t rsp);

#endif
