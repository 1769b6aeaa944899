/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest WORD: does what the word says and ends; tests/xen/run knows how. It
 * prints what went wrong, or "ok".
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096

static volatile int stop;
static volatile unsigned long ticks;

static void die(const char *what)
{
	printf("%s\n", what);
	exit(1);
}

/* preempt */

static void on_tick(int sig)
{
	volatile double x = 1;

	/* The vector registers of whatever was interrupted must survive. */
	for (int i = 0; i < 50; i++)
		x = x * 1.1;
	ticks++;
}

/* Keep rdi in the 128 bytes below rsp for n rounds; 1 when one was lost. */
int red_zone(uint64_t n);
__asm__(".globl red_zone\n"
	"red_zone:\n"
	"	xor	%eax, %eax\n"
	"1:	mov	%rdi, -8(%rsp)\n"
	"	mov	%rdi, -64(%rsp)\n"
	"	mov	%rdi, -128(%rsp)\n"
	"	pause\n"
	"	cmp	%rdi, -8(%rsp)\n"
	"	jne	2f\n"
	"	cmp	%rdi, -64(%rsp)\n"
	"	jne	2f\n"
	"	cmp	%rdi, -128(%rsp)\n"
	"	jne	2f\n"
	"	dec	%rdi\n"
	"	jnz	1b\n"
	"	ret\n"
	"2:	mov	$1, %eax\n"
	"	ret\n");

static void *compute(void *arg)
{
	double k = (intptr_t)arg;
	uintptr_t n = 0;

	for (; !stop; n++) {
		double x = k, y = k;

		for (int i = 0; i < 1000; i++) {
			x = x * 1.0000001 + k;
			/* Two computations, not one used twice. */
			__asm__ volatile("" : "+x"(y));
			y = y * 1.0000001 + k;
		}
		if (x != y)
			die("a vector register was lost");
		if (red_zone(500))
			die("the red zone was overwritten");
	}
	return (void *)n;
}

static void check_pages(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i += PAGE)
		if (p[i] != (char)(i / PAGE))
			die("a page lost its contents");
}

static void *map(void *arg)
{
	unsigned int seed = (intptr_t)arg;
	uintptr_t n = 0;

	for (; !stop; n++) {
		size_t len = (1 + rand_r(&seed) % 400) * PAGE;
		char *p = mmap(NULL, len, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (p == MAP_FAILED)
			die("mmap failed");
		for (size_t i = 0; i < len; i += PAGE) {
			if (p[i])
				die("a new page is not zero");
			p[i] = i / PAGE;
		}
		mprotect(p, len, PROT_NONE);
		mprotect(p, len, PROT_READ);
		check_pages(p, len);
		if (n & 1) {
			p = mremap(p, len, 2 * len, MREMAP_MAYMOVE);
			if (p == MAP_FAILED)
				die("mremap failed");
			check_pages(p, len);
			len *= 2;
		}
		munmap(p, len);
	}
	return (void *)n;
}

static void *doze(void *arg)
{
	struct timespec ts = {0, (intptr_t)arg};
	uintptr_t n = 0;

	for (; !stop; n++)
		nanosleep(&ts, NULL);
	return (void *)n;
}

static int preempt(void)
{
	static const struct {
		void *(*fn)(void *);
		intptr_t arg;
	} jobs[] = {{compute, 1},   {compute, 2},    {map, 3},	  {map, 4},
		    {doze, 100000}, {doze, 3000000}, {compute, 7}};
	struct itimerval it = {{0, 3000}, {0, 3000}};
	struct timespec second = {2, 0};
	pthread_t threads[sizeof(jobs) / sizeof(*jobs)];
	size_t n = sizeof(jobs) / sizeof(*jobs);
	void *rounds;

	signal(SIGALRM, on_tick);
	setitimer(ITIMER_REAL, &it, NULL);
	for (size_t i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, jobs[i].fn,
				   (void *)jobs[i].arg))
			die("pthread_create failed");
	while (nanosleep(&second, &second))
		;
	stop = 1;
	for (size_t i = 0; i < n; i++) {
		pthread_join(threads[i], &rounds);
		if (!rounds)
			die("a thread never got the CPU");
	}
	if (ticks < 5)
		die("the interval timer hardly came");
	return 0;
}

/* exceptions */

static int overflow(int n)
{
	volatile char room[2000];

	room[0] = n;
	return n < 0 ? 0 : overflow(n + 1) + room[0];
}

static int nothing(void)
{
	return 0;
}

static int except(const char *how)
{
	static char data[] = "\xc3"; /* ret */
	volatile char *p;

	if (!strcmp(how, "null"))
		p = (char *)8;
	else if (!strcmp(how, "null-offset"))
		p = (char *)0x80000;
	else if (!strcmp(how, "text"))
		p = (char *)(uintptr_t)nothing;
	else if (!strcmp(how, "xen")) /* Xen's own: #GP, or a fault */
		p = (char *)0xffff830000000000;
	else
		p = NULL;
	if (p)
		*p = 1;
	if (!strcmp(how, "data"))
		((void (*)(void))data)();
	if (!strcmp(how, "ud2"))
		__asm__ volatile("ud2");
	if (!strcmp(how, "int3"))
		__asm__ volatile("int3");
	if (!strcmp(how, "hlt"))
		__asm__ volatile("hlt");
	if (!strcmp(how, "div"))
		__asm__ volatile(
			"xor %%edx, %%edx; xor %%ecx, %%ecx; div %%ecx" ::
				: "rax", "rcx", "rdx");
	if (!strcmp(how, "syscall"))
		__asm__ volatile("syscall" ::"a"(39) : "rcx", "r11", "memory");
	if (!strcmp(how, "int80"))
		__asm__ volatile("int $0x80" ::"a"(20) : "memory");
	if (!strcmp(how, "stack"))
		return overflow(0);
	return 0;
}

/* cat */

static int cat(void)
{
	static char buf[65536];
	ssize_t n;

	while ((n = read(0, buf, sizeof(buf))) > 0)
		for (ssize_t done = 0, k; done < n; done += k) {
			k = write(1, buf + done, n - done);
			if (k < 0)
				return 1;
		}
	return n < 0;
}

/* wait: until a signal ends it. */

static void on_term(int sig, siginfo_t *info, void *ctx)
{
	/* As if it came from init. */
	if (info->si_code == SI_USER && info->si_pid == 1)
		printf("SIGTERM\n");
	exit(7);
}

static void wait_for_end(const char *term, const char *where)
{
	struct sigaction sa = {.sa_sigaction = on_term, .sa_flags = SA_SIGINFO};
	char c;

	if (!strcmp(term, "handler"))
		sigaction(SIGTERM, &sa, NULL);
	else if (!strcmp(term, "ignore"))
		signal(SIGTERM, SIG_IGN);
	printf("ready\n");
	fflush(stdout);
	if (!strcmp(where, "spin"))
		for (;;)
			ticks++;
	while (read(0, &c, 1) != 0)
		;
	printf("end of input\n");
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "hello";

	if (!strcmp(word, "cat"))
		return cat();
	if (!strcmp(word, "preempt"))
		preempt();
	else if (!strcmp(word, "except") && argc > 2)
		except(argv[2]);
	else if (!strcmp(word, "wait") && argc > 3)
		wait_for_end(argv[2], argv[3]);
	puts("ok");
	return 0;
}
