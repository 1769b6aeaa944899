/* SPDX-License-Identifier: BSD-2-Clause */
/* pidfd_send_signal(): see pidfd_send_signal(2). */
#include "t.h"

#define TRY(what, ...) t_ret(what, syscall(SYS_pidfd_send_signal, __VA_ARGS__))

static volatile int got, code, value;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	got = sig;
	code = info->si_code;
	value = info->si_value.sival_int;
}

int main(void)
{
	int fd = syscall(SYS_pidfd_open, getpid(), 0);
	struct sigaction act = {.sa_sigaction = on_signal,
				.sa_flags = SA_SIGINFO};
	siginfo_t info = {0};

	sigaction(SIGUSR1, &act, NULL);
	TRY("a signal", fd, SIGUSR1, NULL, 0);
	t_say("%d %d\n", got, code);
	info.si_signo = SIGUSR1;
	info.si_code = SI_QUEUE;
	info.si_value.sival_int = 42;
	TRY("with a value", fd, SIGUSR1, &info, 0);
	t_say("%d %d %d\n", got, code, value);
	TRY("another's information", fd, SIGUSR2, &info, 0);
	TRY("none", fd, 0, NULL, 0);
	TRY("unknown signal", fd, 99, NULL, 0);
	TRY("flags", fd, 0, NULL, 64);
	TRY("no pidfd", 0, 0, NULL, 0);
	TRY("closed", 99, 0, NULL, 0);
	TRY("bad information", fd, SIGUSR1, T_BAD, 0);
	return 0;
}
