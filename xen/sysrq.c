/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysrq.c: xl sysrq, for the person at the console: see what the program and
 * the runtime are at, end them. Keys as in Linux's admin-guide/sysrq.rst.
 */
#include <posixen/entry.h>
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/trap.h>
#include "control.h"

static void show_threads(void)
{
	static const char states[][8] = {"ready", "running", "waiting", "dead"};

	list_for_each (pos, &main_process->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);
		const struct uframe *u = t->in_kernel ? t->uframe : NULL;

		klog_raw("thread %d (%s): %s in %s, %lu ms of CPU time\n",
			 t->tid, t->name, states[t->state],
			 u ? uframe_to_frame(t->uframe)->call->name
			   : "the program",
			 (unsigned long)(t->cpu_ns / 1000000));
		if (u)
			dump_backtrace(u->rip, u->rbp, u->rsp);
	}
}

static void show_memory(void)
{
	klog_raw("pages: %zu, free %zu, runtime %zu, page tables %zu, "
		 "program %zu, files %zu\n",
		 page_total(), page_free_count(), page_use_count(PAGE_KERNEL),
		 page_use_count(PAGE_TABLE), page_use_count(PAGE_ANON),
		 page_use_count(PAGE_FILE));
}

void sysrq(const char *value)
{
	klog("sysrq %c\n", value[0]);
	switch (value[0]) {
	case 'b':
		plat_reboot();
		break;
	case 'c':
		panic("asked for by sysrq\n");
	case 'e':
		send_to_program(SIGTERM);
		break;
	case 'i':
		send_to_program(SIGKILL);
		break;
	case 'm':
		show_memory();
		break;
	case 'o':
		plat_exit(SIGKILL);
	case 's':
		klog_raw("files are in memory: nothing to write\n");
		break;
	case 't':
		show_threads();
		break;
	default:
		klog_raw("keys: b reboot at once, c crash, e SIGTERM, "
			 "i SIGKILL, m memory, o power off at once, s sync, "
			 "t threads\n");
	}
}
