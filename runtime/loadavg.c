/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loadavg.c: how many threads ran or waited to run, on average over 1, 5 and 15
 * minutes: sysinfo(2), /proc/loadavg.
 *
 * As on Linux a sample counts for 5 seconds, and older ones fade by e^(-5/60),
 * e^(-5/300), e^(-5/900). A sample is the share of CPU time that the program
 * had since the last, plus the threads that wait for the CPU now.
 *
 * An idle machine is not woken for it: samples are taken from the first
 * question on, for as long as the machine is not idle. A question that comes
 * later takes the time since as one sample of the mean.
 */
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/sysinfo.h>
#include <posixen/thread.h>

#define PERIOD (5 * NSEC_PER_SEC)
#define SHIFT  16
#define ONE    (1UL << SHIFT)
#define IDLE   (ONE / 100) /* less than that counts as nothing */

static const uint32_t fade[3] = {60296, 64453, 65173}; /* of ONE */
static uint64_t average[3];
static uint64_t sampled_at, sampled_cpu;
static struct timer timer;

/* What is left of ONE after so many periods. */
static uint64_t faded(uint64_t per_period, uint64_t periods)
{
	uint64_t left = ONE;

	for (; periods; periods >>= 1) {
		if (periods & 1)
			left = left * per_period >> SHIFT;
		per_period = per_period * per_period >> SHIFT;
	}
	return left;
}

/* Count the whole periods since the last sample; the load in them. */
static uint64_t sample(void)
{
	uint64_t now = plat_monotonic_ns(), cpu = process_cpu_ns();
	uint64_t periods = (now - sampled_at) / PERIOD;
	uint64_t active;

	if (!periods)
		return ONE;
	active = (cpu - sampled_cpu) / ((now - sampled_at) >> SHIFT);
	active += (uint64_t)sched_nr_ready() << SHIFT;
	for (int i = 0; i < 3; i++) {
		uint64_t left = faded(fade[i], periods);

		average[i] =
			(average[i] * left + active * (ONE - left)) >> SHIFT;
	}
	/* What is over of a period belongs to the next sample. */
	sampled_at += periods * PERIOD;
	sampled_cpu = cpu;
	return active;
}

static void on_timer(struct timer *t)
{
	if (sample() > IDLE)
		timer_arm(t, plat_monotonic_ns() + PERIOD);
}

void system_loads(unsigned long loads[3])
{
	sample();
	if (!timer.deadline) {
		timer.fn = on_timer;
		timer_arm(&timer, plat_monotonic_ns() + PERIOD);
	}
	for (int i = 0; i < 3; i++)
		loads[i] = average[i];
}
