/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inject.c: allocations that fail on purpose, and what is left at the end, for
 * tests (mem.h).
 */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/process.h>
#include <posixen/vm.h>

static bool armed, forever;
static unsigned int held;
static uint64_t count, fail_at;

void inject_arm(void)
{
	const char *text = param_get("inject"), *end;

	armed = true;
	if (!text)
		return;
	if (parse_u64(text, &fail_at, &end) || !fail_at ||
	    (*end && strcmp(end, "+"))) {
		klog("inject=%s is not a number from 1 on, or N+: ignored\n",
		     text);
		fail_at = 0;
		return;
	}
	forever = *end == '+';
}

bool inject_should_fail(void)
{
	if (likely(!armed || held))
		return false;
	count++;
	return fail_at && (count == fail_at || (forever && count > fail_at));
}

void inject_hold(void)
{
	held++;
}

void inject_release(void)
{
	held--;
}

uint64_t inject_count(void)
{
	return count;
}

void inject_report(void)
{
	if (!param_get("inject"))
		return;
	klog_raw("inject: allocations=%lu heap=%lu file_pages=%lu "
		 "anon_pages=%lu\n",
		 (unsigned long)count, (unsigned long)kmalloc_in_use(),
		 (unsigned long)page_use_count(PAGE_FILE),
		 (unsigned long)(page_use_count(PAGE_ANON) -
				 vm_anon_pages(current_process()->vm)));
}
