/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runtime/sched.c: whoever leaves the scheduler to run on has an alarm set for
 * what is to come, whatever became of the last one. The platform's clocks are
 * the test's; nothing is really switched.
 */
#include <stdlib.h>
#include "unit.h"
#include <posixen/klog.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include "../../runtime/futex.h"
#include "../../runtime/sched.h"

#define MS 1000000ULL

static uint64_t now = 1000 * MS, cpu, alarm_at;
static int expired;

const struct futex_rest *futex_rest;

uint64_t plat_monotonic_ns(void)
{
	return now;
}

uint64_t plat_cpu_ns(void)
{
	return cpu;
}

void plat_set_alarm(uint64_t deadline_ns)
{
	alarm_at = deadline_ns;
}

void plat_poll(void)
{
}

void plat_idle(uint64_t deadline_ns)
{
	CHECK(!"the queue is never empty here");
	exit(1);
}

void plat_set_fs(uint64_t base)
{
}

uint64_t plat_get_fs(void)
{
	return 0;
}

void cpu_switch(void **save, void *ksp)
{
}

void thread_free(struct thread *t)
{
}

void __noreturn panic(const char *fmt, ...)
{
	CHECK(!"panic");
	exit(1);
}

static void on_expiry(struct timer *t)
{
	expired++;
	timer_arm(t, now + MS / 2);
}

static struct process proc;

/* One that runs and one that is ready and worse entitled to the CPU. */
static void two_threads(struct thread *runs, struct thread *waits)
{
	memset(runs, 0, sizeof(*runs));
	memset(waits, 0, sizeof(*waits));
	sched_init();
	sched_thread_init(runs);
	sched_thread_init(waits);
	runs->proc = waits->proc = &proc;
	runs->state = THREAD_RUNNING;
	waits->state = THREAD_BLOCKED;
	waits->vruntime += 100 * MS;
	current_thread = runs;
	sched_ready(waits);
}

/* The time of the alarm passes in the kernel, where nobody is told of it, and
 * the thread keeps the CPU. leave() is its way out. */
static void check_alarm_after(void (*leave)(void), int priority)
{
	struct thread runs, waits;
	struct timer t = {.fn = on_expiry};

	two_threads(&runs, &waits);
	runs.priority = priority;
	expired = 0;
	timer_arm(&t, now + MS / 2);
	CHECK(alarm_at == now + MS / 2);
	for (int i = 1; i <= 100; i++) {
		now += MS;
		cpu += MS / 1000;
		leave();
		CHECK(current_thread == &runs);
		CHECK(expired == i);
		CHECK(alarm_at > now && alarm_at <= now + MS / 2);
	}
	timer_cancel(&t);
}

/* Without a timer, the slice's end. */
static void check_slice(void)
{
	struct thread runs, waits;

	two_threads(&runs, &waits);
	for (int i = 0; i < 100; i++) {
		now += 5 * MS;
		sched_give_way();
		CHECK(current_thread == &runs);
		CHECK(alarm_at > now && alarm_at <= now + 5 * MS);
	}
	/* Its time is over. */
	cpu += 200 * MS;
	sched_give_way();
	CHECK(current_thread == &waits);
	CHECK(alarm_at > now && alarm_at <= now + 5 * MS);
}

int main(void)
{
	check_alarm_after(sched_give_way, 0);
	check_alarm_after(sched_give_way, 5);
	check_alarm_after(sched_yield, 5);
	check_slice();
	return unit_done();
}
