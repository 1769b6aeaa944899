/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fake.c: what vfs/ needs of the runtime, as an ordinary process can give it:
 * memory with counters and faults to order, a process, a clock. Waiting always
 * ends at once. fake.h is for the tests; this file is compiled like the
 * runtime.
 */
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/random.h>
#include <posixen/stdio.h>
#include <posixen/uaccess.h>
#include <posixen/vm.h>
#include "fake.h"

/* The C library's. */
void *malloc(size_t n);
void *mmap(void *at, size_t n, int prot, int flags, int fd, long off);
void free(void *p);
void __noreturn abort(void);
int vprintf(const char *fmt, va_list ap);
int clock_gettime(int id, struct __kernel_timespec *ts);

#define ARENA_PAGES (1u << 16)

/* Allocations. */
size_t fake_bytes, fake_pages, fake_pages_max = ARENA_PAGES;
unsigned long fake_allocs, fake_fail_at;
bool fake_fail_on;

bool inject_should_fail(void)
{
	return ++fake_allocs == fake_fail_at ||
	       (fake_fail_on && fake_fail_at && fake_allocs > fake_fail_at);
}

struct head {
	size_t n, magic;
};
#define MAGIC 0x600df00d600df00dUL

void *kmalloc(size_t n)
{
	struct head *h;

	if (inject_should_fail())
		return NULL;
	h = malloc(sizeof(*h) + n);
	h->n = n;
	h->magic = MAGIC;
	fake_bytes += n;
	memset(h + 1, 0xa5, n);
	return h + 1;
}

void *kzalloc(size_t n)
{
	void *p = kmalloc(n);

	return p ? memset(p, 0, n) : NULL;
}

void kfree(void *p)
{
	struct head *h;

	if (!p)
		return;
	h = (struct head *)p - 1;
	assert(h->magic == MAGIC);
	h->magic = 0;
	fake_bytes -= h->n;
	memset(p, 0x6b, h->n);
	free(h);
}

void *krealloc(void *p, size_t n)
{
	void *new = kmalloc(n);

	if (new &&p) {
		memcpy(new, p, MIN(n, ((struct head *)p - 1)->n));
		kfree(p);
	}
	return new;
}

size_t kmalloc_in_use(void)
{
	return fake_bytes;
}

