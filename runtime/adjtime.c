/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * adjtime.c: adjtimex(2) and clock_adjtime(2). The clock is the hypervisor's,
 * and what steers it is there: it can be read here, and shows what Linux shows
 * while nothing has set its clock. To change it is EPERM, as in a container.
 */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/time.h>
#include <linux/timex.h>

#define READ_OFFSET   0xa001 /* ADJ_OFFSET_SS_READ of the C library */
#define ERROR_UNKNOWN 16000000
#define TOLERANCE     32768000
#define TICK_US	      10000
#define TIME_CONSTANT 2

long sys_adjtimex(void *ubuf)
{
	struct __kernel_timex tx;
	uint64_t now;

	if (copy_in_obj(&tx, (struct __kernel_timex *)ubuf))
		return -EFAULT;
	if (tx.modes && tx.modes != READ_OFFSET)
		return -EPERM;
	now = clock_realtime_ns();
	memset(&tx, 0, sizeof(tx));
	tx.maxerror = tx.esterror = ERROR_UNKNOWN;
	tx.status = STA_UNSYNC;
	tx.constant = TIME_CONSTANT;
	tx.precision = 1;
	tx.tolerance = TOLERANCE;
	tx.tick = TICK_US;
	tx.time.tv_sec = now / NSEC_PER_SEC;
	tx.time.tv_usec = now % NSEC_PER_SEC / 1000;
	if (copy_out_obj((struct __kernel_timex *)ubuf, &tx))
		return -EFAULT;
	return TIME_ERROR;
}

long sys_clock_adjtime(int clock, void *ubuf)
{
	struct __kernel_timex tx;
	uint64_t now;

	if (clock < 0 || clock_read(clock, &now))
		return -EINVAL;
	if (clock == CLOCK_REALTIME)
		return sys_adjtimex(ubuf);
	return copy_in_obj(&tx, (struct __kernel_timex *)ubuf) ? -EFAULT
							       : -EOPNOTSUPP;
}
