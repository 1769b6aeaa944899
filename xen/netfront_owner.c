/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netfront_owner.c: pages of sockets shown to the backends' domain.
 *
 * A grant is to a domain, not to a device, so all devices whose backends live
 * in one domain (nearly always domain 0) share the cookies of txpages. A device
 * with its backend elsewhere copies, for as long as there is one of the others.
 */
#include <posixen/mem.h>
#include <posixen/txpage.h>
#include "netfront.h"

static domid_t shown_to;
static unsigned int owners;

static bool revoke(void *page, uint32_t cookie, bool last)
{
	if (grant_end(cookie))
		return true;
	if (last) {
		page_get(virt_to_pfn(page));
		grant_end_later(cookie, virt_to_pfn(page));
	}
	return false;
}

bool netfront_own_txpages(domid_t backend)
{
	if (owners && shown_to != backend)
		return false;
	if (txpage_set_revoke(revoke))
		return false;
	shown_to = backend;
	owners++;
	return true;
}

void netfront_disown_txpages(void)
{
	if (--owners == 0)
		txpage_clear_revoke();
}
