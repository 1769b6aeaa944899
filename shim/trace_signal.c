/* SPDX-License-Identifier: BSD-2-Clause */
/* trace_signal.c: what calls of signals take: sets, actions, stacks. */
#include <posixen/process.h>
#include "trace.h"

/* A set of which most is there is shown by what is not. */
static void put_sigset_value(struct trace *t, uint64_t set)
{
	bool first = true;
	int i, members = 0;

	/* gcc's builtin would want libgcc. */
	for (i = 0; i < 64; i++)
		members += set >> i & 1;
	if (members > 42) {
		put_char(t, '~');
		set = ~set;
	}
	put_char(t, '[');
	for (i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		put_sep(t, &first, " ");
		put_signal(t, i + 1, false);
	}
	put_char(t, ']');
}

static void put_set_at(struct trace *t, unsigned long p)
{
	uint64_t set;

	if (trace_in(t, &set, p, sizeof(set)))
		put_sigset_value(t, set);
}

/* A set goes with a size, which comes later and must be right. */
void put_sigset(struct trace *t, unsigned long p, unsigned int i)
{
	while (i < 6 && trace_type(t, i) != &arg_px_size)
		i++;
	if (i < 6 && trace_arg(t, i) == 8)
		put_set_at(t, p);
	else
		put_addr(t, p);
}

void put_sigarg(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned long pair[2];

	if (!trace_in(t, pair, p, sizeof(pair)))
		return;
	put(t, "{sigmask=");
	put_set_at(t, pair[0]);
	put(t, ", sigsetsize=");
	put_udec(t, pair[1]);
	put_char(t, '}');
}

void put_sigaction(struct trace *t, unsigned long p, unsigned int i)
{
	struct ksigaction sa;

	if (!trace_in(t, &sa, p, sizeof(sa)))
		return;
	put(t, "{sa_handler=");
	if (sa.handler == SIG_DFL || sa.handler == SIG_IGN)
		put(t, sa.handler == SIG_DFL ? "SIG_DFL" : "SIG_IGN");
	else
		put_hex(t, (unsigned long)sa.handler);
	put(t, ", sa_mask=");
	put_sigset_value(t, sa.mask);
	put(t, ", sa_flags=");
	put_flags(t, &names_sa, sa.flags);
	if (sa.flags & SA_RESTORER) {
		put(t, ", sa_restorer=");
		put_hex(t, (unsigned long)sa.restorer);
	}
	put_char(t, '}');
}

void put_siginfo(struct trace *t, unsigned long p, unsigned int i)
{
	int info[3];

	if (!trace_in(t, info, p, sizeof(info)))
		return;
	put(t, "{si_signo=");
	put_signal(t, info[0], true);
	put_field(t, ", si_code=", info[2]);
	put(t, ", ...}");
}

void put_stack(struct trace *t, unsigned long p, unsigned int i)
{
	stack_t ss;

	if (!trace_in(t, &ss, p, sizeof(ss)))
		return;
	put(t, "{ss_sp=");
	put_addr(t, (unsigned long)ss.ss_sp);
	put(t, ", ss_flags=");
	put_flags(t, &names_ss, ss.ss_flags);
	put_field(t, ", ss_size=", ss.ss_size);
	put_char(t, '}');
}
