/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * makecontext(3): the context *ctx, when it is resumed, calls function with
 * count arguments of at most a word each on ctx->uc_stack, and then goes on
 * with the context at uc_link, or ends the program where that is NULL.
 */
#include <stdarg.h>
#include <stdint.h>
#include <ucontext.h>

/* context.S. */
void __px_context_end(void);

/* The first six are in registers (System V ABI, AMD64, 3.2.3). */
static const int argument_register[] = {REG_RDI, REG_RSI, REG_RDX,
					REG_RCX, REG_R8,  REG_R9};

enum { IN_REGISTERS = 6 };

void makecontext(ucontext_t *ctx, void (*function)(void), int count, ...)
{
	greg_t *regs = ctx->uc_mcontext.gregs;
	int on_stack = count > IN_REGISTERS ? count - IN_REGISTERS : 0;
	uintptr_t top = (uintptr_t)ctx->uc_stack.ss_sp + ctx->uc_stack.ss_size;
	uintptr_t *sp;
	va_list args;

	/*
	 * From below: the address to return to, arguments, uc_link. At the
	 * call of a function the stack is 8 bytes off a multiple of 16.
	 */
	sp = (uintptr_t *)((top - (on_stack + 1) * 8) & -16UL) - 1;
	sp[0] = (uintptr_t)__px_context_end;
	sp[on_stack + 1] = (uintptr_t)ctx->uc_link;
	regs[REG_RIP] = (uintptr_t)function;
	regs[REG_RSP] = (uintptr_t)sp;
	regs[REG_RBX] = (uintptr_t)&sp[on_stack + 1];
	va_start(args, count);
	for (int i = 0; i < count; i++) {
		greg_t value = va_arg(args, greg_t);

		if (i < IN_REGISTERS)
			regs[argument_register[i]] = value;
		else
			sp[i - IN_REGISTERS + 1] = value;
	}
	va_end(args);
}
