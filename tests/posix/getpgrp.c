/* SPDX-License-Identifier: BSD-2-Clause */
/* getpgrp(): see setpgid(2). */
#include "t.h"

int main(void)
{
	t_is("positive", syscall(SYS_getpgrp) > 0);
	t_is("as getpgid", syscall(SYS_getpgrp) == getpgid(0));
	return 0;
}
