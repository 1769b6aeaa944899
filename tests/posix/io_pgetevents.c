/* SPDX-License-Identifier: BSD-2-Clause */
/* io_pgetevents(): see io_pgetevents(2). */
#include "aio.h"
#include <time.h>

static volatile int handled;

static void on_signal(int sig)
{
	handled++;
}

int main(void)
{
	struct timespec none = {0, 0}, soon = {0, 20000000};
	sigset_t none_set, alarm_set;
	struct {
		const void *mask;
		size_t size;
	} sig = {&none_set, 8};

	aio_begin();
	sigemptyset(&none_set);
	sigemptyset(&alarm_set);
	sigaddset(&alarm_set, SIGUSR1);
	signal(SIGUSR1, on_signal);
#define TRY(what, ...) t_val(what, syscall(SYS_io_pgetevents, __VA_ARGS__))
	syscall(SYS_io_submit, id, 1L, list);
	TRY("one, no mask", id, 1L, 4L, ev, NULL, NULL);
	TRY("none, with a mask", id, 1L, 4L, ev, &soon, &sig);
	sigprocmask(SIG_BLOCK, &alarm_set, NULL);
	raise(SIGUSR1);
	t_val("blocked", handled);
	TRY("a signal that the mask lets through", id, 1L, 4L, ev, NULL, &sig);
	t_val("handled", handled);
	sig.mask = &alarm_set;
	raise(SIGUSR1);
	TRY("one that it does not", id, 1L, 4L, ev, &none, &sig);
	t_val("handled", handled);
	sig.size = 4;
	TRY("a mask of another size", id, 1L, 4L, ev, &none, &sig);
	TRY("bad", id, 1L, 4L, ev, &none, T_BAD);
	syscall(SYS_io_destroy, id);
	return 0;
}
