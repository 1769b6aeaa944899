/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * on_exit(3): functions that are told the status when the program exits. They
 * take their turns with those of atexit(3), the last one first: each has its
 * place there. The status is known to exit() only, so a program that has
 * on_exit() gets this exit() in place of musl's, which does the same steps.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct entry {
	void (*function)(int, void *);
	void *argument;
	struct entry *before;
};

static struct entry *last;
static int status_of_exit;

/* libc.a's, each there if the program has what it finishes. */
#define STEP __attribute__((weak)) extern
STEP void __call_tls_dtors(void);
STEP void __funcs_on_exit(void);
STEP void __stdio_exit(void);
STEP void _fini(void);

/* Of tools/image.ld.in. */
typedef void finisher(void);
extern finisher *const __fini_array_start[], *const __fini_array_end[];

int on_exit(void (*function)(int, void *), void *argument);

static void call_last(void)
{
	struct entry *e = last;

	last = e->before;
	e->function(status_of_exit, e->argument);
	free(e);
}

int on_exit(void (*function)(int, void *), void *argument)
{
	struct entry *e = malloc(sizeof(*e));

	if (!e)
		return -1;
	*e = (struct entry){function, argument, last};
	if (atexit(call_last)) {
		free(e);
		return -1;
	}
	last = e;
	return 0;
}

_Noreturn void exit(int status)
{
	status_of_exit = status;
	if (__call_tls_dtors)
		__call_tls_dtors();
	if (__funcs_on_exit)
		__funcs_on_exit();
	for (finisher *const *f = __fini_array_end; f > __fini_array_start;)
		(*--f)();
	if (_fini)
		_fini();
	if (__stdio_exit)
		__stdio_exit();
	_exit(status);
}
