/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the domain. The hypervisor knows only reasons
 * (xen/sched.h, SHUTDOWN_*), so the exit status travels over the console
 * before.
 */
#include <posixen/platform.h>
#include "domain.h"
#include "hypercall.h"

bool exit_reboots;

static void __noreturn shutdown(unsigned int reason)
{
	struct sched_shutdown arg = {.reason = reason};

	console_drain();
	for (;;)
		xen_sched_op(SCHEDOP_shutdown, &arg);
}

void __noreturn plat_exit(int wait_status)
{
	console_report_exit(wait_status & 0x7f, wait_status >> 8 & 0xff);
	shutdown(exit_reboots ? SHUTDOWN_reboot : SHUTDOWN_poweroff);
}

void __noreturn plat_crash(void)
{
	shutdown(SHUTDOWN_crash);
}

uint64_t plat_signals_ignored(void)
{
	return 0;
}

int plat_reboot(void)
{
	shutdown(SHUTDOWN_reboot);
}
