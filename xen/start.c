/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * start.c: from the first C of a PV guest to runtime_start(). Kernel mode, on
 * the boot stack, events masked.
 */
#include <posixen/lib.h>
#include <posixen/klog.h>
#include <posixen/layout.h>
#include "domain.h"
#include "event.h"
#include "hypercall.h"
#include "pte.h"
#include "pv.h"
#include "store_core.h"

struct domain domain;
struct start_info *start_info;

void __noreturn start_pv(struct start_info *si, uintptr_t builder_sp,
			 uint64_t tsc);

/* A page of the builder's, by machine frame. */
static void *boot_page(uint64_t mfn)
{
	return boot_virt(mfn_to_pfn(mfn));
}

static void find_domain(void)
{
	long rc = xen_update_va_mapping((uintptr_t)shared_info_page,
					start_info->shared_info | PTE_RW_DATA,
					UVMF_INVLPG | UVMF_LOCAL);

	/* Nobody could be told: without it there is not even a console. */
	if (rc)
		__builtin_trap();
	domain.shared = (struct shared_info *)shared_info_page;
	/* For xl dump-core: the list of machine frames (xen/arch-x86/xen.h). */
	domain.shared->arch.max_pfn = start_info->nr_pages;
	domain.shared->arch.p2m_vaddr = start_info->mfn_list;
	domain.shared->arch.p2m_cr3 =
		pfn_to_mfn(start_info->pt_base >> PAGE_SHIFT) << PAGE_SHIFT;
	domain.console = boot_page(start_info->console.domU.mfn);
	domain.console_port = start_info->console.domU.evtchn;
	domain.store = boot_page(start_info->store_mfn);
	domain.store_port = start_info->store_evtchn;
}

void __noreturn start_pv(struct start_info *si, uintptr_t builder_sp,
			 uint64_t tsc)
{
	static struct boot_info info;

	start_info = si;
	p2m_init();
	find_domain();
	time_init();
	console_init((const char *)si->cmd_line);
	traps_init();
	cpu_init();
	event_init();
	time_start();
	console_start();
	store_init();
	shutdown_init();

	info.platform = "xen-pv";
	info.start_tsc = tsc;
	info.max_pfn = si->nr_pages;
	info.cmdline = (const char *)si->cmd_line;
	if (si->mod_len) {
		info.ramdisk = (const void *)si->mod_start;
		info.ramdisk_size = si->mod_len;
		info.ramdisk_pfn = si->mod_start >> PAGE_SHIFT;
	}
	/* The builder ends with the stack it gave us, which is no more used. */
	pagetable_init(&info, (builder_sp >> PAGE_SHIFT) - 1);
	runtime_start(&info);
}
