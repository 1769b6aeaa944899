/* SPDX-License-Identifier: BSD-2-Clause */
/* fakes.c: frames, heap, grants, events and a stack. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sanitizer/asan_interface.h>
#include "netfront.h"

void map_at(unsigned long addr, unsigned long len);

unsigned long checks;
unsigned int frames_used, refs_used, kmallocs, fail_alloc, sends[16];
unsigned int log_lines, total_frames = FRAMES;
struct grant grants[REFS];

void failed(const char *file, int line, const char *what)
{
	printf("%s:%d: %s\n", file, line, what);
	fflush(stdout);
	abort();
}

static bool unlucky(void)
{
	return fail_alloc && rnd(fail_alloc) == 0;
}

/* Frames. What is in a new one is somebody's secret. */
#define SECRET 0x5ec2e77e115700f1UL

static pfn_t free_frame[FRAMES];
static unsigned int nr_free_frames, shown[FRAMES];

void fakes_init(void)
{
	map_at(DIRECT_BASE, FRAMES * PAGE_SIZE);
	map_at(PAGES_BASE, FRAMES * sizeof(struct page));
	for (pfn_t pfn = FRAMES - 1; pfn > 0; pfn--)
		free_frame[nr_free_frames++] = pfn;
	ASAN_POISON_MEMORY_REGION((void *)DIRECT_BASE, FRAMES * PAGE_SIZE);
}

pfn_t page_alloc(enum page_use use, unsigned int order)
{
	unsigned int i;
	pfn_t pfn;

	MUST(use == PAGE_KERNEL && order == 0);
	if (unlucky() || !nr_free_frames)
		return PFN_NONE;
	/* Any of them: a page that is used too long soon is another's. */
	i = rnd(MIN(nr_free_frames, 8u)) + nr_free_frames -
	    MIN(nr_free_frames, 8u);
	pfn = free_frame[i];
	free_frame[i] = free_frame[--nr_free_frames];
	*pfn_to_page(pfn) = (struct page){.refs = 1, .use = use};
	ASAN_UNPOISON_MEMORY_REGION(pfn_to_virt(pfn), PAGE_SIZE);
	for (unsigned int k = 0; k < PAGE_SIZE / 8; k++)
		((uint64_t *)pfn_to_virt(pfn))[k] = SECRET;
	frames_used++;
	return pfn;
}

pfn_t page_zalloc(enum page_use use)
{
	pfn_t pfn = page_alloc(use, 0);

	if (pfn != PFN_NONE)
		memset(pfn_to_virt(pfn), 0, PAGE_SIZE);
	return pfn;
}

void page_get(pfn_t pfn)
{
	MUST(pfn < FRAMES && pfn_to_page(pfn)->refs > 0);
	pfn_to_page(pfn)->refs++;
}

void page_put(pfn_t pfn)
{
	MUST(pfn < FRAMES && pfn_to_page(pfn)->refs > 0);
	if (--pfn_to_page(pfn)->refs)
		return;
	/* Nobody outside can reach what is freed. */
	MUST(shown[pfn] == 0);
	MUST(!(pfn_to_page(pfn)->flags & PG_TX));
	ASAN_POISON_MEMORY_REGION(pfn_to_virt(pfn), PAGE_SIZE);
	free_frame[nr_free_frames++] = pfn;
	frames_used--;
}

size_t page_total(void)
{
	return total_frames;
}

/* Heap. */

void *krealloc(void *p, size_t n)
{
	void *q = unlucky() ? NULL : realloc(p, n);

	if (q && !p)
		kmallocs++;
	return q;
}

void *kzalloc(size_t n)
{
	void *p = krealloc(NULL, n);

	return p ? memset(p, 0, n) : NULL;
}

void kfree(void *p)
{
	kmallocs -= p != NULL;
	free(p);
}

/* Grants. */

