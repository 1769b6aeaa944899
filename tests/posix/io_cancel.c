/* SPDX-License-Identifier: BSD-2-Clause */
/* io_cancel(): see io_cancel(2). */
#include "aio.h"

int main(void)
{
	aio_begin();
	syscall(SYS_io_submit, id, 1L, list);
	t_ret("one that is done", syscall(SYS_io_cancel, id, &cb, ev));
	t_ret("bad", syscall(SYS_io_cancel, id, T_BAD, ev));
	t_ret("no context", syscall(SYS_io_cancel, 0L, &cb, ev));
	syscall(SYS_io_destroy, id);
	return 0;
}
