/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions that are chosen when a program starts (STT_GNU_IFUNC, gcc's
 * attribute ifunc and target_clones): the linker leaves a table of words, each
 * with the function that returns what the word is to hold. In a static program
 * of glibc its start-up code fills them in; musl's does not, so this is a
 * constructor that runs before all others. link-app asks for it when one of
 * its inputs has such a function.
 */
#include <stdint.h>

/* <elf.h>, Elf64_Rela: of type R_X86_64_IRELATIVE. */
struct rela {
	uintptr_t at, info, addend;
};

/* Of tools/image.ld.in. */
extern const struct rela __rela_iplt_start[], __rela_iplt_end[];

void __px_choose_functions(void);

void __px_choose_functions(void)
{
	for (const struct rela *r = __rela_iplt_start; r < __rela_iplt_end; r++)
		*(uintptr_t *)r->at = ((uintptr_t(*)(void))r->addend)();
}

__attribute__((section(".init_array.00000"),
	       used)) static void (*const first_constructor)(void) =
	__px_choose_functions;
