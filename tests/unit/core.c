/* SPDX-License-Identifier: BSD-2-Clause */
/* The scheduler, timers, wait queues, futexes, signals' queues, parameters. */
#include <stdlib.h>
#include "core/core.h"
#include <linux/futex.h>
#include <linux/sched.h>
#include <linux/time.h>
#include <posixen/ktime.h>
#include <posixen/kthread.h>
#include "../../runtime/sched.h"
#include "../../runtime/signal.h"

static char order[64];

static void note(char c)
{
	size_t n = strlen(order);

	order[n] = c;
	order[n + 1] = '\0';
}

static void params(void)
{
	static char seen[200];
	char big[6000];

	param_init("a=1 quiet b='x y' c=\"p\\\"q\" d=e\\ f a=2 -- one 'two 3' "
		   "-- a=9");
	CHECK_STR(param_get("a"), "2");
	CHECK_STR(param_get("b"), "x y");
	CHECK_STR(param_get("c"), "p\"q");
	CHECK_STR(param_get("d"), "e f");
	CHECK_STR(param_get("quiet"), "");
	CHECK(param_bool("quiet"));
	CHECK(!param_get("one"));
	CHECK(!param_get("qui"));
	CHECK(param_argc() == 4);
	CHECK_STR(param_argv(0), "one");
	CHECK_STR(param_argv(1), "two 3");
	CHECK_STR(param_argv(2), "--");
	CHECK_STR(param_argv(3), "a=9");
	CHECK(!param_argv(4));
	CHECK(!param_argv(-1));

	param_init("mem=64M n=12 bad=12x off=0 no=no '--' e.A=1 e.B= -- ");
	CHECK(param_u64("mem", 0) == 64 << 20);
	CHECK(param_u64("n", 0) == 12);
	CHECK(param_u64("none", 7) == 7);
	log_text[0] = '\0';
	CHECK(param_u64("bad", 5) == 5);
	CHECK(strstr(log_text, "bad=12x is not a number") != NULL);
	CHECK(!param_bool("off") && !param_bool("no") && !param_bool("none"));
	CHECK(param_argc() == 0);

	param_init("");
	CHECK(!param_get("mem") && param_argc() == 0);
	param_init(NULL);
	CHECK(param_argc() == 0);

	/* Too long: cut, and said. */
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	memcpy(big, "a=1 ", 4);
	log_text[0] = '\0';
	param_init(big);
	CHECK_STR(param_get("a"), "1");
	CHECK(strstr(log_text, "too long") != NULL);
	(void)seen;
}

static void each(void *arg, const char *name, const char *value)
{
	strcat(arg, name);
	strcat(arg, "~");
	strcat(arg, value);
	strcat(arg, ";");
}

static void params_each(void)
{
	char seen[100] = "";

	param_init("env.A=1 x=2 env.B='a b' env.C");
	param_each("env.", each, seen);
	CHECK_STR(seen, "env.A~1;env.B~a b;env.C~;");
}

static struct timer ta, tb, tc;

static void on_timer(struct timer *t)
{
	note(t == &ta ? 'a' : t == &tb ? 'b' : 'c');
}

static void on_timer_again(struct timer *t)
{
	note('r');
	if (strlen(order) < 3)
		timer_arm(t, now + 5);
}

static void timers(void)
{
	ta.fn = tb.fn = tc.fn = on_timer;
	order[0] = '\0';
	timer_arm(&ta, now + 30);
	timer_arm(&tb, now + 10);
	timer_arm(&tc, now + 30);
	CHECK(timer_next_deadline() == now + 10);
	CHECK(alarm_set == now + 10);
	timer_run_expired();
	CHECK_STR(order, "");
	now += 10;
	timer_run_expired();
	CHECK_STR(order, "b");
	now += 100;
	timer_run_expired();
	CHECK_STR(order, "bac"); /* one moment: in the order of arming */
	CHECK(timer_next_deadline() == UINT64_MAX);

	order[0] = '\0';
	timer_arm(&ta, now + 1);
	timer_arm(&tb, now + 2);
	timer_cancel(&ta);
	timer_cancel(&ta);
	timer_arm(&tb, now + 50); /* moves it */
	now += 10;
	timer_run_expired();
	CHECK_STR(order, "");
	timer_cancel(&tb);

	ta.fn = on_timer_again;
	timer_arm(&ta, now);
	timer_run_expired();
	CHECK_STR(order, "r");
	now += 100;
	timer_run_expired();
	now += 100;
	timer_run_expired();
	CHECK_STR(order, "rrr");
	CHECK(timer_next_deadline() == UINT64_MAX);
}

