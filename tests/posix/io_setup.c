/* SPDX-License-Identifier: BSD-2-Clause */
/* io_setup(): see io_setup(2). */
#include "t.h"
#include <linux/aio_abi.h>

int main(void)
{
	unsigned long id = 0, other = 0;

	t_ret("a context", syscall(SYS_io_setup, 4, &id));
	t_is("has a name", id != 0);
	/* libaio looks there for a ring. */
	t_is("that can be read", *(volatile unsigned int *)id + 1 != 0);
	t_ret("again in the same place", syscall(SYS_io_setup, 4, &id));
	t_ret("another", syscall(SYS_io_setup, 1, &other));
	t_is("of its own", other != id);
	syscall(SYS_io_destroy, other);
	other = 0;
	t_ret("for nothing", syscall(SYS_io_setup, 0, &other));
	t_ret("for too much", syscall(SYS_io_setup, 1 << 20, &other));
	t_ret("bad pointer", syscall(SYS_io_setup, 4, T_BAD));
	t_ret("end", syscall(SYS_io_destroy, id));
	return 0;
}
