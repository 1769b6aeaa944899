/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls every function that configure is told is not there
 * (build/gen/absent-functions), as root and with arguments that a Linux would
 * take, and prints "NAME fails" or "NAME works". A row is missing here or too
 * many, or one works: run, which compares the lists, says so.
 */
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/io.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/quota.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

int init_module(void *image, unsigned long len, const char *params);
int delete_module(const char *name, unsigned flags);
int capset(void *header, void *data);
pid_t _Fork(void);

extern char **environ;
static char *args[] = {"program", NULL};
#define PROGRAM "/program" /* this one, once more */

/* A child, if one comes into being, is to leave. */
static int parent(pid_t pid)
{
	if (!pid)
		_exit(0);
	return pid < 0;
}

static int works_not(const char *name, int failed)
{
	printf("%s %s %s\n", name, failed ? "fails" : "works",
	       failed ? strerror(errno) : "");
	return 0;
}
#define TRY(name, failed) (errno = 0, works_not(#name, failed))

static int spawn(int (*how)(pid_t *, const char *,
			    const posix_spawn_file_actions_t *,
			    const posix_spawnattr_t *, char *const[],
			    char *const[]))
{
	pid_t pid;

	errno = how(&pid, PROGRAM, NULL, NULL, args, environ);
	return errno != 0;
}

static void processes(void)
{
	wordexp_t words;
	int master;

	TRY(_Fork, parent(_Fork()));
	TRY(fork, parent(fork()));
	TRY(vfork, parent(vfork()));
	TRY(forkpty, parent(forkpty(&master, NULL, NULL, NULL)));
	TRY(daemon, daemon(1, 1) < 0);
	TRY(posix_spawn, spawn(posix_spawn));
	TRY(posix_spawnp, spawn(posix_spawnp));
	TRY(popen, popen(PROGRAM, "r") == NULL);
	TRY(wordexp, wordexp("word", &words, 0) != 0);
	TRY(unshare, unshare(CLONE_NEWNS) < 0);
	TRY(setns, setns(open("/proc/self/ns/mnt", O_RDONLY), 0) < 0);
	TRY(ptrace, ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0);
}

static void programs(void)
{
	TRY(execve, execve(PROGRAM, args, environ));
	TRY(execv, execv(PROGRAM, args));
	TRY(execvp, execvp(PROGRAM, args));
	TRY(execvpe, execvpe(PROGRAM, args, environ));
	TRY(execl, execl(PROGRAM, "program", (char *)NULL));
	TRY(execle, execle(PROGRAM, "program", (char *)NULL, environ));
	TRY(execlp, execlp(PROGRAM, "program", (char *)NULL));
	TRY(fexecve, fexecve(open(PROGRAM, O_RDONLY), args, environ));
}

static void machine(void)
{
	struct {
		unsigned version;
		int pid;
	} header = {0x20080522, 0};
	unsigned capabilities[6] = {0};
	static char page[4096] __attribute__((aligned(4096)));
	char text[64];

	TRY(capset, capset(&header, capabilities) < 0);
	TRY(acct, acct(NULL) < 0);
	TRY(init_module, init_module(page, sizeof(page), "") < 0);
	TRY(delete_module, delete_module("none", 0) < 0);
	TRY(fanotify_init, fanotify_init(FAN_CLASS_NOTIF, O_RDONLY) < 0);
	TRY(fanotify_mark, fanotify_mark(3, 0, 0, AT_FDCWD, "/") < 0);
	TRY(ioperm, ioperm(0x80, 1, 1) < 0);
	TRY(iopl, iopl(3) < 0);
	TRY(klogctl, klogctl(3, text, sizeof(text)) < 0);
	TRY(quotactl, quotactl(QCMD(Q_SYNC, 0), NULL, 0, NULL) < 0);
	TRY(remap_file_pages, remap_file_pages(page, 4096, 0, 0, 0) < 0);
	TRY(swapon, swapon("/swap", 0) < 0);
	TRY(swapoff, swapoff("/swap") < 0);
	TRY(vhangup, vhangup() < 0);
}

int main(void)
{
	if (access(PROGRAM, X_OK) || getuid()) {
		printf("no %s to start, or not root\n", PROGRAM);
		return 1;
	}
	/* It is announced, as ISO C has it, and says itself that it fails. */
	if (system(NULL) || system(PROGRAM) != -1) {
		printf("system() does not say that there is no shell\n");
		return 1;
	}
	processes();
	programs();
	machine();
	return 0;
}
