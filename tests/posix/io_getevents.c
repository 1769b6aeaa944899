/* SPDX-License-Identifier: BSD-2-Clause */
/* io_getevents(): see io_getevents(2). */
#include "aio.h"
#include <pthread.h>
#include <time.h>

static void *later(void *arg)
{
	usleep(20000);
	syscall(SYS_io_submit, id, 1L, list);
	return arg;
}

int main(void)
{
	struct timespec none = {0, 0}, soon = {0, 20000000};
	pthread_t t;

	aio_begin();
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
	pthread_create(&t, NULL, later, NULL);
	TRY("another thread's", id, 1L, 1L, ev, NULL);
	pthread_join(t, NULL);
	syscall(SYS_io_destroy, id);
	return 0;
}
