/* SPDX-License-Identifier: BSD-2-Clause */
/* How a fortified function ends the program: fortify.h. */
#include "names/fortify.h"
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* One write, so that the lines of two threads do not mix. */
static _Noreturn void die(const char *before, const char *what,
			  const char *after)
{
	struct iovec part[3] = {
		{(void *)before, strlen(before)},
		{(void *)what, strlen(what)},
		{(void *)after, strlen(after)},
	};
	ssize_t written = writev(STDERR_FILENO, part, 3);

	/* There is nobody left to tell. */
	(void)written;
	abort();
}

void __libc_fatal(const char *text)
{
	die("", text, "");
}

void __fortify_fail(const char *what)
{
	die("*** ", what, " ***: terminated\n");
}

void __chk_fail(void)
{
	__fortify_fail("buffer overflow detected");
}

/* Where the compiler goes when a function finds its stack guard changed. */
_Noreturn void __glibc_stack_chk_fail(void);

_Noreturn void __glibc_stack_chk_fail(void)
{
	__fortify_fail("stack smashing detected");
}
