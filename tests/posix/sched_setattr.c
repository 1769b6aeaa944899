/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_setattr(): see sched_setattr(2). What Linux grants by SCHED_DEADLINE
 * and utilization clamps is refused here and not compared.  t: alone */
#include "t.h"
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

struct attr { /* struct sched_attr */
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t util_min, util_max;
};

static long set(struct attr *a)
{
	return syscall(SYS_sched_setattr, 0, a, 0);
}

static void show(const char *name)
{
	struct attr a = {0};

	syscall(SYS_sched_getattr, 0, &a, sizeof(a), 0);
	t_say("%s: policy %u flags %llx nice %d priority %u\n", name, a.policy,
	      (unsigned long long)a.flags, a.nice, a.priority);
}

static void *child(void *arg)
{
	show(arg);
	return NULL;
}

static void make_child(const char *name)
{
	pthread_t t;

	pthread_create(&t, NULL, child, (void *)name);
	pthread_join(t, NULL);
}

int main(void)
{
	struct attr a = {.size = sizeof(a), .nice = 7};
	char large[128] = {0};
	struct rlimit none = {0, 0};

	show("at first");
	t_ret("nice 7", set(&a));
	show("now");
	a.size = 0;
	a.nice = 99;
	t_ret("size 0, nice 99", set(&a));
	show("now");
	a.size = 47;
	t_ret("too small", set(&a));
	t_is("size is told", a.size >= 56);
	a.size = sizeof(large);
	memcpy(large, &a, sizeof(a));
	t_ret("larger, zero", syscall(SYS_sched_setattr, 0, large, 0));
	memcpy(large, &a, sizeof(a));
	large[sizeof(large) - 1] = 1;
	t_ret("larger, not zero", syscall(SYS_sched_setattr, 0, large, 0));
	a = (struct attr){
		.size = sizeof(a), .policy = SCHED_FIFO, .priority = 3};
	t_ret("FIFO 3", set(&a));
	show("now");
	a.priority = 0;
	t_ret("FIFO 0", set(&a));
	a.priority = 100;
	t_ret("FIFO 100", set(&a));
	a.policy = SCHED_OTHER;
	a.priority = 3;
	t_ret("OTHER 3", set(&a));
	a.policy = 77;
	t_ret("no such policy", set(&a));
	a.policy = 0x80000000;
	t_ret("negative policy", set(&a));
	a = (struct attr){.size = sizeof(a),
			  .policy = 1,
			  .priority = 5,
			  .flags = 8}; /* SCHED_FLAG_KEEP_POLICY */
	t_ret("keep the policy", set(&a));
	show("now");
	a = (struct attr){.size = sizeof(a),
			  .policy = SCHED_RR,
			  .flags = 0x10}; /* SCHED_FLAG_KEEP_PARAMS */
	t_ret("keep the rest", set(&a));
	show("now");
	a.flags = 1ULL << 40;
	t_ret("unknown flag", set(&a));
	a = (struct attr){.size = sizeof(a),
			  .policy = SCHED_RR,
			  .priority = 2,
			  .flags = 1}; /* SCHED_FLAG_RESET_ON_FORK */
	t_ret("reset on fork", set(&a));
	show("now");
	t_val("getscheduler", syscall(SYS_sched_getscheduler, 0));
	make_child("child");
	a = (struct attr){.size = sizeof(a),
			  .policy = SCHED_BATCH,
			  .nice = -3,
			  .flags = 1};
	t_ret("batch", set(&a));
	make_child("child");
	a.flags = 0;
	a.nice = 0;
	t_ret("idle", (a.policy = SCHED_IDLE, set(&a)));
	show("now");
	t_ret("nobody", syscall(SYS_sched_setattr, 4194303, &a, 0));
	t_ret("flags", syscall(SYS_sched_setattr, 0, &a, 1));
	t_ret("negative", syscall(SYS_sched_setattr, -1, &a, 0));
	t_ret("null", syscall(SYS_sched_setattr, 0, NULL, 0));
	t_ret("bad pointer", syscall(SYS_sched_setattr, 0, T_BAD, 0));

	setrlimit(RLIMIT_NICE, &none);
	setrlimit(RLIMIT_RTPRIO, &none);
	a.policy = SCHED_OTHER;
	set(&a);
	syscall(SYS_setresuid, 1000, 1000, 1000);
	a.nice = 2;
	t_ret("a user, nicer", set(&a));
	a.nice = 1;
	t_ret("a user, less nice", set(&a));
	a.nice = 0;
	a.policy = SCHED_FIFO;
	a.priority = 1;
	t_ret("a user, FIFO", set(&a));
	return 0;
}
