/* SPDX-License-Identifier: BSD-2-Clause */
/* The end: this process ends as the program did. */
#include <posixen/platform.h>
#include <asm/signal.h>
#include <linux/resource.h>
#include "host.h"

/* The status of a runtime that failed: 70 is EX_SOFTWARE of sysexits.h. */
#define CRASH_STATUS 70

static void __noreturn leave(int code)
{
	for (;;)
		host_syscall1(__NR_exit_group, code);
}

/* Die by the signal itself, so that the parent's wait(2) sees what happened. */
static void die_by(int sig)
{
	unsigned long none = 0, dfl[4] = {0};
	struct rlimit no_core = {0, 0};

	/* Linux's dump would be of the machine, not of the program. */
	host_syscall2(__NR_setrlimit, RLIMIT_CORE, &no_core);
	host_syscall4(__NR_rt_sigaction, sig, dfl, NULL, 8);
	host_syscall4(__NR_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8);
	host_syscall2(__NR_kill, host_syscall0(__NR_getpid), sig);
}

void plat_exit(int wait_status)
{
	int sig = wait_status & 0x7f;

	if (sig)
		host_core_of_signal(sig);
	host_console_restore();
	if (sig) {
		die_by(sig);
		leave(128 + sig); /* its default is not to end */
	}
	leave(wait_status >> 8 & 0xff);
}

void plat_crash(void)
{
	host_core_of_panic();
	host_console_restore();
	leave(CRASH_STATUS);
}

int plat_reboot(void)
{
	return -EPERM;
}
