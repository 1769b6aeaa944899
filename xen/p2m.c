/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * p2m.c: machine frames of our page frames. The domain builder left the whole
 * list mapped read-write at start_info->mfn_list, one entry per page frame.
 * It is used as it lies; only entries of frames in use are ever read, so that
 * boot work does not grow with memory.
 */
#include "pv.h"

const mfn_t *p2m_table;

void p2m_init(void)
{
	p2m_table = (const mfn_t *)start_info->mfn_list;
}
