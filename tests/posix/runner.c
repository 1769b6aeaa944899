/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All tests in one program.
 *
 *	posix NAME		run one
 *	posix --up NAME		the same, with the loopback interface up, in a
 *				network namespace that Linux made just now
 *	posix --from N		run those that can share a process, from the
 *				N-th
 *	posix --list		number, name and "alone" of each
 *
 * A run of several puts a line "=== NAME" before each test and "--- STATUS"
 * behind it. The process is put back between tests as far as a process can do
 * that for itself. On Xen a guest costs a second; that is why many share one.
 */
#include "t.h"
#include <setjmp.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include "runner.h"

struct test {
	const char *name;
	int (*run)();
	int alone;
};

/* table.h is made from the names of the sources by the makefile. */
#define T(name, is_alone) int t_main_##name();
#include "table.h"
#undef T
#define T(name, is_alone) {#name, t_main_##name, is_alone},
static const struct test tests[] = {
#include "table.h"
};
#define COUNT ((int)(sizeof(tests) / sizeof(tests[0])))

static jmp_buf leave;
static int leave_status;

void runner_leave(int status)
{
	leave_status = status;
	longjmp(leave, 1);
}

static int run(const struct test *t, char **argv)
{
	char dir[80];

	mkdir("/tmp", 01777);
	snprintf(dir, sizeof(dir), "/tmp/%s", t->name);
	if (mkdir(dir, 0755) < 0 || chdir(dir) < 0) {
		t_say("no directory %s: %s\n", dir, t_errno_name(errno));
		return 99;
	}
	umask(022);
	if (setjmp(leave))
		return leave_status;
	return t->run(1, argv, NULL);
}

/* Between two tests: descriptors, signals, timers. */
static void clean(void)
{
	struct sigaction dfl = {.sa_handler = SIG_DFL};
	sigset_t none;
	int i;

	alarm(0);
	for (i = 1; i < 32; i++)
		sigaction(i, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (i = 3; i < 64; i++)
		close(i);
	for (i = 1000; i < 1024; i++)
		close(i);
	if (chdir("/") < 0)
		t_say("cannot go back to /: %s\n", t_errno_name(errno));
	errno = 0;
}

/* On Posixen it is up already. */
static void loopback_up(void)
{
	struct ifreq r = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &r) < 0)
		t_say("no loopback interface: %s\n", t_errno_name(errno));
	close(fd);
}

int main(int argc, char **argv)
{
	int i, first;

	if (argc == 3 && strcmp(argv[1], "--up") == 0) {
		loopback_up();
		argv++;
		argc--;
	}

	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		for (i = 0; i < COUNT; i++)
			t_say("%d %s%s\n", i, tests[i].name,
			      tests[i].alone ? " alone" : "");
		return 0;
	}
	if (argc == 3 && strcmp(argv[1], "--from") == 0) {
		first = atoi(argv[2]);
		for (i = first; i < COUNT; i++) {
			if (tests[i].alone)
				continue;
			t_say("=== %s\n", tests[i].name);
			t_say("--- %d\n", run(&tests[i], argv));
			clean();
		}
		return 0;
	}
	for (i = 0; argc == 2 && i < COUNT; i++) {
		if (strcmp(tests[i].name, argv[1]) == 0)
			return run(&tests[i], argv);
	}
	t_say("usage: posix NAME | --from N | --list\n");
	return 2;
}