static void yields(void *arg)
{
	for (int i = 0; i < 3; i++) {
		note((char)(long)arg);
		sched_yield();
	}
	thread_exit(0);
}

static void round_robin(void)
{
	int stacks = live_stacks;

	order[0] = '\0';
	spawn(yields, (void *)'1');
	spawn(yields, (void *)'2');
	spawn(yields, (void *)'3');
	CHECK(sched_nr_ready() == 3);
	while (sched_nr_ready())
		sched_yield();
	CHECK_STR(order, "123123123");
	sched_yield();
	CHECK(live_stacks == stacks); /* freed, the last one too */
	CHECK(proc.nr_threads == 1);
	CHECK(thread_by_tid(proc.pid) == current());
}

static void kernel_work(void *arg)
{
	uint64_t until = now + 4 * MS;

	note('k');
	CHECK(current()->proc != &proc && current()->tid == 0);
	CHECK_STR(current()->name, "worker");
	now = until; /* computes; the fakes' CPU clock runs at half of this */
	sched_yield();
	note('l'); /* nobody of the program's got in between */
}

static void kernel_threads(void)
{
	unsigned int threads = proc.nr_threads;
	int stacks = live_stacks;
	uint64_t cpu, mine;

	order[0] = '\0';
	spawn(yields, (void *)'1');
	sched_account();
	cpu = process_cpu_ns();
	mine = current()->cpu_ns;
	CHECK(kthread_start("worker", kernel_work, NULL) == 0);
	CHECK(current()->work & WORK_RESCHED); /* it goes first */
	current()->work = 0;
	CHECK(proc.nr_threads == threads + 1); /* the one of yields */
	CHECK(thread_by_tid(0) == NULL);
	while (sched_nr_ready())
		sched_yield();
	CHECK_STR(order, "kl111");
	sched_yield();
	sched_account();
	CHECK(live_stacks == stacks);
	CHECK(process_cpu_ns() == cpu && current()->cpu_ns == mine);
}

static struct waitq q = {LIST_INIT(q.waiters)};
static int results[8];

static void sleeps(void *arg)
{
	long i = (long)arg;

	results[i] = waitq_sleep(&q, 1u << (i % 2), WAIT_FOREVER);
	note((char)('0' + i));
	thread_exit(0);
}

static void sleeps_for(void *arg)
{
	results[0] = waitq_sleep(&q, 1, now + (uint64_t)arg);
	note('t');
	thread_exit(0);
}

static void let_run(void)
{
	while (sched_nr_ready())
		sched_yield();
}

static void wait_queues(void)
{
	uint64_t from = now;

	order[0] = '\0';
	for (long i = 0; i < 6; i++)
		spawn(sleeps, (void *)i);
	let_run();
	CHECK_STR(order, "");
	CHECK(waitq_wake(&q, 1, 2) == 2); /* oldest first, of that mask */
	let_run();
	CHECK_STR(order, "02");
	CHECK(waitq_wake_one(&q, 4) == 0);
	CHECK(waitq_wake_all(&q, 2) == 3);
	CHECK(waitq_wake_all(&q, 3) == 1);
	let_run();
	CHECK_STR(order, "021354");
	CHECK(list_empty(&q.waiters));

	/* Time: the clock jumps when nobody can run. */
	spawn(sleeps_for, (void *)(7 * MS));
	CHECK(waitq_sleep(&q, 2, now + 20 * MS) == -ETIMEDOUT);
	CHECK(now == from + 20 * MS);
	CHECK(results[0] == -ETIMEDOUT);
	CHECK(waitq_sleep(&q, 2, now) == -ETIMEDOUT);
	CHECK(list_empty(&q.waiters));
	CHECK(timer_next_deadline() == UINT64_MAX);
}

