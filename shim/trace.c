/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tracer: a line for each system call, as strace(1) prints it.
 *
 *	trace=1			all calls
 *	trace=open,read		these
 *
 * px_enter calls the two functions here while shim_tracing is set. Lines go to
 * the runtime's log. Once a process has several threads each line begins with
 * [pid N], as with strace -f.
 */
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
#include "argtypes.h"
#include "offsets.h"
#include "shim.h"
#include "trace.h"

_Static_assert(TRACE_SIZE == sizeof(struct trace), "struct trace");

uint8_t shim_tracing;
static const char *wanted; /* names separated by commas; NULL: all */

void shim_trace_init(void)
{
	const char *how = param_get("trace");

	if (!how || strcmp(how, "0") == 0)
		return;
	shim_tracing = 1;
	if (*how && strcmp(how, "1") != 0 && strcmp(how, "all") != 0)
		wanted = how;
}

static bool is_wanted(const char *name)
{
	size_t n = strlen(name);
	const char *p = wanted;

	while (p && *p) {
		if (strncmp(p, name, n) == 0 && (p[n] == ',' || !p[n]))
			return true;
		p = strchr(p, ',');
		if (p)
			p++;
	}
	return !wanted;
}

/* These do not come back to where they were called. */
static bool never_returns(const struct px_call *call)
{
	return strcmp(call->name, "exit") == 0 ||
	       strcmp(call->name, "exit_group") == 0 ||
	       strcmp(call->name, "rt_sigreturn") == 0 ||
	       call->nr >= PX_NR_EXTRA;
}

/* Print arguments from t->next on; those of a kind that the call fills in only
 * once it is done. */
static void put_args(struct trace *t)
{
	unsigned int n = arg_count(t->frame);

	for (; t->next < n; t->next++) {
		if (!t->done && arg_is_out(t->frame->call->types[t->next]))
			return;
		if (arg_is_unused(t->frame, t->next))
			continue;
		if (t->next)
			put(t, ", ");
		put_arg(t, t->next);
	}
}

/* In-out arguments are words of 4 or 8 bytes. */
static void save_words(struct trace *t)
{
	const struct px_frame *f = t->frame;
	unsigned int i;

	for (i = 0; i < f->call->argc; i++) {
		bool off = f->call->types[i] == T_px_off_io;

		if (!off && f->call->types[i] != T_px_socklen_io)
			continue;
		t->word[i] = 0;
		copy_in(&t->word[i], (void *)f->args[i], off ? 8 : 4);
	}
}

void shim_trace_enter(struct px_frame *f, struct trace *t)
{
	t->frame = f;
	t->n = 0;
	t->next = 0;
	t->done = false;
	t->skip = !is_wanted(f->call->name);
	if (t->skip)
		return;
	if (current()->proc && current()->proc->nr_threads > 1) {
		put(t, "[pid ");
		put_dec(t, current()->tid);
		put(t, "] ");
	}
	put(t, f->call->name);
	put_char(t, '(');
	if (never_returns(f->call)) {
		t->ret = 0;
		t->done = true;
		put_args(t);
		put(t, ") = ?\n");
		put_flush(t);
		t->skip = true;
		return;
	}
	save_words(t);
	put_args(t);
}

void shim_trace_exit(struct px_frame *f, struct trace *t)
{
	if (t->skip)
		return;
	t->done = true;
	t->ret = f->ret;
	put_args(t);
	put(t, ") = ");
	put_result(t);
	put_char(t, '\n');
	put_flush(t);
}
