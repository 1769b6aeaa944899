/* SPDX-License-Identifier: BSD-2-Clause */
/* Signal functions of BSD and System V (sigvec(3), sysv_signal(3)). */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A mask of one word: the first 32 signals. */
static sigset_t set_of(int mask)
{
	sigset_t set = {0};

	set.__bits[0] = (unsigned)mask;
	return set;
}

static int change(int how, int mask)
{
	sigset_t set = set_of(mask), before;

	return sigprocmask(how, &set, &before) ? -1 : (int)before.__bits[0];
}

int sigblock(int mask)
{
	return change(SIG_BLOCK, mask);
}

int sigsetmask(int mask)
{
	return change(SIG_SETMASK, mask);
}

int siggetmask(void)
{
	return change(SIG_BLOCK, 0);
}

void (*sysv_signal(int number, void (*handler)(int)))(int)
{
	struct sigaction action = {.sa_handler = handler,
				   .sa_flags = SA_RESETHAND | SA_NODEFER};
	struct sigaction before;

	return sigaction(number, &action, &before) ? SIG_ERR
						   : before.sa_handler;
}

void (*ssignal(int number, void (*handler)(int)))(int)
{
	return signal(number, handler);
}

int gsignal(int number)
{
	return raise(number);
}

int sigstack(void *stack, void *old)
{
	errno = ENOSYS;
	return -1;
}
