/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor: thread pointer and entropy. */
#include <posixen/platform.h>
#include <asm/prctl.h>
#include <linux/auxvec.h>
#include "host.h"

#define HWCAP2_FSGSBASE 2u /* asm/hwcap2.h */

/* Without the instructions only arch_prctl() below changes it. */
static uint64_t fs_base;

static bool can_write_fs(void)
{
	static int can = -1;

	if (can < 0)
		can = (host_auxval(AT_HWCAP2) & HWCAP2_FSGSBASE) != 0;
	return can;
}

void plat_set_fs(uint64_t base)
{
	if (can_write_fs()) {
		__asm__ volatile("wrfsbase %0" ::"r"(base) : "memory");
		return;
	}
	if (base != fs_base)
		host_syscall2(__NR_arch_prctl, ARCH_SET_FS, base);
	fs_base = base;
}

uint64_t plat_get_fs(void)
{
	uint64_t base = fs_base;

	if (can_write_fs())
		__asm__ volatile("rdfsbase %0" : "=r"(base));
	return base;
}

void plat_enter_user_mode(void)
{
}

void plat_entropy(void *buf, size_t n)
{
	char *p = buf;

	while (n) {
		long r = host_syscall3(__NR_getrandom, p, n, 0);

		if (r == -EINTR)
			continue;
		if (r < 0)
			host_die("getrandom failed", r);
		p += r;
		n -= r;
	}
}
