/* SPDX-License-Identifier: BSD-2-Clause */
/* bind: see bind(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	struct sockaddr_un a = {AF_UNIX, "x"};
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", bind(99, (void *)&a, sizeof(a)));
	t_val("no socket", bind(fd, (void *)&a, sizeof(a)));
	t_val("both wrong", bind(fd, T_BAD, sizeof(a)));
	return 0;
}
