/* SPDX-License-Identifier: BSD-2-Clause */
/* grant_pv.c: the grant table of a PV guest lies in machine frames of Xen's,
 * which the guest maps like its own. */
#include <posixen/mem.h>
#include "grant_table.h"
#include "hypercall.h"
#include "pv.h"

int grant_show_frame(unsigned int n, uintptr_t va)
{
	struct gnttab_setup_table setup = {.dom = DOMID_SELF,
					   .nr_frames = n + 1};
	/* Xen tells all of them, each time. */
	xen_pfn_t *frames = kmalloc((n + 1) * sizeof(*frames));
	int err = -ENOSPC;

	if (!frames)
		return -ENOMEM;
	set_xen_guest_handle(setup.frame_list, frames);
	if (xen_grant_table_op(GNTTABOP_setup_table, &setup, 1) == 0 &&
	    setup.status == GNTST_okay)
		err = pagetable_map_machine(va, frames[n]);
	kfree(frames);
	return err;
}

uint32_t grant_frame(pfn_t pfn)
{
	return (uint32_t)pfn_to_mfn(pfn);
}

pfn_t grant_frame_pfn(uint32_t frame)
{
	return mfn_to_pfn(frame);
}
