/* SPDX-License-Identifier: BSD-2-Clause */
/* getppid(): see getpid(2). */
#include "t.h"

int main(void)
{
	t_is("not negative", getppid() >= 0);
	t_is("not me", getppid() != getpid());
	return 0;
}
