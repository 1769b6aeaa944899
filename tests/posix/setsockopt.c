/* SPDX-License-Identifier: BSD-2-Clause */
/* setsockopt: see setsockopt(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR), one = 1;

	t_val("not open", setsockopt(99, SOL_SOCKET, SO_TYPE, &one, 4));
	t_val("no socket", setsockopt(fd, SOL_SOCKET, SO_TYPE, &one, 4));
	t_val("length first", setsockopt(fd, SOL_SOCKET, SO_TYPE, &one, -1));
	return 0;
}
