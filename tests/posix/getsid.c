/* SPDX-License-Identifier: BSD-2-Clause */
/* getsid(): see getsid(2). */
#include "t.h"

int main(void)
{
	t_is("mine by 0", getsid(0) > 0);
	t_is("mine by number", getsid(getpid()) == getsid(0));
	t_ret("negative", getsid(-1));
	t_ret("nobody's", getsid(4194303));
	return 0;
}
