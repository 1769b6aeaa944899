/* SPDX-License-Identifier: BSD-2-Clause */
/* What the platform's console tells: who waits for the standard streams. */
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/stdio.h>
#include <posixen/thread.h>
#include <asm/siginfo.h>
#include <linux/eventpoll.h>

struct waitq stdin_waitq = {LIST_INIT(stdin_waitq.waiters)};
struct waitq stdout_waitq = {LIST_INIT(stdout_waitq.waiters)};

/* poll(2)'s numbers, which EPOLL* repeat. */
void stdio_readable(void)
{
	waitq_wake_all(&stdin_waitq, EPOLLIN | EPOLLRDNORM | EPOLLHUP);
}

void stdio_writable(void)
{
	waitq_wake_all(&stdout_waitq, EPOLLOUT | EPOLLWRNORM | EPOLLERR);
}

void stdio_signal(int sig)
{
	siginfo_t info = {.si_signo = sig, .si_code = SI_KERNEL};

	if (current_process())
		signal_send(current_process(), NULL, sig, &info);
}