char *kstrndup(const char *s, size_t n)
{
	char *p = kmalloc((n = strnlen(s, n)) + 1);

	if (!p)
		return NULL;
	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *kstrdup(const char *s)
{
	return kstrndup(s, strlen(s));
}

static uint32_t refs[ARENA_PAGES];
static uint32_t free_list[ARENA_PAGES], nr_free;

void fake_init(void)
{
	/* PROT_READ | PROT_WRITE, MAP_PRIVATE | ANONYMOUS | NORESERVE | FIXED
	 */
	mmap((void *)DIRECT_BASE, ARENA_PAGES * PAGE_SIZE, 3, 0x4032, -1, 0);
	for (uint32_t i = ARENA_PAGES; i--;)
		free_list[nr_free++] = i;
}

pfn_t page_alloc(enum page_use use, unsigned int order)
{
	pfn_t pfn;

	assert(!order);
	if (inject_should_fail() || fake_pages >= fake_pages_max)
		return PFN_NONE;
	pfn = free_list[--nr_free];
	refs[pfn] = 1;
	fake_pages++;
	memset(pfn_to_virt(pfn), 0xa5, PAGE_SIZE);
	return pfn;
}

pfn_t page_alloc_inner(enum page_use use, unsigned int order)
{
	return page_alloc(use, order);
}

void page_get(pfn_t pfn)
{
	refs[pfn]++;
}

void page_put(pfn_t pfn)
{
	assert(refs[pfn]);
	if (--refs[pfn])
		return;
	free_list[nr_free++] = pfn;
	fake_pages--;
}

void page_free(pfn_t pfn, unsigned int order)
{
	assert(refs[pfn] == 1);
	page_put(pfn);
}

uint32_t page_refs(pfn_t pfn)
{
	return refs[pfn];
}

size_t page_total(void)
{
	return ARENA_PAGES;
}

size_t page_free_count(void)
{
	return fake_pages_max - fake_pages;
}

size_t page_available(void)
{
	return page_free_count();
}

size_t page_use_count(enum page_use use)
{
	return use == PAGE_FILE ? fake_pages : 0;
}

bool page_plenty(size_t n)
{
	return page_free_count() >= n;
}

/* The program's memory: everything but the first 64 KB and the kernel's. */
bool user_range_ok(const void *p, size_t n)
{
	return (uintptr_t)p + n >= (uintptr_t)p && (intptr_t)p >= 0;
}

static bool bad(const void *p)
{
	return (uintptr_t)p < 0x10000 || (intptr_t)p < 0;
}

size_t copy_in_some(void *d, const void *s, size_t n)
{
	if (n && bad(s))
		return 0;
	memcpy(d, s, n);
	return n;
}

size_t copy_out_some(void *d, const void *s, size_t n)
{
	if (n && bad(d))
		return 0;
	memcpy(d, s, n);
	return n;
}

size_t clear_out_some(void *d, size_t n)
{
	if (n && bad(d))
		return 0;
	memset(d, 0, n);
	return n;
}

int copy_in(void *d, const void *s, size_t n)
{
	return copy_in_some(d, s, n) == n ? 0 : -EFAULT;
}

int copy_out(void *d, const void *s, size_t n)
{
	return copy_out_some(d, s, n) == n ? 0 : -EFAULT;
}

ssize_t copy_in_str(char *d, const char *s, size_t size)
{
	size_t n;

	if (bad(s))
		return -EFAULT;
	n = strnlen(s, size);
	if (n == size)
		return -ENAMETOOLONG;
	memcpy(d, s, n + 1);
	return (ssize_t)n;
}

/* Time. */
uint64_t fake_now = 1000000000ULL * 1000000000ULL;

uint64_t clock_realtime_ns(void)
{
	return fake_now += 1000;
}

uint64_t plat_monotonic_ns(void)
{
	return fake_now += 1000;
}

struct __kernel_timespec ns_to_timespec(uint64_t ns)
{
	return (struct __kernel_timespec){(long)(ns / NSEC_PER_SEC),
					  (long)(ns % NSEC_PER_SEC)};
}

int timespec_to_ns(const struct __kernel_timespec *ts, uint64_t *ns)
{
	*ns = (uint64_t)ts->tv_sec * NSEC_PER_SEC + (uint64_t)ts->tv_nsec;
	return 0;
}

int timeout_in(const struct __kernel_timespec *ts, uint64_t *deadline)
{
	*deadline = 0;
	return 0;
}

/* The process. */
static struct process process;
struct thread *current_thread;
int fake_signal;

struct process *current_process(void)
{
	return process.files ? &process : NULL;
}

int fake_start(void)
{
	process.fs = fs_context_create();
	process.files = fd_table_create();
	for (int i = 0; i < RLIM_NLIMITS; i++)
		process.rlim[i].rlim_cur = RLIM_INFINITY;
	process.rlim[RLIMIT_NOFILE].rlim_cur = 1024;
	return process.fs && process.files ? 0 : -ENOMEM;
}

void fake_stop(void)
{
	struct fd_table *t = process.files;

	fd_table_destroy(t);
	process.files = NULL;
	fs_context_destroy(process.fs);
	process.fs = NULL;
}

void fake_set_ids(unsigned int uid, unsigned int gid)
{
	process.cred.fsuid = uid;
	process.cred.fsgid = gid;
}

void fake_set_limit(int which, unsigned long n)
{
	process.rlim[which].rlim_cur = n;
}

bool cred_capable(const struct cred *c)
{
	return c->euid == 0;
}

bool cred_in_group(const struct cred *c, uint32_t gid)
{
	return c->fsgid == gid;
}

int signal_send(struct process *p, struct thread *t, int sig,
		const struct siginfo *info)
{
	fake_signal = sig;
	return 0;
}

bool signal_pending(const struct thread *t)
{
	return false;
}

void signal_mask_begin(uint64_t mask)
{
}

void signal_mask_end(bool interrupted)
{
}

/* Messages. */
char fake_log[4096];

void klog(const char *fmt, ...)
{
	size_t n = strlen(fake_log);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(fake_log + n, sizeof(fake_log) - n, fmt, ap);
	va_end(ap);
}

void panic(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	abort();
}

/* Waiting and the rest of what links but does not matter here. */
struct waitq stdin_waitq, stdout_waitq;

void waitq_init(struct waitq *q)
{
	list_init(&q->waiters);
}

void waitq_add(struct waitq *q, struct waiter *w)
{
	list_append(&q->waiters, &w->link);
}

void waitq_remove(struct waiter *w)
{
	list_del(&w->link);
}

unsigned int waitq_wake(struct waitq *q, unsigned int mask, unsigned int max)
{
	return 0;
}

int waitq_sleep(struct waitq *q, unsigned int mask, uint64_t deadline)
{
	return -EINTR;
}

void timer_arm(struct timer *t, uint64_t deadline)
{
}

void timer_cancel(struct timer *t)
{
}

void random_bytes(void *buf, size_t n)
{
	memset(buf, 42, n);
}

char plat_stdio_kind(int fd)
{
	return 'p';
}

ssize_t plat_stdio_write(int fd, const void *buf, size_t n)
{
	return (ssize_t)n;
}

ssize_t plat_stdin_read(void *buf, size_t n)
{
	return 0;
}

int plat_winsize(unsigned short *rows, unsigned short *cols)
{
	return -ENOTTY;
}

void vm_invalidate(const void *object, uint64_t first, uint64_t end)
{
}

bool vm_mapped_writable(const void *object)
{
	return false;
}
