/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * process.c: the side of the tests that needs the C library's own headers,
 * which do not go together with the kernel's.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

unsigned long fault(unsigned long rip, unsigned long addr, int write);
int run_in_child(void (*test)(void), const char *name);
int make_memory_file(unsigned long bytes);
void catch_faults(void);

int run_in_child(void (*test)(void), const char *name)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		alarm(60);
		test();
		fflush(stdout);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 1;
	if (status)
		printf("%s: wait status %#x\n", name, status);
	return status != 0;
}

int make_memory_file(unsigned long bytes)
{
	int fd = memfd_create("frames", 0);

	if (fd < 0 || ftruncate(fd, (off_t)bytes)) {
		perror("memfd");
		_exit(99);
	}
	return fd;
}

static void on_fault(int sig, siginfo_t *si, void *context)
{
	greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
	unsigned long to =
		fault((unsigned long)regs[REG_RIP],
		      (unsigned long)regs[REG_CR2], (regs[REG_ERR] & 2) != 0);

	if (to == 1) { /* nobody's: die of it */
		signal(sig, SIG_DFL);
		return;
	}
	if (to)
		regs[REG_RIP] = (greg_t)to;
}

void catch_faults(void)
{
	struct sigaction sa = {.sa_sigaction = on_fault,
			       .sa_flags = SA_SIGINFO | SA_NODEFER};

	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
}
