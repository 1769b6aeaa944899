/* SPDX-License-Identifier: BSD-2-Clause */
/* getuid(): see getuid(2). The tests run as root. */
#include "t.h"

int main(void)
{
	t_val("real user", syscall(SYS_getuid));
	return 0;
}
