/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.c: the paravirtual clock, wall clock and CPU time. Nothing here traps
 * or calls Xen: all is read from memory that Xen keeps up to date.
 */
#include <posixen/klog.h>
#include <posixen/platform.h>
#include "domain.h"
#include "event.h"
#include "hypercall.h"
#include "pvclock.h"

/* Xen's system time counts from the machine's boot; ours from time_init(). */
static uint64_t system_base;

static int alarm_port;

/* Updated by Xen whenever this virtual CPU stops or starts to run. */
static volatile struct vcpu_runstate_info runstate;

static uint64_t system_time(void)
{
	const volatile struct vcpu_time_info *t = &vcpu()->time;
	uint64_t stamp, base;
	uint32_t version, mul, lo, hi;
	int8_t shift;

	do {
		version = t->version;
		barrier(); /* the version before the values; x86 keeps loads
			    * in order */
		stamp = t->tsc_timestamp;
		base = t->system_time;
		mul = t->tsc_to_system_mul;
		shift = t->tsc_shift;
		/* rdtsc must not run ahead of the loads, or it may be older
		 * than the stamp (Intel SDM, RDTSC). */
		__asm__ volatile("lfence; rdtsc"
				 : "=a"(lo), "=d"(hi)
				 :
				 : "memory");
	} while ((version & 1) || version != t->version);
	return base + pvclock_ticks_to_ns(((uint64_t)hi << 32 | lo) - stamp,
					  mul, shift);
}

void time_init(void)
{
	struct vcpu_register_runstate_memory_area area = {0};
	long rc;

	system_base = system_time();
	/* A PV guest starts with a 100 Hz timer that nobody here waits for. */
	xen_vcpu_op(VCPUOP_stop_periodic_timer, 0, NULL);
	area.addr.v = (struct vcpu_runstate_info *)&runstate;
	rc = xen_vcpu_op(VCPUOP_register_runstate_memory_area, 0, &area);
	if (rc)
		panic("Xen refused the runstate area (%ld)\n", rc);
}

uint64_t time_to_system(uint64_t monotonic_ns)
{
	/* Xen's times are signed. */
	if (monotonic_ns > INT64_MAX - system_base)
		return INT64_MAX;
	return monotonic_ns + system_base;
}

/* The alarm's upcall is all there is to it: see time_alarm_seen(). */
static void alarm_event(void *arg)
{
}

void time_start(void)
{
	alarm_port = event_bind_virq(VIRQ_TIMER, alarm_event, NULL);
	if (alarm_port < 0)
		panic("Xen refused the timer interrupt (%d)\n", alarm_port);
}

void time_alarm_seen(void)
{
	event_take(alarm_port);
}

void plat_set_alarm(uint64_t deadline_ns)
{
	/* 0 stops the timer. */
	xen_set_timer_op(
		deadline_ns == UINT64_MAX ? 0 : time_to_system(deadline_ns));
}

uint64_t plat_monotonic_ns(void)
{
	static uint64_t last;
	uint64_t now = system_time() - system_base;

	/* Xen corrects its scale now and then, which may step a few ns back. */
	if (now < last)
		return last;
	last = now;
	return now;
}

uint64_t plat_wallclock_ns(void)
{
	const volatile struct shared_info *s = domain.shared;
	uint32_t version, sec_lo, sec_hi, nsec;

	/* wc_* is the wall-clock time at system time 0. */
	do {
		version = s->wc_version;
		barrier();
		sec_lo = s->wc_sec;
		sec_hi = s->wc_sec_hi;
		nsec = s->wc_nsec;
		barrier();
	} while ((version & 1) || version != s->wc_version);
	return ((uint64_t)sec_hi << 32 | sec_lo) * NSEC_PER_SEC + nsec +
	       system_time();
}

uint64_t plat_cpu_ns(void)
{
	uint64_t since, had, now;

	/* Xen writes only while we do not run; entry time tells whether it did
	 * between our reads. We run now, so the current stretch counts. */
	do {
		since = runstate.state_entry_time;
		had = runstate.time[RUNSTATE_running];
		now = system_time();
		barrier();
	} while (since != runstate.state_entry_time);
	return now > since ? had + (now - since) : had;
}
