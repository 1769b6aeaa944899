/* SPDX-License-Identifier: BSD-2-Clause */
/* getpgid(): see setpgid(2). */
#include "t.h"

int main(void)
{
	t_is("mine by 0", getpgid(0) == getpgrp());
	t_is("mine by number", getpgid(getpid()) == getpgrp());
	t_ret("negative", getpgid(-1));
	t_ret("nobody's", getpgid(4194303));
	return 0;
}
