/* SPDX-License-Identifier: BSD-2-Clause */
/* setpgid(): see setpgid(2). The tests begin as leaders of a session. */
#include "t.h"

int main(void)
{
	t_ret("negative group", setpgid(0, -1));
	t_ret("nobody", setpgid(4194303, 0));
	t_ret("the leader of a session", setpgid(0, 0));
	t_ret("by its number", setpgid(getpid(), getpid()));
	t_ret("to another group", setpgid(0, 4194303));
	t_is("still its own", getpgrp() == getpid());
	return 0;
}
