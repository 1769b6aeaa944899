/* SPDX-License-Identifier: BSD-2-Clause */
/* trace_poll.c: what is waited for: poll, select, epoll. */
#include <linux/eventpoll.h>
#include <posixen/lib.h>
#include <posixen/uaccess.h>
#include <asm/poll.h>
#include "trace.h"

static void put_poll(struct trace *t, unsigned long p, unsigned long n,
		     bool result)
{
	struct pollfd fd;
	unsigned int shown = 0;
	bool first = true;
	unsigned long i;

	if (!p || (n && copy_in(&fd, (void *)p, sizeof(fd)) < 0)) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	for (i = 0; i < n; i++) {
		if (copy_in(&fd, (char *)p + i * sizeof(fd), sizeof(fd)) < 0)
			break;
		if (result && !fd.revents)
			continue;
		put_sep(t, &first, ", ");
		if (shown++ == LISTED) {
			put(t, "...");
			break;
		}
		put_field(t, "{fd=", fd.fd);
		if (result || fd.fd >= 0) {
			put(t, result ? ", revents=" : ", events=");
			put_flags(t, &names_poll,
				  (uint16_t)(result ? fd.revents : fd.events));
		}
		put_char(t, '}');
	}
	put_char(t, ']');
}

void put_pollfds(struct trace *t, unsigned long p, unsigned int i)
{
	put_poll(t, p, trace_arg(t, i + 1), false);
}

static bool put_ready(struct trace *t)
{
	put_dec(t, t->ret);
	put(t, t->ret ? " (" : " (Timeout)");
	return t->ret > 0;
}

void put_poll_ready(struct trace *t)
{
	if (!put_ready(t))
		return;
	put_poll(t, trace_arg(t, 0), trace_arg(t, 1), true);
	put_char(t, ')');
}

void put_bits(struct trace *t, unsigned long p, unsigned int nfds)
{
	bool first = true;
	unsigned int i;
	uint8_t byte = 0;

	if (!p || copy_in(&byte, (void *)p, 1) < 0) {
		put_addr(t, p);
		return;
	}
	put_char(t, '[');
	for (i = 0; i < MIN(nfds, 1024u); i++) {
		if (i % 8 == 0 && copy_in(&byte, (char *)p + i / 8, 1) < 0)
			break;
		if (!(byte >> i % 8 & 1))
			continue;
		put_sep(t, &first, " ");
		put_udec(t, i);
	}
	put_char(t, ']');
}

void put_fdset(struct trace *t, unsigned long p, unsigned int i)
{
	put_bits(t, p, trace_arg(t, 0));
}

void put_select_ready(struct trace *t)
{
	static const char *const set[] = {"in ", "out ", "except "};
	bool first = true;
	unsigned int i;

	if (!put_ready(t))
		return;
	for (i = 0; i < 3; i++) {
		if (!trace_arg(t, i + 1))
			continue;
		put_sep(t, &first, ", ");
		put(t, set[i]);
		put_fdset(t, trace_arg(t, i + 1), i + 1);
	}
	put_char(t, ')');
}

static void put_event(struct trace *t, unsigned long p)
{
	struct epoll_event ev;

	if (!trace_in(t, &ev, p, sizeof(ev)))
		return;
	put(t, "{events=");
	put_flags(t, &names_epoll, (uint32_t)ev.events);
	put(t, ", data={u32=");
	put_udec(t, (uint32_t)ev.data);
	put(t, ", u64=");
	put_udec(t, ev.data);
	put(t, "}}");
}

void put_epoll_event(struct trace *t, unsigned long p, unsigned int i)
{
	put_event(t, p);
}

void put_epoll_events(struct trace *t, unsigned long p, unsigned int i)
{
	bool first = true;
	long n;

	put_char(t, '[');
	for (n = 0; n < t->ret; n++) {
		put_sep(t, &first, ", ");
		if (n == LISTED) {
			put(t, "...");
			break;
		}
		put_event(t, p + n * sizeof(struct epoll_event));
	}
	put_char(t, ']');
}
