/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layout.h: who owns which virtual addresses. The same on every platform.
 *
 *   64 KB .. 512 GB   the application: image, brk heap, mmap area
 *   512 GB .. 1 TB    direct map: page frame n at DIRECT_BASE + n * PAGE_SIZE
 *   1 TB .. 1.5 TB    vmap: struct page array, kernel stacks with guard pages,
 *                     what is not frames of ours, large kernel objects
 *
 * One top-level (512 GB) page-table slot each, so that an address says by its
 * slot whose it is. The runtime's own text and data lie inside the image, in
 * sections of their own between __kernel_start and __kernel_end.
 */
#ifndef POSIXEN_LAYOUT_H
#define POSIXEN_LAYOUT_H

#include <posixen/types.h>

#define USER_MIN     0x10000UL
#define USER_MAX     0x8000000000UL
#define BRK_BASE     0x100000000UL  /* 4 GB: above image and boot data */
#define BRK_MAX	     0x1000000000UL /* 64 GB */
#define MMAP_MIN     0x2000000000UL /* 128 GB */
#define MMAP_MAX     0x7000000000UL /* mappings are placed downward from here */
#define DIRECT_BASE  0x8000000000UL
#define DIRECT_MAX   0x10000000000UL
#define VMAP_BASE    0x10000000000UL
#define PAGES_BASE   VMAP_BASE /* struct page array, 1 GB reserved */
#define KSTACKS_BASE 0x10100000000UL
#define KSTACKS_MAX  0x101c0000000UL
#define GRANTS_BASE  KSTACKS_MAX /* Xen's grant table, at most 512 KB of it */
#define KVMAP_BASE   0x10200000000UL /* runtime/kvmap.c, up to VMAP_MAX */
#define VMAP_MAX     0x18000000000UL

/*
 * Bounds of the image's parts, from tools/image.ld.in: text and read-only data
 * of program and runtime lie together, writable data lie apart. Page aligned
 * unless said otherwise.
 */
extern char __image_start[], __image_end[];
extern char __text_start[], __text_end[];     /* both: r-x */
extern char __ktext_start[], __ktext_end[];   /* the runtime's part, any byte */
extern char __rodata_start[], __rodata_end[]; /* both: r-- */
extern char __data_start[], __data_end[];     /* program's .data, .bss: rw- */
extern char __kdata_start[], __kdata_end[];   /* runtime's .data, .bss */
extern char __kernel_start[], __kernel_end[]; /* the same as __kdata */

#endif
