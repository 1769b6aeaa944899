/* SPDX-License-Identifier: BSD-2-Clause */
/* socketpair: see socketpair(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int p[2];

	t_val("unknown family", socketpair(45, SOCK_STREAM, 0, p));
	t_val("bad address first", socketpair(45, SOCK_STREAM, 0, T_BAD));
	t_val("unknown flag", socketpair(AF_UNIX, SOCK_STREAM | 0x10000, 0, p));
	t_val("nothing left open", open("/dev/null", O_RDONLY));
	return 0;
}
