/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_once(3) whose function may throw: std::call_once() lets the exception
 * out, and the next caller runs the function anew. musl's does not let the
 * unwinder pass. It is the same four states of the control as in musl's own:
 * nobody has come, somebody is at it, done, somebody is at it and others wait.
 * The thread may also be cancelled while the function runs.
 */
#include "pthread_impl.h"

enum { NOBODY, RUNS, DONE, AWAITED };

struct turn {
	struct __ptcb handler;
	pthread_once_t *control;
};

static void leave(pthread_once_t *control, int state)
{
	if (a_swap(control, state) == AWAITED)
		__wake(control, -1, 1);
}

static void give_up(void *control)
{
	leave(control, NOBODY);
}

/* At the end of the scope; with a control only if the unwinder does it. */
static void thrown(struct turn *turn)
{
	if (turn->control)
		_pthread_cleanup_pop(&turn->handler, 1);
}

static void take_turn(pthread_once_t *control, void (*init)(void))
{
	__attribute__((cleanup(thrown))) struct turn turn = {
		.control = control,
	};

	_pthread_cleanup_push(&turn.handler, give_up, control);
	init();
	turn.control = NULL;
	_pthread_cleanup_pop(&turn.handler, 0);
	leave(control, DONE);
}

int pthread_once(pthread_once_t *control, void (*init)(void))
{
	for (;;) {
		switch (a_cas(control, NOBODY, RUNS)) {
		case NOBODY:
			take_turn(control, init);
			return 0;
		case DONE:
			return 0;
		case RUNS:
			/* If it ends just now, the wait does not begin. */
			a_cas(control, RUNS, AWAITED);
		}
		__wait(control, 0, AWAITED, 1);
	}
}
