/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pte.h: page-table entries of a PV guest. Pure, so that tests/unit/xen_pte.c
 * can check it natively.
 *
 * A leaf is absent (0), present (machine frame and access), or held: not
 * present for the processor, but still the owner of a frame that has no access
 * (PLAT_R | PLAT_W | PLAT_X all 0).
 */
#ifndef XEN_PTE_H
#define XEN_PTE_H

#include <posixen/platform.h>

#define PTE_PRESENT  (1ULL << 0)
#define PTE_WRITE    (1ULL << 1)
#define PTE_USER     (1ULL << 2)
#define PTE_ACCESSED (1ULL << 5)
#define PTE_DIRTY    (1ULL << 6)
#define PTE_HELD     (1ULL << 9) /* ours: bits 9 to 11 are software's */
#define PTE_NX	     (1ULL << 63)
#define PTE_ADDR     0x000ffffffffff000ULL

/*
 * All is PTE_USER, the runtime's pages too: it runs in user mode, and Xen makes
 * user pages global, so that they stay in the TLB when a trap or a bounced
 * hypercall changes between the guest's modes. Accessed and dirty are set from
 * the start: nobody reads them, and the processor need not write them.
 */
#define PTE_LEAF    (PTE_PRESENT | PTE_USER | PTE_ACCESSED)
#define PTE_TABLE   (PTE_LEAF | PTE_WRITE | PTE_DIRTY)
#define PTE_RO_DATA (PTE_LEAF | PTE_NX)
#define PTE_RW_DATA (PTE_LEAF | PTE_WRITE | PTE_DIRTY | PTE_NX)

static inline uint64_t pte_leaf(uint64_t mfn, unsigned int prot)
{
	uint64_t pte = mfn << PAGE_SHIFT | PTE_LEAF;

	if (prot & PLAT_W)
		pte |= PTE_WRITE | PTE_DIRTY;
	if (!(prot & PLAT_X))
		pte |= PTE_NX;
	return pte;
}

static inline unsigned int pte_prot(uint64_t pte)
{
	if (!(pte & PTE_PRESENT))
		return 0;
	return PLAT_R | (pte & PTE_WRITE ? PLAT_W : 0) |
	       (pte & PTE_NX ? 0 : PLAT_X);
}

/*
 * A held entry keeps the page frame number, not the machine's, because nobody
 * outside translates entries that are not present; and keeps it inverted, so
 * that a processor which speculates on the address of a non-present entry
 * (L1TF) finds no memory there and Xen, which looks for that, is content.
 */
static inline uint64_t pte_held(pfn_t pfn)
{
	return ((~(uint64_t)pfn << PAGE_SHIFT) & PTE_ADDR) | PTE_HELD;
}

static inline bool pte_is_held(uint64_t pte)
{
	return !(pte & PTE_PRESENT) && (pte & PTE_HELD);
}

static inline pfn_t pte_held_pfn(uint64_t pte)
{
	return (pfn_t)((~pte & PTE_ADDR) >> PAGE_SHIFT);
}

static inline uint64_t pte_mfn(uint64_t pte)
{
	return (pte & PTE_ADDR) >> PAGE_SHIFT;
}

#endif
