/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The red zone: a leaf function may keep live data in the 128 bytes below rsp
 * (System V ABI, 3.2.2), and whatever interrupts it must leave them alone:
 * preemption, the frame of a signal handler, page faults. This file is compiled
 * with the compiler's defaults, so the red zone is on. Many threads, a fast
 * timer with a handler, and memory that appears when it is touched.  t: alone
 */
#include "t.h"
#include <pthread.h>
#include <sys/time.h>
#include <time.h>

enum { THREADS = 8, WORDS = 16, SECONDS = 2 };

static volatile int stop;
static volatile unsigned long signals;
static unsigned long damaged[THREADS], rounds[THREADS];

/*
 * Fill the whole red zone, spin and touch a fresh page meanwhile, and count the
 * words that are other than they were. In assembler, so that the data are there
 * for certain: the compiler decides for itself what it puts below rsp.
 */
static unsigned long __attribute__((noinline, naked))
leaf(unsigned long seed, unsigned long spins, volatile char *page)
{
	__asm__("mov	$-8, %rcx\n"
		"1:	mov	%rdi, (%rsp,%rcx)\n"
		"	sub	$8, %rcx\n"
		"	cmp	$-128, %rcx\n"
		"	jge	1b\n"
		"2:	dec	%rsi\n"
		"	jnz	2b\n"
		"	movb	$1, (%rdx)\n" /* a page fault */
		"	xor	%eax, %eax\n"
		"	mov	$-8, %rcx\n"
		"3:	cmp	%rdi, (%rsp,%rcx)\n"
		"	je	4f\n"
		"	inc	%rax\n"
		"4:	sub	$8, %rcx\n"
		"	cmp	$-128, %rcx\n"
		"	jge	3b\n"
		"	ret\n");
}

/* The same as compilers do it: an array that is not worth a frame. */
static unsigned long __attribute__((noinline))
compiled(unsigned long seed, unsigned long spins)
{
	volatile unsigned long a[WORDS - 2];
	unsigned long bad = 0;

	for (int i = 0; i < WORDS - 2; i++)
		a[i] = seed + i;
	while (spins--)
		__asm__ volatile("");
	for (int i = 0; i < WORDS - 2; i++)
		bad += a[i] != seed + i;
	return bad;
}

static void *works(void *arg)
{
	unsigned long id = (unsigned long)arg, n = 0, bad = 0;
	size_t size = 64 * 4096;
	char *m = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	while (!stop) {
		size_t at = n * 4096 % size;

		if (at == 0) /* none of them is there any more */
			madvise(m, size, MADV_DONTNEED);
		bad += leaf(id << 32 | n, 2000, m + at);
		bad += compiled(id << 32 | n, 2000);
		n++;
	}
	damaged[id] = bad;
	rounds[id] = n;
	return NULL;
}

/* Uses its stack as a handler does. */
static void on_tick(int sig)
{
	volatile char scratch[400];

	memset((char *)scratch, 0xee, sizeof(scratch));
	signals++;
}

int main(void)
{
	struct itimerval it = {{0, 500}, {0, 500}};
	struct sigaction sa = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
	unsigned long bad = 0, turns = 0;
	struct timespec from, now;
	pthread_t t[THREADS];
	sigset_t set;

	sigaction(SIGALRM, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	for (long i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, works, (void *)i);
	/* The handlers are for the threads that work. */
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	setitimer(ITIMER_REAL, &it, NULL);
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; stop == 0; i++) {
		pthread_kill(t[i % THREADS], SIGUSR1);
		usleep(2000);
		clock_gettime(CLOCK_MONOTONIC, &now);
		stop = now.tv_sec - from.tv_sec >= SECONDS;
	}
	it = (struct itimerval){0};
	setitimer(ITIMER_REAL, &it, NULL);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(t[i], NULL);
		bad += damaged[i];
		turns += rounds[i] > 10;
	}
	t_val("words damaged", bad);
	t_val("threads that worked", turns);
	t_is("handlers ran", signals > 50);
	return 0;
}
