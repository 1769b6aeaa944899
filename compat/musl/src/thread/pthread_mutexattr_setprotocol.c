/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_mutexattr_setprotocol(3): musl's, and the one thing of libc that
 * needs locks with priority inheritance in the image. The relocation changes
 * nothing; it is what the linker sees (runtime/futex_rest.c). Weak: tests of
 * this libc have other entry points.
 */
__asm__(".pushsection .text.pthread_mutexattr_setprotocol, \"ax\", @progbits\n"
	".weak px_need_futex_rest\n"
	".reloc ., R_X86_64_NONE, px_need_futex_rest\n"
	".popsection\n");

#include "src/thread/pthread_mutexattr_setprotocol.c"
