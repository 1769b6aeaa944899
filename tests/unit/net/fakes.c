/* SPDX-License-Identifier: BSD-2-Clause */
/* What net/ asks of the runtime. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <linux/mman.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/random.h>
#include <posixen/thread.h>
#include <posixen/rxpage.h>
#include <posixen/txpage.h>
#include <hooks.h>
#include "../../../net/config.h"
#include "../../../net/tcp_recovery.h"
#include "net.h"

void *mmap(void *addr, size_t n, int prot, int flags, int fd, long off);

#define FRAMES 0x40000 /* 1 GB, touched as used */

uint64_t fake_now = 1000000000;
long frames_out, frames_left = FRAMES;
static pfn_t fresh = 1, freed[16][FRAMES];
static unsigned int nr_freed[16];
static struct timer *timers[8]; /* that were ever armed */

pfn_t page_alloc(enum page_use use, unsigned int order)
{
	static int mapped;

	if (!mapped++ &&
	    mmap((void *)DIRECT_BASE, (size_t)FRAMES << 12,
		 PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
		 0) == (void *)-1)
		abort();
	if (frames_left < 1 << order)
		return PFN_NONE;
	frames_left -= 1 << order;
	frames_out += 1 << order;
	if (nr_freed[order])
		return freed[order][--nr_freed[order]];
	fresh += 1 << order;
	return fresh - (1 << order);
}

void page_free(pfn_t pfn, unsigned int order)
{
	freed[order][nr_freed[order]++] = pfn;
	frames_left += 1 << order;
	frames_out -= 1 << order;
}

void page_put(pfn_t pfn)
{
	page_free(pfn, 0);
}

void rxpage_put(pfn_t pfn)
{
	page_put(pfn);
}

/* No device shares pages with anyone here. */
bool is_txpage(const void *addr)
{
	return false;
}

void txpage_get(const void *addr)
{
}

void txpage_put(const void *addr)
{
}

void *kzalloc(size_t n)
{
	return calloc(1, n);
}

void kfree(void *p)
{
	free(p);
}

/* Addresses are the tests' affair. */
void config_add(struct iface *i)
{
}

void config_remove(struct iface *i)
{
}

void config_link(struct iface *i)
{
}

void config_files_dns_changed(void)
{
}

struct netif *net_ip6_route(const ip6_addr_t *to)
{
	return NULL;
}

const ip6_addr_t *net_ip6_gateway(struct netif *n, const ip6_addr_t *to)
{
	return NULL;
}

size_t page_total(void)
{
	return FRAMES;
}

uint64_t plat_monotonic_ns(void)
{
	return fake_now;
}

void random_bytes(void *buf, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((char *)buf)[i] = rand();
}

void timer_arm(struct timer *t, uint64_t deadline)
{
	struct timer **at = timers;

	while (*at && *at != t)
		at++;
	*at = t;
	t->deadline = deadline;
}

void timer_cancel(struct timer *t)
{
	t->deadline = 0;
}

unsigned int fake_run(uint64_t ns)
{
	uint64_t end = fake_now + ns;
	unsigned int fired = 0;

	for (;;) {
		struct timer *first = NULL;

		for (struct timer **t = timers; *t; t++)
			if ((*t)->deadline && (*t)->deadline <= end &&
			    (!first || (*t)->deadline < first->deadline))
				first = *t;
		if (!first)
			break;
		if (fake_now < first->deadline)
			fake_now = first->deadline;
		first->deadline = 0;
		first->fn(first);
		fired++;
	}
	fake_now = end;
	return fired;
}

/* There are no sockets here. */
void tcp_urgent_in(struct tcp_pcb *pcb, const struct tcp_hdr *h,
		   const struct pbuf *p)
{
}

size_t strlcpy(char *d, const char *s, size_t size)
{
	return snprintf(d, size, "%s", s);
}

void klog(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
}

void __noreturn panic(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	abort();
}
