/* SPDX-License-Identifier: BSD-2-Clause */
/* io_submit(): see io_submit(2). */
#include "t.h"
#include <linux/aio_abi.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/uio.h>

static unsigned long id;

/* Submit one and show what came of it. */
static void one(const char *what, struct iocb cb)
{
	struct timespec none = {0, 0};
	struct iocb *p = &cb;
	struct io_event ev;
	long n;

	cb.aio_data = 77;
	n = syscall(SYS_io_submit, id, 1, &p);
	t_val(what, n);
	if (n != 1)
		return;
	n = syscall(SYS_io_getevents, id, 1, 1, &ev, NULL);
	t_say("  %ld event, data %d, its iocb %d, %s\n", n, (int)ev.data,
	      ev.obj == (uintptr_t)&cb,
	      ev.res < 0 ? t_errno_name(-ev.res) : "ok");
	if (ev.res >= 0)
		t_say("  %d\n", (int)ev.res);
	t_val("  no more", syscall(SYS_io_getevents, id, 1, 1, &ev, &none));
}

int main(void)
{
	char buf[32] = "0123456789", got[32] = "";
	struct iovec v[2] = {{buf, 3}, {buf + 5, 4}};
	struct iovec w[2] = {{got, 2}, {got + 2, 9}};
	struct iovec bad = {T_BAD, 4};
	int fd = open("file", O_RDWR | O_CREAT, 0600);
	int ro = open("file", O_RDONLY), dir = open(".", O_RDONLY);
	int efd = eventfd(0, 0), p[2];
	struct iocb cb = {.aio_fildes = fd}, *two[2] = {&cb, &cb};
	uint64_t count;

	pipe(p);
	t_ret("setup", syscall(SYS_io_setup, 4, &id));
	cb.aio_lio_opcode = IOCB_CMD_PWRITE;
	cb.aio_buf = (uintptr_t)buf;
	cb.aio_nbytes = 10;
	one("write", cb);
	cb.aio_offset = 8;
	one("write at 8", cb);
	cb.aio_fildes = ro;
	one("write, read-only", cb);
	cb.aio_lio_opcode = IOCB_CMD_PREAD;
	cb.aio_buf = (uintptr_t)got;
	cb.aio_nbytes = 32;
	cb.aio_offset = 5;
	one("read", cb);
	t_str("got", got);
	t_val("the file's position stays", lseek(ro, 0, SEEK_CUR));
	cb.aio_offset = 100;
	one("behind the end", cb);
	cb.aio_offset = -1;
	one("negative offset", cb);
	cb.aio_offset = 0;
	cb.aio_buf = 8;
	one("bad buffer", cb);
	cb.aio_fildes = dir;
	cb.aio_buf = (uintptr_t)got;
	one("a directory", cb);
	cb.aio_fildes = fd;
	cb.aio_lio_opcode = IOCB_CMD_PWRITEV;
	cb.aio_buf = (uintptr_t)v;
	cb.aio_nbytes = 2;
	one("write a vector", cb);
	cb.aio_lio_opcode = IOCB_CMD_PREADV;
	cb.aio_buf = (uintptr_t)w;
	memset(got, 0, sizeof(got));
	one("read a vector", cb);
	t_str("got", got);
	cb.aio_buf = 8;
	one("bad vector", cb);
	cb.aio_buf = (uintptr_t)&bad;
	cb.aio_nbytes = 1;
	one("a vector with a bad buffer", cb);
	cb = (struct iocb){.aio_fildes = fd, .aio_lio_opcode = IOCB_CMD_FSYNC};
	one("sync", cb);
	cb.aio_lio_opcode = IOCB_CMD_FDSYNC;
	one("sync of the data", cb);
	cb.aio_nbytes = 1;
	one("sync with a size", cb);
	cb.aio_nbytes = 0;
	cb.aio_lio_opcode = 99;
	one("unknown", cb);
	cb.aio_lio_opcode = IOCB_CMD_PWRITE;
	cb.aio_buf = (uintptr_t)buf;
	cb.aio_nbytes = 4;
	cb.aio_fildes = p[1];
	one("to a pipe", cb);
	cb.aio_fildes = p[0];
	cb.aio_lio_opcode = IOCB_CMD_PREAD;
	one("from a pipe", cb);
	cb.aio_fildes = 99;
	one("closed", cb);
	cb.aio_fildes = fd;
	cb.aio_reserved2 = 1;
	one("reserved", cb);
	cb.aio_reserved2 = 0;
	cb.aio_nbytes = -1;
	one("too long", cb);

	cb.aio_nbytes = 4;
	cb.aio_flags = IOCB_FLAG_RESFD;
	cb.aio_resfd = efd;
	one("tell an eventfd", cb);
	t_val("it was told", read(efd, &count, sizeof(count)));
	t_val("so often", count);
	cb.aio_resfd = fd;
	one("tell a file", cb);
	cb.aio_resfd = 99;
	one("tell nobody", cb);
	cb.aio_flags = 0;

	t_val("none", syscall(SYS_io_submit, id, 0L, two));
	t_val("two", syscall(SYS_io_submit, id, 2L, two));
	t_val("negative", syscall(SYS_io_submit, id, -1L, two));
	t_val("no context", syscall(SYS_io_submit, 0L, 1L, two));
	t_val("bad list", syscall(SYS_io_submit, id, 1L, T_BAD));
	two[1] = T_BAD;
	t_val("the second is bad", syscall(SYS_io_submit, id, 2L, two));
	syscall(SYS_io_destroy, id);
	return 0;
}
