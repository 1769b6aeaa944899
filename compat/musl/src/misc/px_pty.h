/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * px_pty.h: who contains PX_NEEDS_PTY makes the linker keep the runtime's
 * pseudo-terminals (vfs/devpts.c). A path given to open(2) cannot.
 */
#define PX_NEEDS_PTY __asm__ volatile(".reloc ., R_X86_64_NONE, px_pty")
