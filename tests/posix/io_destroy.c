/* SPDX-License-Identifier: BSD-2-Clause */
/* io_destroy(): see io_destroy(2). */
#include "t.h"
#include <linux/aio_abi.h>

int main(void)
{
	unsigned long id = 0;

	syscall(SYS_io_setup, 4, &id);
	t_ret("end", syscall(SYS_io_destroy, id));
	t_ret("again", syscall(SYS_io_destroy, id));
	t_ret("none", syscall(SYS_io_destroy, 0));
	t_ret("bad", syscall(SYS_io_destroy, T_BAD));
	return 0;
}
