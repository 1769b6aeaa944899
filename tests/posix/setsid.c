/* SPDX-License-Identifier: BSD-2-Clause */
/* setsid(): see setsid(2). The tests begin as leaders of a session. */
#include "t.h"

int main(void)
{
	t_ret("the leader of a group", setsid());
	t_is("session", getsid(0) == getpid());
	t_is("group", getpgrp() == getpid());
	return 0;
}
