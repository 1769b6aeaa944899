/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * backtrace(3): the addresses that the functions now running will return to,
 * found by gcc's unwinder. An image has no table of dynamic symbols, so an
 * address is described by the program's name and itself.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

struct trace {
	void **to;
	int room;
	int n; /* -1: the frame of backtrace() itself is still to be passed */
};

static _Unwind_Reason_Code step(struct _Unwind_Context *ctx, void *arg)
{
	struct trace *t = arg;
	void *pc = (void *)_Unwind_GetIP(ctx);

	if (t->n >= t->room)
		return _URC_END_OF_STACK;
	if (!pc)
		return _URC_END_OF_STACK;
	if (t->n >= 0)
		t->to[t->n] = pc;
	t->n++;
	return _URC_NO_REASON;
}

int backtrace(void **to, int room)
{
	struct trace t = {to, room, -1};

	if (room <= 0)
		return 0;
	_Unwind_Backtrace(step, &t);
	return t.n < 0 ? 0 : t.n;
}

static int describe(char *to, size_t room, const void *address)
{
	return snprintf(to, room, "%s() [%p]", program_invocation_name,
			address);
}

/* One block: the pointers, and the strings behind them. */
char **backtrace_symbols(void *const *addresses, int n)
{
	size_t len = n * sizeof(char *);
	char **list, *s;

	for (int i = 0; i < n; i++)
		len += describe(NULL, 0, addresses[i]) + 1;
	list = malloc(len);
	if (!list)
		return NULL;
	s = (char *)(list + n);
	for (int i = 0; i < n; i++) {
		list[i] = s;
		s += sprintf(s, "%s() [%p]", program_invocation_name,
			     addresses[i]) +
		     1;
	}
	return list;
}

/* Without malloc(3), for when that is what broke. */
void backtrace_symbols_fd(void *const *addresses, int n, int fd)
{
	for (int i = 0; i < n; i++)
		dprintf(fd, "%s() [%p]\n", program_invocation_name,
			addresses[i]);
}