int grant_reserve(void)
{
	static grant_ref_t r;

	if (unlucky())
		return -ENOSPC;
	for (unsigned int i = 0; i < REFS; i++) {
		r = (r + 1) % REFS;
		if (r < 8 || grants[r].used)
			continue;
		grants[r] = (struct grant){.used = true};
		refs_used++;
		return (int)r;
	}
	return -ENOSPC;
}

static bool has_secret(pfn_t pfn)
{
	const uint64_t *at = pfn_to_virt(pfn);

	for (unsigned int i = 0; i < PAGE_SIZE / 8; i += 15)
		if (at[i] == SECRET)
			return true;
	return false;
}

void grant_set(grant_ref_t ref, domid_t domid, const void *page, bool readonly)
{
	struct grant *g = &grants[ref];

	MUST(ref < REFS && g->used && !g->set && !g->mapped);
	g->pfn = virt_to_pfn(page);
	MUST(g->pfn < FRAMES && pfn_to_page(g->pfn)->refs > 0);
	/* The backend can read all of it. */
	MUST(!has_secret(g->pfn));
	/* A page that can be written is shown once only. */
	MUST(readonly || shown[g->pfn] == 0);
	shown[g->pfn]++;
	g->set = true;
	g->readonly = readonly;
	g->domid = domid;
}

bool grant_clear(grant_ref_t ref)
{
	struct grant *g = &grants[ref];

	MUST(ref < REFS && g->used && g->set && !g->later);
	if (g->mapped)
		return false;
	g->set = false;
	shown[g->pfn]--;
	return true;
}

void grant_free(grant_ref_t ref)
{
	MUST(grants[ref].used && !grants[ref].set);
	grants[ref].used = false;
	refs_used--;
}

int grant_access(domid_t domid, const void *page, bool readonly)
{
	int ref = grant_reserve();

	if (ref >= 0)
		grant_set((grant_ref_t)ref, domid, page, readonly);
	return ref;
}

bool grant_end(grant_ref_t ref)
{
	if (!grant_clear(ref))
		return false;
	grant_free(ref);
	return true;
}

void grant_end_later(grant_ref_t ref, pfn_t pfn)
{
	MUST(grants[ref].pfn == pfn);
	if (grant_end(ref))
		page_put(pfn);
	else
		grants[ref].later = true;
}

void grant_map(grant_ref_t ref)
{
	if (ref < REFS && grants[ref].set)
		grants[ref].mapped++;
}

void grant_unmap(grant_ref_t ref)
{
	struct grant *g = &grants[ref];

	if (!g->mapped || --g->mapped || !g->later)
		return;
	g->later = false;
	grant_end_later(ref, g->pfn);
}

/* Events. */

static struct {
	void (*fn)(void *arg);
	void *arg;
} bound[16];

int event_alloc_unbound(domid_t remote, void (*fn)(void *arg), void *arg)
{
	if (unlucky())
		return -ENOSPC;
	for (int i = 1; i < 16; i++) {
		if (bound[i].fn)
			continue;
		bound[i].fn = fn;
		bound[i].arg = arg;
		return i;
	}
	return -ENOSPC;
}

void event_unbind(evtchn_port_t port)
{
	MUST(port > 0 && port < 16 && bound[port].fn);
	bound[port].fn = NULL;
}

void event_wait(evtchn_port_t port, uint64_t ns)
{
}

void event_send(evtchn_port_t port)
{
	MUST(port > 0 && port < 16 && bound[port].fn);
	sends[port]++;
}

void fire(int port)
{
	if (port > 0 && bound[port].fn)
		bound[port].fn(bound[port].arg);
}

/* Threads, time and words. */

static void (*thread_fn)(void *arg);
static void *thread_arg;
bool inside_kthread;

int kthread_start(const char *name, void (*fn)(void *arg), void *arg)
{
	if (unlucky())
		return -ENOMEM;
	MUST(!thread_fn);
	thread_fn = fn;
	thread_arg = arg;
	return 0;
}

