/* SPDX-License-Identifier: BSD-2-Clause */
/* getgid(): see getgid(2). The tests run as root. */
#include "t.h"

int main(void)
{
	t_val("real group", syscall(SYS_getgid));
	return 0;
}
