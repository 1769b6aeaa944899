/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers and backtraces through klog.
 *
 * The frame pointer chain is followed while it looks like one. Programs are
 * mostly built without frame pointers; then the stack is searched for words
 * that can be return addresses: they point into text, behind bytes that decode
 * as a call. Such lines are marked with a question mark.
 *
 * Nothing here may fault: every word is read with kread().
 */
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/trap.h>

#define MAX_FRAMES	40
#define SCAN_WORDS	512
#define MAX_GUARD_PAGES 16
#define MAX_FRAME	(1UL << 20) /* bytes between two frames of one stack */

/* A word from anywhere in user or kernel space; false if nothing is there. */
static bool kread(uintptr_t at, uint64_t *val)
{
	int bad = 0;

	__asm__ volatile("1: mov (%2), %0\n"
			 "2:\n"
			 ".subsection 1\n"
			 "3: mov $1, %1\n"
			 "   jmp 2b\n"
			 ".previous\n" EX_TABLE(1b, 3b)
			 : "=&r"(*val), "+r"(bad)
			 : "r"(at));
	return !bad;
}

static bool in_text(uintptr_t a)
{
	return a >= (uintptr_t)__text_start && a < (uintptr_t)__text_end;
}

/* Is the instruction before ret a call? e8 rel32, or ff /2 with its operand in
 * a register or in memory (2 to 7 bytes). */
static bool follows_call(uintptr_t ret)
{
	uint64_t before = 0;
	const uint8_t *b = (const uint8_t *)&before;

	if (!in_text(ret - 8) || !in_text(ret) || !kread(ret - 8, &before))
		return false;
	if (b[3] == 0xe8)
		return true;
	for (int i = 1; i <= 6; i++)
		if (b[i] == 0xff && (b[i + 1] & 0x38) == 0x10)
			return true;
	return false;
}

static void print_frame(int n, uintptr_t addr, bool guess)
{
	size_t off = 0;
	/* A return address may lie behind the end of its function. */
	const char *name = plat_symbol(n ? addr - 1 : addr, &off);

	if (name)
		klog_raw("#%-2d 0x%016lx %s+0x%lx%s\n", n, addr, name,
			 off + (n ? 1 : 0), guess ? " ?" : "");
	else
		klog_raw("#%-2d 0x%016lx%s\n", n, addr, guess ? " ?" : "");
}

/* Follow rbp; the number of frames printed. *rsp is moved behind the last. */
static int follow_chain(uintptr_t rbp, uintptr_t *rsp, int n)
{
	uint64_t next, ret;

	while (n < MAX_FRAMES) {
		if (rbp < *rsp || rbp - *rsp > MAX_FRAME || rbp % 8 ||
		    !kread(rbp, &next) || !kread(rbp + 8, &ret) ||
		    !follows_call(ret))
			break;
		print_frame(n++, ret, false);
		*rsp = rbp + 16;
		rbp = next;
	}
	return n;
}

void dump_backtrace(uintptr_t rip, uintptr_t rbp, uintptr_t rsp)
{
	uintptr_t sp = ALIGN_UP(rsp, 8UL);
	uint64_t word;
	int n = 0;

	print_frame(n++, rip, false);
	/* After a stack overflow the stack begins above the guard. */
	for (int i = 0; i < MAX_GUARD_PAGES && !kread(sp, &word); i++)
		sp = PAGE_DOWN(sp) + PAGE_SIZE;
	/* A jump to nowhere, mostly a call through a bad pointer: the caller is
	 * on top of the stack. */
	if (!in_text(rip) && kread(sp, &word) && follows_call(word)) {
		print_frame(n++, word, false);
		sp += 8;
	}
	n = follow_chain(rbp, &sp, n);
	for (int i = 0; i < SCAN_WORDS && n < MAX_FRAMES; i++) {
		if (!kread(sp + 8 * i, &word))
			break;
		if (follows_call(word))
			print_frame(n++, word, true);
	}
}

void dump_regs(const struct regs *r)
{
	klog_raw("rip 0x%016lx rsp 0x%016lx rflags 0x%08lx\n", r->rip, r->rsp,
		 r->rflags);
	klog_raw("rax 0x%016lx rbx 0x%016lx rcx 0x%016lx\n", r->rax, r->rbx,
		 r->rcx);
	klog_raw("rdx 0x%016lx rsi 0x%016lx rdi 0x%016lx\n", r->rdx, r->rsi,
		 r->rdi);
	klog_raw("rbp 0x%016lx r8  0x%016lx r9  0x%016lx\n", r->rbp, r->r8,
		 r->r9);
	klog_raw("r10 0x%016lx r11 0x%016lx r12 0x%016lx\n", r->r10, r->r11,
		 r->r12);
	klog_raw("r13 0x%016lx r14 0x%016lx r15 0x%016lx\n", r->r13, r->r14,
		 r->r15);
	klog_raw("vector %lu error 0x%lx cs 0x%lx ss 0x%lx\n", r->vector,
		 r->error, r->cs, r->ss);
}
