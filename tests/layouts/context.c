/* SPDX-License-Identifier: BSD-2-Clause */
/* The context that a signal handler gets. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

static volatile int seen;
static void *page;

static void on_fault(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	greg_t *g = uc->uc_mcontext.gregs;

	seen = sig == SIGSEGV && info->si_addr == page;
	seen += 2 * (g[REG_RAX] == 0x1122334455667788);
	seen += 4 * (g[REG_ERR] == 6);
	seen += 8 * ((void *)g[REG_CR2] == page);
	seen += 16 * !!uc->uc_mcontext.fpregs;
	seen += 32 * !!sigismember(&uc->uc_sigmask, SIGUSR2);
	seen += 64 * (uc->uc_link == NULL);
	/* mov %rax, (%rdi) has 3 bytes. */
	g[REG_RIP] += 3;
	g[REG_RAX] = 99;
	sigdelset(&uc->uc_sigmask, SIGUSR2);
}

void test_context(void)
{
	struct sigaction sa = {.sa_flags = SA_SIGINFO,
			       .sa_sigaction = on_fault};
	sigset_t set;
	long result = 0;

	page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(SIGSEGV, &sa, NULL);
	__asm__ volatile("mov %%rax, (%%rdi)"
			 : "=a"(result)
			 : "a"(0x1122334455667788), "D"(page)
			 : "memory");
	sigprocmask(SIG_BLOCK, NULL, &set);
	printf("%d %ld %d\n", seen, result, sigismember(&set, SIGUSR2));
	signal(SIGSEGV, SIG_DFL);
	munmap(page, 4096);
}