void run_kthreads(void)
{
	void (*fn)(void *arg) = thread_fn;

	thread_fn = NULL;
	if (fn)
		fn(thread_arg);
}

void waitq_init(struct waitq *q)
{
	list_init(&q->waiters);
}

unsigned int waitq_wake(struct waitq *q, unsigned int mask, unsigned int max)
{
	return 0;
}

void waitq_block(struct waitq *q, unsigned int mask)
{
	MUST(thread_fn);
	run_kthreads();
}

int waitq_sleep(struct waitq *q, unsigned int mask, uint64_t deadline)
{
	return -ETIMEDOUT;
}

uint64_t plat_monotonic_ns(void)
{
	return 1;
}

void plat_metric(const char *name, uint64_t value)
{
}

static struct timer *armed[2]; /* txpage.c's and a device's */

void timer_arm(struct timer *t, uint64_t deadline)
{
	unsigned int i = 0;

	timer_cancel(t);
	while (armed[i])
		MUST(++i < ARRAY_SIZE(armed));
	t->deadline = deadline;
	armed[i] = t;
}

void timer_cancel(struct timer *t)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(armed); i++)
		if (armed[i] == t)
			armed[i] = NULL;
	t->deadline = 0;
}

bool timer_fire(void)
{
	struct timer *t = armed[0] ? armed[0] : armed[1];

	if (!t)
		return false;
	timer_cancel(t);
	t->fn(t);
	return true;
}

void klog(const char *fmt, ...)
{
	log_lines++;
}

void panic(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	fflush(stdout);
	abort();
}

/* The stack. */

struct got got[64];
unsigned int nr_got, nr_done, nr_ready, link_changes;
bool drop_got;
void (*on_done)(void);

int netdev_register(struct netdev *d)
{
	return unlucky() ? -ENOMEM : 0;
}

void netdev_unregister(struct netdev *d)
{
	MUST(!d->link);
}

void netdev_link_changed(struct netdev *d)
{
	link_changes++;
}

void netdev_rx_done(struct netdev *d)
{
	nr_done++;
	if (on_done)
		on_done();
}

void netdev_tx_ready(struct netdev *d)
{
	nr_ready++;
}

void got_clear(void)
{
	while (nr_got > 0)
		free(got[--nr_got].data);
}

static struct got *next_got(unsigned int len, unsigned int flags)
{
	struct got *g;

	MUST(len > 0 && len <= NET_PACKET_MAX);
	if (nr_got == 64)
		got_clear();
	g = &got[nr_got++];
	*g = (struct got){.len = len, .flags = flags, .data = malloc(len)};
	return g;
}

void netdev_rx(struct netdev *d, const struct net_rx_frag *frags,
	       unsigned int nr, unsigned int flags, unsigned int gso_size)
{
	unsigned int len = 0, at = 0;
	struct got *g;

	MUST(nr > 0 && nr <= NET_FRAGS_MAX);
	for (unsigned int i = 0; i < nr; i++)
		len += frags[i].len;
	g = next_got(len, flags);
	g->gso_size = gso_size;
	for (unsigned int i = 0; i < nr; i++) {
		const struct net_rx_frag *f = &frags[i];

		/* Ours alone, and within the page. */
		MUST(f->pfn < FRAMES && pfn_to_page(f->pfn)->refs == 1);
		MUST(shown[f->pfn] == 0);
		MUST(f->len > 0 && f->off + f->len <= PAGE_SIZE);
		memcpy(g->data + at, (char *)pfn_to_virt(f->pfn) + f->off,
		       f->len);
		at += f->len;
		rxpage_put(f->pfn);
	}
}

void netdev_rx_copy(struct netdev *d, const void *data, size_t len,
		    unsigned int flags)
{
	struct got *g = next_got(len, flags);

	MUST((uintptr_t)data % PAGE_SIZE + len <= PAGE_SIZE);
	memcpy(g->data, data, len);
}
