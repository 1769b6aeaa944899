/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_setaffinity(): sizes of the mask, CPUs that there are not, and a mask
 * for each thread. See sched_setaffinity(2).  t: alone */
#include "t.h"
#include <pthread.h>
#include <sched.h>

#define WORDS 128

static volatile int tid, done;
static long inherited;

/* What of the mask can be told anywhere: CPU 0 alone, more, or an error. */
static void show(const char *what, int id)
{
	unsigned long mask[WORDS] = {0};
	long r = syscall(SYS_sched_getaffinity, id, sizeof(mask), mask);

	if (r < 0)
		t_ret(what, -errno);
	else
		t_say("%s: CPU 0 %s, others %s\n", what,
		      mask[0] & 1 ? "yes" : "no",
		      mask[0] & ~1UL ? "perhaps" : "no");
}

static void set(const char *what, int id, size_t size, unsigned long first,
		unsigned long second)
{
	unsigned long mask[WORDS] = {first, second};

	t_ret(what, syscall(SYS_sched_setaffinity, id, size, mask));
}

static void get(const char *what, size_t size)
{
	unsigned long mask[WORDS * 2];
	long r;

	memset(mask, 0xff, sizeof(mask));
	r = syscall(SYS_sched_getaffinity, 0, size, mask);
	if (r < 0) {
		t_ret(what, -errno);
		return;
	}
	t_is(what, r >= 8 && r <= (long)size);
	t_is("  no more written", mask[r / 8] == ~0UL);
}

static void *other(void *arg)
{
	unsigned long mask[WORDS] = {0};

	syscall(SYS_sched_getaffinity, 0, sizeof(mask), mask);
	inherited = (long)mask[0];
	tid = gettid();
	while (!done)
		usleep(500);
	return NULL;
}

int main(void)
{
	cpu_set_t cpus;
	pthread_t t;

	get("8 bytes", 8);
	get("16 bytes", 16);
	get("1024 bytes", 1024);
	get("0 bytes", 0);
	get("1 byte", 1);
	get("7 bytes", 7);
	get("9 bytes", 9);
	get("12 bytes", 12);
	set("set 8 bytes", 0, 8, 1, 0);
	show("  so", 0);
	set("set 1 byte", 0, 1, ~0UL << 8 | 1, 0);
	show("  so", 0);
	set("set 3 bytes", 0, 3, 1, 0);
	set("set 0 bytes", 0, 0, 1, 0);
	show("  as before", 0);
	set("set 1024 bytes", 0, 1024, 1, 0);
	set("with a CPU that is not there", 0, 16, 1, 1UL << 63);
	show("  that one is left out", 0);
	set("only one that is not there", 0, 16, 0, 1UL << 63);
	show("  as before", 0);
	set("a negative number", -1, 8, 1, 0);
	show("  of nobody", -1);
	t_val("thread", pthread_create(&t, NULL, other, NULL));
	while (!tid)
		usleep(500);
	t_val("it has its creator's", inherited);
	set("another thread's", tid, 8, 1, 0);
	show("  so", tid);
	CPU_ZERO(&cpus);
	t_say("pthread_getaffinity_np: %d\n",
	      pthread_getaffinity_np(t, sizeof(cpus), &cpus));
	t_val("  CPUs", CPU_COUNT(&cpus));
	CPU_ZERO(&cpus);
	t_say("pthread_setaffinity_np, none: %s\n",
	      t_errno_name(pthread_setaffinity_np(t, sizeof(cpus), &cpus)));
	t_val("running on", sched_getcpu());
	done = 1;
	pthread_join(t, NULL);
	usleep(20000);
	set("after its end", tid, 8, 1, 0);
	show("  get", tid);
	return 0;
}
