/* SPDX-License-Identifier: BSD-2-Clause */
/* io_cancel(): see io_cancel(2). */
#include "t.h"
#include <linux/aio_abi.h>

int main(void)
{
	unsigned long id = 0;
	char buf[4] = "abc";
	int fd = open("file", O_RDWR | O_CREAT, 0600);
	struct iocb cb = {.aio_fildes = fd,
			  .aio_lio_opcode = IOCB_CMD_PWRITE,
			  .aio_buf = (uintptr_t)buf,
			  .aio_nbytes = 3},
		    *list[3] = {&cb, &cb, &cb};
	struct io_event ev[4];

	syscall(SYS_io_setup, 4, &id);

	syscall(SYS_io_submit, id, 1L, list);
	t_ret("one that is done", syscall(SYS_io_cancel, id, &cb, ev));
	t_ret("bad", syscall(SYS_io_cancel, id, T_BAD, ev));
	t_ret("no context", syscall(SYS_io_cancel, 0L, &cb, ev));
	syscall(SYS_io_destroy, id);
	return 0;
}
