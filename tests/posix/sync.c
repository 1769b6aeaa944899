/* SPDX-License-Identifier: BSD-2-Clause */
/* sync(): see sync(2). It cannot fail. */
#include "t.h"

int main(void)
{
	t_file("f", "abc");
	t_val("returns", syscall(SYS_sync));
	t_cat("f", "f");
	return 0;
}
