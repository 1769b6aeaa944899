/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getaddrinfo(3) takes flags for names with letters outside ASCII (AI_IDN and
 * kin), which musl refuses as unknown. A name in ASCII needs no conversion;
 * any other is not found, as by a glibc without libidn2.
 */
#include <netdb.h>

#include "layouts.h"

#define GLIBC_AI_IDN 0x03c0

int __glibc_getaddrinfo(const char *node, const char *service,
			const struct addrinfo *hints, struct addrinfo **found);

int __glibc_getaddrinfo(const char *node, const char *service,
			const struct addrinfo *hints, struct addrinfo **found)
{
	struct addrinfo ours;

	if (hints && hints->ai_flags & GLIBC_AI_IDN) {
		ours = *hints;
		ours.ai_flags &= ~GLIBC_AI_IDN;
		hints = &ours;
	}
	return getaddrinfo(node, service, hints, found);
}
