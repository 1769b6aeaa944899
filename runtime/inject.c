/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inject.c: allocations that fail on purpose, and what is left at the end, for
 * tests (mem.h).
 */
#include <posixen/mem.h>
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/vm.h>

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

/*
 * With the boot parameter leaks=1: what is allocated when the program has ended
 * and its files are closed. A program that gives back what it took must leave
 * the same with and without failures on the way; a test compares.
 */
void inject_report(struct vm_space *vm)
{
	if (!param_bool("leaks"))
		return;
	klog_raw("leaks: heap %zu bytes, kernel %zu pages, files %zu pages, "
		 "anonymous %zu pages beyond the program's\n",
		 kmalloc_in_use(), page_use_count(PAGE_KERNEL),
		 page_use_count(PAGE_FILE),
		 page_use_count(PAGE_ANON) - vm_anon_pages(vm));
	klog_raw("leaks: %lu allocations\n", (unsigned long)count);
}
