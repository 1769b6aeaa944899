/* SPDX-License-Identifier: BSD-2-Clause */
/* signalfd(fd, mask, size): see signalfd(2); signalfd4.c has the rest. */
#include "t.h"
#include <sys/signalfd.h>

int main(void)
{
	struct signalfd_siginfo si;
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = syscall(SYS_signalfd, -1, &set, 8);
	t_ret("signalfd", fd);
	t_val("flags", fcntl(fd, F_GETFL));
	raise(SIGUSR1);
	t_val("read", read(fd, &si, sizeof(si)));
	t_val("signal", si.ssi_signo);
	return 0;
}
