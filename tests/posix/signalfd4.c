/* SPDX-License-Identifier: BSD-2-Clause */
/* signalfd4(fd, mask, size, flags): see signalfd(2). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>

static pthread_t first;

static void *sender(void *arg)
{
	usleep(20000);
	pthread_kill(first, SIGUSR2);
	return NULL;
}

static long raw(int fd, const void *mask, size_t size, int flags)
{
	return syscall(SYS_signalfd4, fd, mask, size, flags);
}

int main(void)
{
	struct signalfd_siginfo si[3];
	union sigval val = {.sival_int = 77};
	struct pollfd f;
	pthread_t th;
	sigset_t set, pending;
	char link[64];
	ssize_t n;
	int fd;

	first = pthread_self();
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = raw(-1, &set, 8, SFD_NONBLOCK | SFD_CLOEXEC);
	t_ret("signalfd4", fd);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	n = readlink("/proc/self/fd/3", link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	t_str("its name", link);
	f = (struct pollfd){fd, POLLIN | POLLOUT, 0};
	t_val("quiet", poll(&f, 1, 0));
	t_val("read", read(fd, si, sizeof(si)));
	t_val("read too little", read(fd, si, 127));
	raise(SIGUSR1);
	sigqueue(getpid(), SIGUSR2, val);
	t_val("poll", poll(&f, 1, 0));
	t_val("events", f.revents);
	t_val("read both", read(fd, si, sizeof(si)));
	t_val("first", si[0].ssi_signo);
	t_is("from here", si[0].ssi_pid == (unsigned int)getpid());
	t_val("second", si[1].ssi_signo);
	t_val("code", si[1].ssi_code);
	t_val("value", si[1].ssi_int);
	sigpending(&pending);
	t_is("nothing pending", !sigismember(&pending, SIGUSR1));
	fcntl(fd, F_SETFL, 0);
	pthread_create(&th, NULL, sender, NULL);
	t_val("wait", read(fd, si, sizeof(si[0])));
	pthread_join(th, NULL);
	t_val("signal", si[0].ssi_signo);
	sigdelset(&set, SIGUSR1);
	t_val("change the set", raw(fd, &set, 8, 0) == fd);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	raise(SIGUSR1);
	t_val("not in the set", read(fd, si, sizeof(si)));
	t_val("size", raw(-1, &set, 4, 0));
	t_val("bad mask", raw(-1, T_BAD, 8, 0));
	t_val("flags", raw(-1, &set, 8, O_APPEND));
	t_val("no signalfd", raw(0, &set, 8, 0));
	t_val("closed", raw(99, &set, 8, 0));
	signal(SIGUSR1, SIG_IGN);
	return 0;
}
