/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * px_tables.h: included first in each source. The tables by which callers are
 * found go into .eh_frame for the unwinder and into .debug_frame for debuggers,
 * which must not need memory for it (see the GNU assembler's manual).
 */
#ifndef __ASSEMBLER__
__asm__(".cfi_sections .eh_frame, .debug_frame");
#endif
