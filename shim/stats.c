/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts calls for tools/syscall-report.
 *
 *	syscall-stats=1		as metrics: run-domu --syscall-stats FILE, or
 *				metrics=FILE on the host platform
 *	syscall-stats=log	as lines of the runtime's log
 *
 * At the program's exit, for each call that was made, named as in the table:
 *
 *	syscall.NAME.calls=N
 *	syscall.NAME.ns=N		from the call to its end, sleep included
 *	syscall.NAME.error.ERRNO=N
 *	syscall.NAME.after=N		absent ones: calls of any kind that came
 *					after the first of it
 *
 * Hangs on the tracer's hooks, so that it costs nothing while it is off. All
 * functions: kernel context, never sleep, never fail.
 */
#include <asm/unistd_64.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include "shim.h"
#include "trace.h"

#define ROW(nr, name, ...) char at_##nr[nr + 1];
union last_number {
#include "rows.h"
};

/* Rows by number; one more is for all numbers that have no row. */
#define NR_CALLS  sizeof(union last_number)
#define NR_ROWS	  (NR_CALLS + 1)
#define NR_ERRORS 6 /* different ones of one call; others are put together */

static struct stat_row {
	const char *name;
	uint64_t calls;
	uint64_t ns;
	uint64_t first; /* place of the first among all calls */
	struct {
		uint16_t number; /* 0: free */
		uint32_t times;
	} error[NR_ERRORS];
	uint32_t other_errors;
	bool absent;
} * rows; /* NULL until the first call: memory is not there earlier */
static uint64_t total;

static struct stat_row *row_of(const struct px_call *call)
{
	size_t nr = call->nr;

	if (nr == PX_NR_UNMAPSELF)
		nr = __NR_munmap;
	return &rows[MIN(nr, NR_CALLS)];
}

void shim_stats_init(void)
{
	const char *how = param_get("syscall-stats");

	if (how && strcmp(how, "0") != 0)
		shim_tracing |= SHIM_STATS;
}

void shim_stats_enter(const struct px_frame *f, struct trace *t)
{
	struct stat_row *row;

	if (!rows)
		rows = kzalloc(NR_ROWS * sizeof(*rows));
	if (!rows) {
		klog("syscall-stats: no memory to count in\n");
		shim_tracing &= ~SHIM_STATS;
		return;
	}
	row = row_of(f->call);
	row->name = f->call->nr == PX_NR_UNKNOWN ? "unknown" : f->call->name;
	total++;
	row->absent = f->call->state == PX_ABSENT;
	if (!row->calls++)
		row->first = total;
	t->start = plat_monotonic_ns();
}

static void count_error(struct stat_row *row, uint16_t number)
{
	unsigned int i;

	for (i = 0; i < NR_ERRORS; i++) {
		if (!row->error[i].number)
			row->error[i].number = number;
		if (row->error[i].number == number) {
			row->error[i].times++;
			return;
		}
	}
	row->other_errors++;
}

void shim_stats_exit(const struct px_frame *f, const struct trace *t)
{
	struct stat_row *row;

	if (!rows)
		return;
	row = row_of(f->call);
	row->ns += plat_monotonic_ns() - t->start;
	if (f->ret < 0 && f->ret >= -4095)
		count_error(row, -f->ret);
}

static void say(const struct stat_row *row, const char *what, const char *which,
		uint64_t value)
{
	char name[72];

	snprintf(name, sizeof(name), "syscall.%s.%s%s", row->name, what, which);
	if (*param_get("syscall-stats") == 'l')
		klog("%s=%lu\n", name, (unsigned long)value);
	else
		plat_metric(name, value);
}

static void say_row(const struct stat_row *row)
{
	unsigned int i;

	say(row, "calls", "", row->calls);
	say(row, "ns", "", row->ns);
	for (i = 0; i < NR_ERRORS && row->error[i].number; i++) {
		const char *words, *name;
		char number[8];

		name = error_name(row->error[i].number, &words);
		if (!name) {
			snprintf(number, sizeof(number), "%u",
				 row->error[i].number);
			name = number;
		}
		say(row, "error.", name, row->error[i].times);
	}
	if (row->other_errors)
		say(row, "error.", "others", row->other_errors);
	if (row->absent)
		say(row, "after", "", total - row->first);
}

void shim_stats_report(void)
{
	unsigned int i;

	for (i = 0; rows && i < NR_ROWS; i++) {
		if (rows[i].calls)
			say_row(&rows[i]);
	}
}
