/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls by constant and variable number, signals, processes. */
#define _GNU_SOURCE
#include "test.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t got;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	got = sig + (info->si_pid == getpid()) * 1000;
	/* Registers that only the return from the handler brings back. */
	__asm__ volatile("xor %%eax, %%eax; pxor %%xmm0, %%xmm0"
			 :
			 :
			 : "rax", "xmm0");
}

static void test_numbers(void)
{
	static volatile long variable = SYS_getppid;
	char buf[8] = "";
	int p[2];

	CHECK(syscall(SYS_getpid) == getpid());
	CHECK(syscall(variable) == getppid());
	errno = 0;
	CHECK(syscall(-1L) == -1 && errno == ENOSYS);
	/* Six arguments, by name and by number. */
	CHECK(pipe(p) == 0);
	CHECK(write(p[1], "abcdef", 6) == 6);
	CHECK(syscall(SYS_splice, p[0], 0L, -1, 0L, 1L, 0L) == -1 &&
	      errno == EBADF);
	CHECK(read(p[0], buf, 6) == 6 && !memcmp(buf, "abcdef", 6));
	close(p[0]);
	close(p[1]);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, p) == 0);
	CHECK(send(p[0], "x", 1, MSG_NOSIGNAL) == 1);
	CHECK(recvfrom(p[1], buf, 1, 0, NULL, NULL) == 1 && buf[0] == 'x');
	close(p[0]);
	close(p[1]);
	CHECK(open("/nonexistent", O_RDONLY) == -1 && errno == ENOENT);
}

static void test_signal(void)
{
	struct sigaction sa = {.sa_sigaction = on_signal,
			       .sa_flags = SA_SIGINFO},
			 old;

	sigemptyset(&sa.sa_mask);
	CHECK(sigaction(SIGUSR1, &sa, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(got == SIGUSR1 + 1000);
	CHECK(sigaction(SIGUSR1, NULL, &old) == 0);
	CHECK(old.sa_sigaction == on_signal);
}

static void test_children(char **argv)
{
	char *child[] = {argv[0], "child", NULL};
	int status = 0;
	pid_t pid;

	CHECK(posix_spawn(&pid, "/proc/self/exe", NULL, NULL, child, environ) ==
	      0);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	pid = fork();
	if (!pid)
		_exit(3);
	CHECK(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 3);
	pid = vfork();
	if (!pid)
		_exit(4);
	CHECK(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 4);
	pid = fork();
	if (!pid)
		abort();
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	      WTERMSIG(status) == SIGABRT);
	pid = fork();
	if (!pid) {
		/* __setxid() has a switch of ours. */
		setuid(getuid());
		_exit(getuid() == geteuid() ? 5 : 6);
	}
	CHECK(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 5);
}

void test_process(char **argv)
{
	test_numbers();
	test_signal();
	test_children(argv);
}
