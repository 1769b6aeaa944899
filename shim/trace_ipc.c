/* SPDX-License-Identifier: BSD-2-Clause */
/* trace_ipc.c: arguments of message queues and System V IPC. */
#include <linux/fcntl.h>
#include <linux/mqueue.h>
#include <linux/sem.h>
#include <posixen/lib.h>
#include <posixen/uaccess.h>
#include "trace.h"

#define TYPE(name, how, ...)                                                   \
	__attribute__((aligned(8)))                                            \
	const struct arg_type arg_px_##name = {.put = how, ##__VA_ARGS__};

static void put_mqattr(struct trace *t, unsigned long p, unsigned int i)
{
	struct mq_attr a;

	if (!trace_in(t, &a, p, sizeof(a)))
		return;
	put(t, "{mq_flags=");
	put_flags(t, &names_oflags, (unsigned long)a.mq_flags);
	put(t, ", mq_maxmsg=");
	put_dec(t, a.mq_maxmsg);
	put(t, ", mq_msgsize=");
	put_dec(t, a.mq_msgsize);
	put(t, ", mq_curmsgs=");
	put_dec(t, a.mq_curmsgs);
	put_char(t, '}');
}

TYPE(mqattr_in, put_mqattr)
TYPE(mqattr_out, put_mqattr, .out = ARG_OUT)

#define MAX_OPS 32

static void put_sembufs(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned int n = (unsigned int)trace_arg(t, i + 1);
	struct sembuf op;

	for (unsigned int k = 0; k < MIN(n, MAX_OPS); k++) {
		if (copy_in(&op, (struct sembuf *)p + k, sizeof(op))) {
			put_addr(t, p + k * sizeof(op));
			return;
		}
		put(t, k ? ", {sem_num=" : "[{sem_num=");
		put_udec(t, op.sem_num);
		put(t, ", sem_op=");
		put_dec(t, op.sem_op);
		put(t, ", sem_flg=");
		put_flags(t, &names_sem_flg, (unsigned short)op.sem_flg);
		put_char(t, '}');
	}
	put(t, !n ? "[]" : n > MAX_OPS ? ", ...]" : "]");
}

TYPE(sembufs_in, put_sembufs)
