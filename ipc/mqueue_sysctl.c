/* SPDX-License-Identifier: BSD-2-Clause */
/* mqueue_sysctl.c: /proc/sys/fs/mqueue, mq_overview(7). Root may write. */
#include <posixen/procfs.h>
#include "mqueue.h"
#include "sysctl.h"

struct mq_limits mq_limits = {
	.msg_default = 10,
	.msg_max = 10,
	.msgsize_default = 8192,
	.msgsize_max = 8192,
	.queues_max = 256,
};

/* The bounds are those of Linux's ipc/mq_sysctl.c. */
SYSCTL(msg_default, mq_limits.msg_default, 1, 65536)
SYSCTL(msg_max, mq_limits.msg_max, 1, 65536)
SYSCTL(msgsize_default, mq_limits.msgsize_default, 128, 16 << 20)
SYSCTL(msgsize_max, mq_limits.msgsize_max, 128, 16 << 20)
SYSCTL(queues_max, mq_limits.queues_max, 0, INT_MAX)

static const struct proc_node entries[] = {
	SYSCTL_FILE("msg_default", msg_default),
	SYSCTL_FILE("msg_max", msg_max),
	SYSCTL_FILE("msgsize_default", msgsize_default),
	SYSCTL_FILE("msgsize_max", msgsize_max),
	SYSCTL_FILE("queues_max", queues_max),
};

void mqueue_sysctl_start(void)
{
	proc_sys_mqueue = (struct proc_extra){entries, ARRAY_SIZE(entries)};
}
