/* SPDX-License-Identifier: BSD-2-Clause */
/* socket: see socket(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	t_val("unknown family", socket(45, SOCK_STREAM, 0));
	t_val("family too large", socket(46, SOCK_STREAM, 0));
	t_val("negative family", socket(-1, SOCK_STREAM, 0));
	t_val("type too large", socket(AF_UNIX, 11, 0));
	t_val("unknown flag", socket(AF_UNIX, SOCK_STREAM | 0x10000, 0));
	return 0;
}
