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
#include <linux/fcntl.h>
#include <linux/futex.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/stat.h>
#include <asm/unistd_64.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/process.h>
#include <posixen/uaccess.h>
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
	shim_tracing |= SHIM_TRACE;
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
	       call->nr == PX_NR_UNMAPSELF;
}

/* Arguments that a command or a flag makes meaningless are not shown. */
static unsigned int arg_count(const struct px_frame *f)
{
	unsigned int op = f->args[1] & FUTEX_CMD_MASK;

	switch (f->call->nr) {
	case __NR_open:
		return f->args[1] & (O_CREAT | __O_TMPFILE) ? 3 : 2;
	case __NR_openat:
		return f->args[2] & (O_CREAT | __O_TMPFILE) ? 4 : 3;
	case __NR_mremap:
		return f->args[3] & (MREMAP_FIXED | MREMAP_DONTUNMAP) ? 5 : 4;
	case __NR_fcntl:
		return f->args[1] == F_GETFD || f->args[1] == F_GETFL ? 2 : 3;
	case __NR_prctl:
		op = f->args[0];
		return op == PR_SET_NAME || op == PR_GET_NAME ? 2 : 5;
	case __NR_mknod:
		return S_ISCHR(f->args[1]) || S_ISBLK(f->args[1]) ? 3 : 2;
	case __NR_mknodat:
		return S_ISCHR(f->args[2]) || S_ISBLK(f->args[2]) ? 4 : 3;
	case __NR_clone:
		return 1;
	case __NR_preadv:
	case __NR_pwritev:
		return 4;
	case __NR_futex:
		if (op == FUTEX_UNLOCK_PI || op == FUTEX_TRYLOCK_PI)
			return 2;
		if (op == FUTEX_WAKE)
			return 3;
		if (op == FUTEX_WAIT || op == FUTEX_LOCK_PI)
			return 4;
		return op == FUTEX_REQUEUE ? 5 : 6;
	}
	return f->call->argc;
}

/* futex(2) with a bit set has its words in the first and the last places. */
static bool arg_is_unused(const struct px_frame *f, unsigned int i)
{
	unsigned int op = f->args[1] & FUTEX_CMD_MASK;

	return f->call->nr == __NR_futex &&
	       ((op == FUTEX_WAIT_BITSET && i == 4) ||
		(op == FUTEX_WAKE_BITSET && (i == 3 || i == 4)));
}

/* Print arguments from t->next on; those that the call fills in only once it
 * is done. */
static void put_args(struct trace *t)
{
	unsigned int n = arg_count(t->frame);

	for (; t->next < n; t->next++) {
		const struct arg_type *type = trace_type(t, t->next);
		unsigned long v = trace_arg(t, t->next);

		if (!t->done && type->out != ARG_IN)
			return;
		if (arg_is_unused(t->frame, t->next))
			continue;
		if (t->comma)
			put(t, ", ");
		t->comma = true;
		if (type->out == ARG_OUT && (!v || trace_failed(t)))
			put_addr(t, v);
		else
			type->put(t, v, t->next);
	}
}

static void save_words(struct trace *t)
{
	unsigned int i;

	for (i = 0; i < t->frame->call->argc; i++) {
		t->word[i] = 0;
		if (trace_type(t, i)->word)
			copy_in(&t->word[i], (void *)trace_arg(t, i),
				trace_type(t, i)->word);
	}
}

static void put_error(struct trace *t)
{
	const char *words, *name = error_name(-t->ret, &words);

	put(t, t->ret <= -512 ? "? " : "-1 ");
	if (!name) {
		put(t, "errno ");
		put_dec(t, -t->ret);
		return;
	}
	put(t, name);
	put(t, " (");
	put(t, words);
	put_char(t, ')');
}

static void put_result(struct trace *t)
{
	unsigned int i;

	if (trace_failed(t)) {
		put_error(t);
		return;
	}
	for (i = 0; i < t->frame->call->argc; i++) {
		if (trace_type(t, i)->result) {
			trace_type(t, i)->result(t);
			return;
		}
	}
	put_dec(t, t->ret);
}

void shim_trace_enter(struct px_frame *f, struct trace *t)
{
	t->frame = f;
	t->n = 0;
	t->next = 0;
	t->done = false;
	t->comma = false;
	if (shim_tracing & SHIM_STATS)
		shim_stats_enter(f, t);
	t->skip = !(shim_tracing & SHIM_TRACE) || !is_wanted(f->call->name);
	if (t->skip)
		return;
	if (current()->proc && current()->proc->nr_threads > 1) {
		put(t, "[pid ");
		put_dec(t, current()->tid);
		put(t, "] ");
	}
	put(t, f->call->name);
	if (f->call->nr == PX_NR_UNKNOWN) {
		/* strace names a call that it does not know by its number. */
		put_hex(t, f->args[0]);
		t->next = 1;
	}
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
	if (shim_tracing & SHIM_STATS)
		shim_stats_exit(f, t);
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
