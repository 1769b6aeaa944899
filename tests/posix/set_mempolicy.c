/* SPDX-License-Identifier: BSD-2-Clause */
/* set_mempolicy(): see set_mempolicy(2). */
#include "t.h"
#include <linux/mempolicy.h>

static void try(const char *what, unsigned int mode, const void *mask,
		unsigned long max)
{
	unsigned long nodes = ~0UL;
	int got = -1;

	t_ret(what, syscall(SYS_set_mempolicy, mode, mask, max));
	syscall(SYS_get_mempolicy, &got, &nodes, 64, NULL, 0);
	t_say("  is now %x, %lx\n", got, nodes);
}

int main(void)
{
	unsigned long one = 1, two = 2, three = 3, many[40] = {1};

	try("bind", MPOL_BIND, &one, 64);
	try("bind to what is not there", MPOL_BIND, &two, 64);
	try("bind to more than there is", MPOL_BIND, &three, 64);
	try("interleave, static", MPOL_INTERLEAVE | MPOL_F_STATIC_NODES, &three,
	    64);
	try("bind, relative", MPOL_BIND | MPOL_F_RELATIVE_NODES, &two, 64);
	try("static and relative", MPOL_BIND | MPOL_MODE_FLAGS, &one, 64);
	try("prefer none", MPOL_PREFERRED, NULL, 0);
	try("prefer none, static", MPOL_PREFERRED | MPOL_F_STATIC_NODES, NULL,
	    0);
	try("prefer", MPOL_PREFERRED, &one, 64);
	try("prefer many", MPOL_PREFERRED_MANY, &one, 64);
	try("bind to none", MPOL_BIND, NULL, 0);
	try("a mask of no bits", MPOL_BIND, &one, 1);
	try("a mask of one bit", MPOL_BIND, &one, 2);
	try("a mask of many", MPOL_BIND, many, sizeof(many) * 8);
	try("a mask of too many", MPOL_BIND, many, 40000);
	try("balancing and bind", MPOL_BIND | (1 << 13), &one, 64);
	try("balancing and interleave", MPOL_INTERLEAVE | (1 << 13), &one, 64);
	try("local and nodes", MPOL_LOCAL, &one, 64);
	try("local", MPOL_LOCAL, NULL, 0);
	try("default and nodes", MPOL_DEFAULT, &one, 64);
	try("default", MPOL_DEFAULT, NULL, 0);
	try("unknown", 99, NULL, 0);
	try("bad mask", MPOL_BIND, T_BAD, 64);
	return 0;
}
