/* SPDX-License-Identifier: BSD-2-Clause */
/* rseq(): see rseq(2).  t: alone */
#include "t.h"

#include <linux/rseq.h>
#include <pthread.h>
#include <time.h>

#define SIG	       0x53053053
#define TRY(what, ...) t_ret(what, syscall(SYS_rseq, __VA_ARGS__))

/* What glibc has registered for each thread, if it is there. */
extern const ptrdiff_t __rseq_offset __attribute__((weak));
extern const unsigned int __rseq_size __attribute__((weak));

static struct {
	char before[32];
	_Alignas(32) struct {
		unsigned int start, cpu;
		unsigned long cs;
		unsigned int flags, node, mm_cid, end;
	} r;
} area __attribute__((aligned(32)));

static void forget_libc(void)
{
	if (&__rseq_offset)
		syscall(SYS_rseq,
			(char *)__builtin_thread_pointer() + __rseq_offset, 32,
			RSEQ_FLAG_UNREGISTER, SIG);
}

/*
 * Count up in a critical section that ends only by being aborted: the thread
 * is interrupted in it sooner or later. Returns how often it went round.
 */
static unsigned long spin_until_aborted(void)
{
	unsigned long rounds = 0;

	__asm__ volatile(".pushsection .data.rseq_cs, \"aw\"\n"
			 "	.balign 32\n"
			 "3:	.long 0, 0\n"
			 "	.quad 1f, 2f - 1f, 4f\n"
			 ".popsection\n"
			 "	lea 3b(%%rip), %%rax\n"
			 "	mov %%rax, %1\n"
			 "1:	inc %0\n"
			 "	jmp 1b\n"
			 "2:	nop\n"
			 "	.byte 0x0f, 0xb9, 0x3d\n"
			 "	.long 0x53053053\n"
			 "4:	nop\n"
			 : "+r"(rounds), "+m"(area.r.cs)
			 :
			 : "rax", "memory", "cc");
	return rounds;
}

static volatile int stop;

static void *disturb(void *arg)
{
	while (!stop)
		usleep(2000);
	return arg;
}

static volatile int handled;

static void on_alarm(int sig)
{
	handled++;
}

int main(void)
{
	struct timespec none = {0, 0};
	timer_t timer;
	struct itimerspec soon = {{0, 0}, {0, 30000000}};
	pthread_t t;

	forget_libc();
	TRY("flags", &area.r, 32, 2, SIG);
	TRY("not registered", &area.r, 32, RSEQ_FLAG_UNREGISTER, SIG);
	TRY("not aligned", (char *)&area.r + 8, 32, 0, SIG);
	TRY("too short", &area.r, 16, 0, SIG);
	TRY("register", &area.r, 32, 0, SIG);
	t_is("a processor", area.r.cpu < 4096 && area.r.start == area.r.cpu);
	TRY("again", &area.r, 32, 0, SIG);
	TRY("again, with another signature", &area.r, 32, 0, SIG + 1);
	TRY("another place", &area.before, 32, 0, SIG);
	TRY("unregister with another signature", &area.r, 32,
	    RSEQ_FLAG_UNREGISTER, SIG + 1);
	nanosleep(&none, NULL);

	/* A signal aborts, and its handler runs. */
	signal(SIGALRM, on_alarm);
	timer_create(CLOCK_MONOTONIC, NULL, &timer);
	timer_settime(timer, 0, &soon, NULL);
	t_is("went round", spin_until_aborted() > 0);
	t_is("no section any more", area.r.cs == 0);
	while (!handled)
		usleep(1000);
	t_is("the handler ran", handled == 1);
	timer_delete(timer);

	/* So does another thread that takes the processor. */
	pthread_create(&t, NULL, disturb, NULL);
	for (int i = 0; i < 3; i++)
		t_is("aborted", spin_until_aborted() > 0);
	stop = 1;
	pthread_join(t, NULL);
	TRY("unregister", &area.r, 32, RSEQ_FLAG_UNREGISTER, SIG);
	t_is("no processor", area.r.cpu == (unsigned int)-1);
	return 0;
}
