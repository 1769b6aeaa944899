/* SPDX-License-Identifier: BSD-2-Clause */
/* fakes.c: a platform without a machine, and memory that is this process's. */
#include <stdlib.h>
#include "core.h"
#include <posixen/mem.h>
#include <posixen/trap.h>
#include <posixen/uaccess.h>
#include "../../../runtime/sched.h"
#include "../../../runtime/signal.h"

struct process proc;
uint64_t now = 1;
uint64_t alarm_set = UINT64_MAX;
int live_stacks;
unsigned int nr_polls;
void (*on_poll)(void);
char log_text[4096];

uint64_t plat_monotonic_ns(void)
{
	return now;
}

uint64_t plat_wallclock_ns(void)
{
	return 1700000000 * NSEC_PER_SEC + now;
}

uint64_t plat_cpu_ns(void)
{
	return now / 2;
}

void plat_idle(uint64_t deadline)
{
	if (deadline == UINT64_MAX) {
		printf("all threads sleep for ever\n");
		exit(1);
	}
	if (deadline > now)
		now = deadline;
}

void plat_poll(void)
{
	nr_polls++;
	if (on_poll)
		on_poll();
}

void plat_set_alarm(uint64_t deadline)
{
	alarm_set = deadline;
}

void plat_set_fs(uint64_t base)
{
}

uint64_t plat_get_fs(void)
{
	return 0;
}

int plat_walk(uintptr_t va, size_t n,
	      int (*fn)(void *, uintptr_t, pfn_t, unsigned int), void *arg)
{
	/* Two pages of the test are one frame: see futex.c there. */
	return fn(arg, va, (pfn_t)(va >> PAGE_SHIFT & 0xffffffff), 0);
}

void plat_log(const char *s, size_t n)
{
	strncat(log_text, s, MIN(n, sizeof(log_text) - strlen(log_text) - 1));
}

void plat_crash(void)
{
	printf("panic: %s\n", log_text);
	exit(1);
}

void dump_backtrace(uintptr_t rip, uintptr_t rbp, uintptr_t rsp)
{
}

void dump_regs(const struct regs *regs)
{
}

void *kmalloc(size_t n)
{
	return malloc(n);
}

void *kzalloc(size_t n)
{
	return calloc(1, n);
}

void kfree(void *p)
{
	free(p);
}

void *kstack_alloc(void)
{
	live_stacks++;
	return (char *)aligned_alloc(PAGE_SIZE, KSTACK_SIZE) + KSTACK_SIZE;
}

void kstack_free(void *top)
{
	live_stacks--;
	free((char *)top - KSTACK_SIZE);
}

bool user_range_ok(const void *p, size_t n)
{
	return (uintptr_t)p >= 4096;
}

int copy_in(void *dst, const void *src, size_t n)
{
	if (!user_range_ok(src, n))
		return -EFAULT;
	memcpy(dst, src, n);
	return 0;
}

int copy_out(void *dst, const void *src, size_t n)
{
	return copy_in(dst, src, n);
}

int get_user_u32(uint32_t *val, const uint32_t *p)
{
	return copy_in(val, p, sizeof(*val));
}

int put_user_u32(uint32_t *p, uint32_t val)
{
	return copy_in(p, &val, sizeof(val));
}

int cmpxchg_user_u32(uint32_t *p, uint32_t expect, uint32_t desired,
		     uint32_t *old)
{
	*old = *p;
	if (*p == expect)
		*p = desired;
	return 0;
}

size_t strlcpy(char *d, const char *s, size_t size)
{
	snprintf(d, size, "%s", s);
	return strlen(s);
}

struct process *current_process(void)
{
	return &proc;
}

bool cred_capable(const struct cred *c)
{
	return true;
}

void process_exit(int status)
{
	printf("the process ended: %d\n", status);
	exit(1);
}

int signal_push_frame(struct user_context *ctx, int sig, const siginfo_t *info,
		      const struct ksigaction *act)
{
	return 0;
}

static void first(void *fn)
{
	((void (*)(void))fn)();
	exit(1);
}

void run_first(void (*fn)(void))
{
	list_init(&proc.threads);
	list_init(&proc.sig_queue);
	waitq_init(&proc.signal_wait);
	waitq_init(&proc.stop_wait);
	proc.pid = 2;
	proc.rlim[RLIMIT_SIGPENDING].rlim_cur = 8;
	sched_init();
	proc.leader = thread_create(&proc, first, (void *)fn);
	thread_start(proc.leader);
	sched_start();
}

struct thread *spawn(void (*fn)(void *), void *arg)
{
	struct thread *t = thread_create(&proc, fn, arg);

	thread_start(t);
	return t;
}
