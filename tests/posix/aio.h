/* SPDX-License-Identifier: BSD-2-Clause */
/* aio.h: what the tests of Linux's own asynchronous I/O share: a context of
 * four requests, and one request, to write three bytes of a file. */
#ifndef TESTS_POSIX_AIO_H
#define TESTS_POSIX_AIO_H

#include "t.h"
#include <linux/aio_abi.h>

static unsigned long id;
static struct iocb cb;
static struct iocb *list[3] = {&cb, &cb, &cb};
static struct io_event ev[4];

static void aio_begin(void)
{
	static char text[] = "abc";

	cb = (struct iocb){.aio_fildes = open("file", O_RDWR | O_CREAT, 0600),
			   .aio_lio_opcode = IOCB_CMD_PWRITE,
			   .aio_buf = (uintptr_t)text,
			   .aio_nbytes = 3};
	syscall(SYS_io_setup, 4, &id);
}

#endif
