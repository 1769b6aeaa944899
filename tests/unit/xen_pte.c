/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen/pte.h: every access right survives its entry, and an entry that keeps a
 * frame without access gives the frame back and points a speculating processor
 * nowhere (L1TF).
 */
#include <stdint.h>
#include <stdlib.h>
#include "unit.h"
#include "../../xen/pte.h"

static void check_present(uint64_t mfn)
{
	for (unsigned int prot = 1; prot < 8; prot++) {
		uint64_t pte = pte_leaf(mfn, prot);

		CHECK(pte & PTE_PRESENT);
		/* Both of the guest's modes, and Xen makes it global. */
		CHECK(pte & PTE_USER);
		CHECK(pte_mfn(pte) == mfn);
		/* The processor cannot forbid reading alone. */
		CHECK(pte_prot(pte) == (prot | PLAT_R));
		CHECK(!pte_is_held(pte));
		CHECK(!!(pte & PTE_WRITE) == !!(pte & PTE_DIRTY));
	}
}

static void check_held(pfn_t pfn)
{
	uint64_t pte = pte_held(pfn);

	CHECK(pte != 0);
	CHECK(pte_is_held(pte));
	CHECK(pte_prot(pte) == 0);
	CHECK(pte_held_pfn(pte) == pfn);
	/* The address bits lie at the top of what a processor can have. */
	CHECK((pte & PTE_ADDR) >> 48 != 0);
	CHECK((pte & ~PTE_ADDR) == PTE_HELD);
}

int main(void)
{
	static const uint64_t mfns[] = {
		0, 1, 0x12345, 0xfffff, 0xffffffffULL, 0xffffffffffULL};
	static const pfn_t pfns[] = {0,	      1,	 255,	      0x12345,
				     0xfffff, 0x7ffffff, PFN_NONE - 1};

	for (unsigned int i = 0; i < sizeof(mfns) / sizeof(*mfns); i++)
		check_present(mfns[i]);
	for (unsigned int i = 0; i < sizeof(pfns) / sizeof(*pfns); i++)
		check_held(pfns[i]);
	CHECK(!pte_is_held(0) && pte_prot(0) == 0);
	return unit_done();
}
