/* SPDX-License-Identifier: BSD-2-Clause */
/* get_mempolicy(): see get_mempolicy(2). */
#include "t.h"
#include <linux/mempolicy.h>

#define TRY(what, ...) t_ret(what, syscall(SYS_get_mempolicy, __VA_ARGS__))

int main(void)
{
	unsigned long n[4] = {~0UL, ~0UL, ~0UL, ~0UL}, one = 1;
	int mode = 77, here;

	TRY("mine", &mode, n, 64, NULL, 0);
	t_say("%d %lx %lx\n", mode, n[0], n[1]);
	TRY("mode alone", &mode, NULL, 0, NULL, 0);
	TRY("nothing", NULL, NULL, 0, NULL, 0);
	TRY("a mask of no room", &mode, n, 0, NULL, 0);
	TRY("allowed", &mode, n, 256, NULL, MPOL_F_MEMS_ALLOWED);
	t_say("%d %lx %lx %lx\n", mode, n[0], n[1], n[3]);
	TRY("allowed and node", &mode, n, 64, NULL,
	    MPOL_F_MEMS_ALLOWED | MPOL_F_NODE);
	TRY("node of an address", &mode, NULL, 0, &here,
	    MPOL_F_NODE | MPOL_F_ADDR);
	t_say("%d\n", mode);
	TRY("policy of an address", &mode, NULL, 0, &here, MPOL_F_ADDR);
	t_say("%d\n", mode);
	TRY("of no address", &mode, NULL, 0, T_BAD, MPOL_F_ADDR);
	TRY("an address without its flag", &mode, NULL, 0, &here, 0);
	TRY("next node, not interleaving", &mode, NULL, 0, NULL, MPOL_F_NODE);
	syscall(SYS_set_mempolicy, MPOL_INTERLEAVE, &one, 64);
	TRY("next node", &mode, NULL, 0, NULL, MPOL_F_NODE);
	t_say("%d\n", mode);
	syscall(SYS_set_mempolicy, MPOL_DEFAULT, NULL, 0);
	TRY("unknown flag", &mode, n, 64, NULL, 64);
	TRY("bad mode", T_BAD, n, 64, NULL, 0);
	TRY("bad mask", &mode, T_BAD, 64, NULL, 0);
	return 0;
}
