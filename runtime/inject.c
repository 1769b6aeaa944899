/* SPDX-License-Identifier: BSD-2-Clause */
/* inject.c: allocations that fail on purpose, for tests (mem.h). */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/param.h>

static bool armed, forever;
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
	if (likely(!armed))
		return false;
	count++;
	return fail_at && (count == fail_at || (forever && count > fail_at));
}

uint64_t inject_count(void)
{
	return count;
}
