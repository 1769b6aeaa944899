/* SPDX-License-Identifier: BSD-2-Clause */
/* getpid(): see getpid(2). The number itself is nobody's business. */
#include "t.h"

int main(void)
{
	t_is("positive", getpid() > 0);
	t_is("the same again", getpid() == getpid());
	t_is("the main thread's id", getpid() == syscall(SYS_gettid));
	return 0;
}
