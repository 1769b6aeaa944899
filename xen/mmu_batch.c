/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmu_batch.c: page-table updates by hypercall. Xen checks every entry, which
 * costs about as much as a small hypercall; so what is saved by gathering them
 * is the way there and back, most of all from user mode (docs/xen.md).
 *
 * One batch at a time: page tables are changed in kernel context and by the
 * page fault handler, which never interrupts the former at this work.
 */
#include <posixen/klog.h>
#include <posixen/mem.h>
#include "hypercall.h"
#include "tables.h"

#define BATCH	  64
#define FLUSH_MAX 8 /* more single pages than this: flush all instead */
#define MAX_FREED 32

static struct mmu_update req[BATCH];
static unsigned int nreq;
static uintptr_t leaf_va; /* of req[0], when that is a leaf */

static uintptr_t flush[FLUSH_MAX];
static unsigned int nflush;
static bool flush_all;

static pfn_t freed[MAX_FREED];
static unsigned int nfreed;

static void __noreturn refused(long rc)
{
	panic("Xen refused page-table updates (%ld), the first: %#lx at %#lx\n",
	      rc, (unsigned long)req[0].val, (unsigned long)req[0].ptr);
}

void mmu_submit(void)
{
	long rc;

	if (nreq == 0)
		return;
	rc = xen_mmu_update(req, nreq);
	if (rc)
		refused(rc);
	nreq = 0;
}

void mmu_update(uint64_t maddr, uint64_t val)
{
	if (nreq == BATCH)
		mmu_submit();
	if (nreq == 0)
		leaf_va = 0;
	req[nreq].ptr = maddr | MMU_NORMAL_PT_UPDATE;
	req[nreq].val = val;
	nreq++;
}

void mmu_update_leaf(uint64_t maddr, uint64_t val, uintptr_t va)
{
	mmu_update(maddr, val);
	if (nreq == 1)
		leaf_va = va;
}

void mmu_flush(uintptr_t va)
{
	if (nflush == FLUSH_MAX)
		flush_all = true;
	else
		flush[nflush++] = va;
}

void mmu_flush_all(void)
{
	flush_all = true;
}

static unsigned int flush_ops(struct mmuext_op *ops)
{
	if (flush_all) {
		ops[0].cmd = MMUEXT_TLB_FLUSH_LOCAL;
		return 1;
	}
	for (unsigned int i = 0; i < nflush; i++) {
		ops[i].cmd = MMUEXT_INVLPG_LOCAL;
		ops[i].arg1.linear_addr = flush[i];
	}
	return nflush;
}

/* One leaf, with the flush of its own page or none. */
static void update_one(void)
{
	unsigned long how = nflush ? UVMF_INVLPG | UVMF_LOCAL : 0;
	long rc = xen_update_va_mapping(leaf_va, req[0].val, how);

	if (rc)
		refused(rc);
}

static void update_and_flush(void)
{
	static struct mmuext_op ops[FLUSH_MAX];
	static struct multicall_entry calls[2];
	unsigned int nops = flush_ops(ops);

	if (!nops) {
		mmu_submit();
		return;
	}
	calls[0] = (struct multicall_entry){
		.op = __HYPERVISOR_mmu_update,
		.args = {(unsigned long)req, nreq, 0, DOMID_SELF},
	};
	calls[1] = (struct multicall_entry){
		.op = __HYPERVISOR_mmuext_op,
		.args = {(unsigned long)ops, nops, 0, DOMID_SELF},
	};
	if (xen_multicall(calls, 2) || calls[0].result || calls[1].result)
		refused(calls[0].result);
}

void mmu_finish(void)
{
	if (nreq == 1 && leaf_va && !flush_all && nflush <= 1)
		update_one();
	else if (nreq || nflush || flush_all)
		update_and_flush();
	nreq = 0;
	nflush = 0;
	flush_all = false;
	for (unsigned int i = 0; i < nfreed; i++)
		page_put(freed[i]);
	nfreed = 0;
}

void mmu_free_later(pfn_t pfn)
{
	if (nfreed == MAX_FREED)
		mmu_finish();
	freed[nfreed++] = pfn;
}
