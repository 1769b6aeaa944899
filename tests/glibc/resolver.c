/* SPDX-License-Identifier: BSD-2-Clause */
/* res_ninit(3): what it reads from /etc/resolv.conf. Nobody is asked. */
#define _GNU_SOURCE
#include "test.h"
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

void test_resolver(void)
{
	static struct __res_state state;
	unsigned char query[512];

	SHOW(res_ninit(&state));
	SHOW((state.options & RES_INIT) != 0);
	SHOW((state.options & RES_RECURSE) != 0);
	SHOW(state.retry);
	SHOW(state.ndots);
	SHOW(state.nscount > 0);
	SHOW(res_nmkquery(&state, ns_o_query, "www.example.org", C_IN, T_A,
			  NULL, 0, NULL, query, sizeof(query)));
	/* All behind the question's number and flags: musl asks for AD. */
	for (int i = 4; i < 33; i++)
		printf("%02x", query[i]);
	printf("\n");
	res_nclose(&state);
}
