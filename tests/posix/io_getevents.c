/* SPDX-License-Identifier: BSD-2-Clause */
/* io_getevents(): see io_getevents(2). */
#include "t.h"
#include <linux/aio_abi.h>
#include <pthread.h>
#include <time.h>

static unsigned long shared_id;
static struct iocb *shared[1];

static void *later(void *arg)
{
	usleep(20000);
	syscall(SYS_io_submit, shared_id, 1L, shared);
	return arg;
}

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
	struct timespec none = {0, 0}, soon = {0, 20000000};

	syscall(SYS_io_setup, 4, &id);
	pthread_t t;

#define TRY(what, ...) t_val(what, syscall(SYS_io_getevents, __VA_ARGS__))
	TRY("none there", id, 0L, 4L, ev, NULL);
	TRY("none, no time", id, 1L, 4L, ev, &none);
	TRY("none, some time", id, 1L, 4L, ev, &soon);
	syscall(SYS_io_submit, id, 3L, list);
	TRY("two of three", id, 1L, 2L, ev, NULL);
	TRY("the third, and time is up", id, 2L, 4L, ev, &soon);
	TRY("more than fit", id, 2L, 1L, ev, NULL);
	TRY("negative", id, -1L, 1L, ev, NULL);
	TRY("no context", 0L, 1L, 1L, ev, NULL);
	TRY("bad time", id, 1L, 1L, ev, T_BAD);
	syscall(SYS_io_submit, id, 1L, list);
	TRY("bad place", id, 1L, 1L, T_BAD, NULL);
	TRY("it is still there", id, 1L, 1L, ev, NULL);
	shared_id = id;
	shared[0] = &cb;
	pthread_create(&t, NULL, later, NULL);
	TRY("another thread's", id, 1L, 1L, ev, NULL);
	pthread_join(t, NULL);
	syscall(SYS_io_destroy, id);
	return 0;
}
