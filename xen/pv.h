/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pv.h: what only a PV guest has: start_info, machine frames, traps by
 * callback. Included by start.c, traps.c, p2m.c, pagetable.c, grant_pv.c; never
 * by a driver.
 */
#ifndef XEN_PV_H
#define XEN_PV_H

#include <posixen/platform.h>
#include "abi.h"

extern struct start_info *start_info;

/*
 * p2m.c: page frames (what we number) and machine frames (what page tables
 * hold). The first table is the domain builder's list, the second is Xen's own
 * for the whole machine, readable by every PV guest.
 */
typedef uint64_t mfn_t;
extern const mfn_t *p2m_table;

static inline mfn_t pfn_to_mfn(pfn_t pfn)
{
	return p2m_table[pfn];
}

static inline pfn_t mfn_to_pfn(mfn_t mfn)
{
	return machine_to_phys_mapping[mfn];
}

void p2m_init(void);
/* Where the domain builder mapped a frame of its own: at pfn * PAGE_SIZE,
 * because the image asks for VIRT_BASE 0. */
static inline void *boot_virt(pfn_t pfn)
{
	return (void *)((uintptr_t)pfn << PAGE_SHIFT);
}

/* pagetable.c: make the builder's page tables ours, give the image's parts
 * their access rights, add the free ranges to info. */
void pagetable_init(struct boot_info *info, pfn_t boot_end);

/* pagetable.c: show machine frame mfn, which is none of ours (Xen shares it
 * with us), at va, outside the program's range, read-write. 0 or -ENOMEM. */
int pagetable_map_machine(uintptr_t va, mfn_t mfn);

/* traps.c */
void traps_init(void);

/* entry_pv.S, trap_entry.S */
extern char boot_guard[], boot_stack[], boot_stack_top[];
extern char exception_guard[], exception_stack[], exception_stack_top[];
extern char shared_info_page[];
extern char event_callback[], failsafe_callback[], syscall_callback[];
extern char trap_stubs[];

#endif
