/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack.c: lwIP's life: the end of each burst of work, memory, names (stack.h).
 */
#include <lwip/init.h>
#include <lwip/netif.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include "loop.h"
#include "netdev.h"
#include "stack.h"
#include "timers.h"

unsigned int net_tcp_wnd_more, net_tcp_sndbuf_more, net_reass_more;

/* Linux's errors for lwIP's (lwip/err.h). */
int stack_errno(err_t err)
{
	static const uint8_t of[] = {
		[-ERR_OK] = 0,
		[-ERR_MEM] = ENOMEM,
		[-ERR_BUF] = ENOBUFS,
		[-ERR_TIMEOUT] = ETIMEDOUT,
		[-ERR_RTE] = ENETUNREACH,
		[-ERR_INPROGRESS] = EINPROGRESS,
		[-ERR_VAL] = EINVAL,
		[-ERR_WOULDBLOCK] = EAGAIN,
		[-ERR_USE] = EADDRINUSE,
		[-ERR_ALREADY] = EALREADY,
		[-ERR_ISCONN] = EISCONN,
		[-ERR_CONN] = ENOTCONN,
		[-ERR_IF] = ENETDOWN,
		[-ERR_ABRT] = ECONNABORTED,
		[-ERR_RST] = ECONNRESET,
		[-ERR_CLSD] = ENOTCONN,
		[-ERR_ARG] = EINVAL,
	};

	return err <= 0 && (size_t)-err < ARRAY_SIZE(of) ? -of[-err] : -EIO;
}

void stack_flush(void)
{
	static bool flushing;

	/* What lwIP's callbacks send while packets are delivered here leaves
	 * with the rest. */
	if (flushing)
		return;
	flushing = true;
	while (loop_deliver())
		;
	netdev_flush();
	flushing = false;
	stack_timers();
}

struct netif *stack_netif_by_index(unsigned int index)
{
	return index && index <= 255 ? netif_get_by_index(index) : NULL;
}

void stack_netif_name(const struct netif *n, char name[16])
{
	if (n == &loop_netif)
		strlcpy(name, "lo", 16);
	else
		snprintf(name, 16, "eth%u",
			 ((const struct iface *)n)->dev->index);
}

struct netif *stack_netif_by_name(const char *name)
{
	struct netif *n;
	char its[16];

	NETIF_FOREACH(n)
	{
		stack_netif_name(n, its);
		if (strcmp(its, name) == 0)
			return n;
	}
	return NULL;
}

/*
 * Buffers of a TCP connection: what Linux begins with is 16 KB to send and 128
 * KB to receive, and both grow; these do not grow, so they are what a fast
 * connection needs where there is memory for it, and an eighth of a percent of
 * the memory where there is not.
 */
#define BUFFER_MAX (512u << 10)

static size_t buffer_default(void)
{
	size_t n = page_total() * PAGE_SIZE / 512;

	return MIN(MAX(n, NET_TCP_MIN_BUF), BUFFER_MAX);
}

size_t stack_sndbuf_default(void)
{
	return TCP_SND_BUF;
}

size_t stack_rcvbuf_default(void)
{
	return TCP_WND;
}

void stack_init(void)
{
	net_tcp_wnd_more = buffer_default() - NET_TCP_MIN_BUF;
	net_tcp_sndbuf_more = net_tcp_wnd_more;
	/* A 32nd of memory, 8 MB at most. */
	net_reass_more = MIN(page_total() / 32, 2048u);
	lwip_init();
	loop_start();
}