static void interrupts(void)
{
	struct ksigaction *act = &proc.sigact[SIGUSR1 - 1];
	struct thread *t;
	siginfo_t info;

	act->handler = (void (*)(int))0x1000;
	results[0] = 99;
	t = spawn(sleeps, (void *)0);
	let_run();
	t->sig_mask = SIG_BIT(SIGUSR1);
	CHECK(signal_send(&proc, t, SIGUSR1, NULL) == 0);
	let_run();
	CHECK(results[0] == 99); /* blocked: sleeps on */
	CHECK(t->sig_pending == SIG_BIT(SIGUSR1));
	signal_set_mask(t, 0);
	CHECK(t->work & WORK_SIGNAL);
	CHECK(signal_send(&proc, t, SIGUSR1, NULL) == 0);
	let_run();
	CHECK(results[0] == -EINTR);

	/* Real-time signals queue in order and up to the limit. */
	current()->sig_mask = ~0ULL;
	for (int i = 0; i < 9; i++) {
		siginfo_t si = {.si_code = SI_QUEUE};
		int err;

		si.si_int = i;
		err = signal_send(&proc, NULL, 40, &si);
		CHECK(err == (i < 8 ? 0 : -EAGAIN));
	}
	CHECK(signal_send(&proc, NULL, SIGUSR1, NULL) == 0);
	CHECK(signal_send(&proc, NULL, SIGUSR1, NULL) == 0);
	/* The lowest number first; a standard signal once. */
	CHECK(signal_take(current(), ~0ULL, &info) == SIGUSR1);
	for (int i = 0; i < 8; i++) {
		CHECK(signal_take(current(), ~0ULL, &info) == 40);
		CHECK(info.si_int == i);
	}
	CHECK(signal_take(current(), ~0ULL, &info) == 0);

	/* SIGCONT and the stop signals cancel each other. */
	CHECK(signal_send(&proc, NULL, SIGTSTP, NULL) == 0);
	CHECK(signal_send(&proc, NULL, SIGCONT, NULL) == 0);
	CHECK(proc.sig_pending == SIG_BIT(SIGCONT));
	CHECK(signal_send(&proc, NULL, SIGTTIN, NULL) == 0);
	CHECK(proc.sig_pending == SIG_BIT(SIGTTIN));
	signal_discard(&proc, SIGTTIN);
	CHECK(proc.sig_pending == 0 && list_empty(&proc.sig_queue));
	current()->sig_mask = 0;

	/* Ignored and not blocked: not even pending. */
	act->handler = SIG_IGNORE;
	CHECK(signal_send(&proc, NULL, SIGUSR1, NULL) == 0);
	CHECK(signal_send(&proc, NULL, SIGCHLD, NULL) == 0);
	CHECK(proc.sig_pending == 0);
	act->handler = SIG_DEFAULT;
}

static unsigned int word, word2;

static void futex_waits(void *arg)
{
	long i = (long)arg;

	results[i] = (int)sys_futex(&word, FUTEX_WAIT_BITSET_PRIVATE, 0, 0,
				    NULL, 1u << i);
	note((char)('0' + i));
	thread_exit(0);
}

static void futex_times_out(void *arg)
{
	struct __kernel_timespec ts = {.tv_nsec = 3 * MS};

	results[7] = (int)sys_futex(&word, FUTEX_WAIT, 0, (unsigned long)&ts,
				    NULL, 0);
	thread_exit(0);
}

static void futexes(void)
{
	struct thread *t;

	order[0] = '\0';
	for (long i = 0; i < 5; i++)
		spawn(futex_waits, (void *)i);
	let_run();
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 2, 0, NULL, 0) == 2);
	let_run();
	CHECK_STR(order, "01"); /* who came first is served first */
	CHECK(sys_futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 9, 0, NULL, 16) == 1);
	let_run();
	CHECK_STR(order, "014");
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 0, 1, &word2, 0) ==
	      1);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, 0, NULL, 0) == 1);
	CHECK(sys_futex(&word2, FUTEX_WAKE_PRIVATE, 9, 0, NULL, 0) == 1);
	let_run();
	CHECK_STR(order, "01432");

	results[7] = 0;
	spawn(futex_times_out, NULL);
	CHECK(waitq_sleep(&q, 1, now + 10 * MS) == -ETIMEDOUT);
	CHECK(results[7] == -ETIMEDOUT);
	CHECK(sys_futex(&word, FUTEX_WAKE, 9, 0, NULL, 0) == 0);

	/* Without a time-out a signal lets the call begin again. */
	proc.sigact[SIGUSR1 - 1].handler = (void (*)(int))0x1000;
	t = spawn(futex_waits, (void *)3);
	let_run();
	signal_send(&proc, t, SIGUSR1, NULL);
	let_run();
	CHECK(results[3] == -ERESTARTSYS);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, 0, NULL, 0) == 0);
	CHECK(sys_futex(&word, FUTEX_LOCK_PI, 0, 0, NULL, 0) == -ENOSYS);
}

static struct lock {
	struct robust_list list;
	unsigned int word;
} held, freed;
static int cleared = 77;

static void dies_holding(void *arg)
{
	static struct robust_list_head head;

	head.futex_offset = offsetof(struct lock, word);
	head.list.next = &held.list;
	held.list.next = &freed.list;
	freed.list.next = &held.list; /* a loop must end */
	held.word = (unsigned int)current()->tid | FUTEX_WAITERS;
	freed.word = 12345;
	sys_set_robust_list(&head, sizeof(head));
	current()->clear_tid = &cleared;
	thread_exit(0);
}

static void thread_ends(void)
{
	spawn(dies_holding, NULL);
	let_run();
	CHECK(held.word == (FUTEX_WAITERS | FUTEX_OWNER_DIED));
	CHECK(freed.word == 12345); /* another's */
	CHECK(cleared == 0);
}

/* Events are looked for even while threads never sleep. */
static void event(void)
{
	note('e');
	on_poll = NULL;
}

static void polling(void)
{
	order[0] = '\0';
	on_poll = event;
	for (int i = 0; i < 100; i++)
		sched_yield();
	CHECK_STR(order, "e");
	nr_polls = 0;
	current()->work |= WORK_EVENTS;
	sched_yield();
	CHECK(nr_polls >= 1 && !(current()->work & WORK_EVENTS));
}

static void slice(void)
{
	struct thread *t = spawn(yields, (void *)'x');

	/* A second thread wants the CPU: the alarm ends the slice. */
	CHECK(alarm_set != UINT64_MAX && alarm_set > now);
	now = alarm_set;
	sched_tick();
	CHECK(current()->work & WORK_RESCHED);
	current()->work = 0;
	let_run();
	(void)t;
}

/* A time-out at a moment of CLOCK_REALTIME moves when that clock is set. */
static void waits_for_moment(void *arg)
{
	struct __kernel_timespec ts =
		ns_to_timespec(clock_realtime_ns() + 1000 * MS);
	struct __kernel_timespec *absolute = &ts;

	switch ((long)arg) {
	case 0:
		results[0] = (int)sys_futex(
			&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0,
			(unsigned long)absolute, NULL, ~0u);
		break;
	case 1:
		results[1] = (int)sys_clock_nanosleep(
			CLOCK_REALTIME, TIMER_ABSTIME, absolute, NULL);
		break;
	case 2: /* this one stays where it is */
		results[2] = (int)waitq_sleep(&q, 1, now + 1000 * MS);
		break;
	}
	note((char)('0' + (long)arg));
	thread_exit(0);
}

static void set_clock(int64_t by)
{
	struct __kernel_timespec ts = ns_to_timespec(clock_realtime_ns() + by);

	CHECK(sys_clock_settime(CLOCK_REALTIME, &ts) == 0);
}

static void clock_is_set(void)
{
	uint64_t from = now;

	order[0] = '\0';
	memset(results, 0, sizeof(results));
	for (long i = 0; i < 3; i++)
		spawn(waits_for_moment, (void *)i);
	let_run();
	set_clock(-500 * (int64_t)MS); /* back: they wait longer */
	CHECK(waitq_sleep(&q, 4, from + 1100 * MS) == -ETIMEDOUT);
	CHECK_STR(order, "2");
	CHECK(timer_next_deadline() == from + 1500 * MS);
	set_clock(1000 * (int64_t)MS); /* past them */
	let_run();
	CHECK_STR(order, "201");
	CHECK(results[0] == -ETIMEDOUT && results[1] == 0);
	CHECK(results[2] == -ETIMEDOUT);
	CHECK(timer_next_deadline() == UINT64_MAX);
}

/* Two that only compute, a millisecond at a time. */
static unsigned int turns[2];
static bool enough;
static void computes(void *arg)
{
	while (!enough) {
		turns[(long)arg]++;
		now += 2 * MS; /* the fakes' CPU clock runs at half of this */
		sched_give_way();
	}
	thread_exit(0);
}

static void shares(int nice, unsigned int low, unsigned int high)
{
	struct thread *t[2];
	unsigned int percent;

	enough = false;
	for (long i = 0; i < 2; i++)
		t[i] = spawn(computes, (void *)i);
	sched_set_nice(t[1], nice);
	turns[0] = turns[1] = 0;
	CHECK(waitq_sleep(&q, 4, now + 4000 * MS) == -ETIMEDOUT);
	percent = turns[0] * 100 / turns[1];
	CHECK(percent >= low && percent <= high);
	enough = true;
	let_run();
}

static void niceness(void)
{
	struct thread *self = current();

	shares(0, 98, 102);
	shares(5, 290, 320); /* 1.25 to the power of 5 is 3.05 */
	shares(-5, 30, 35);
	shares(19, 5000, 9000);
	sched_set_policy(self, SCHED_IDLE, 0);
	CHECK(self->weight == 3);
	sched_set_policy(self, SCHED_NORMAL, 0);
	CHECK(self->weight == 1024);
}

static void all(void)
{
	params();
	params_each();
	timers();
	round_robin();
	kernel_threads();
	wait_queues();
	interrupts();
	futexes();
	thread_ends();
	polling();
	slice();
	clock_is_set();
	niceness();
	exit(unit_done());
}

int main(void)
{
	run_first(all);
	return 1;
}
