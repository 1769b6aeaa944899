/* SPDX-License-Identifier: BSD-2-Clause */
/* getsockopt: see getsockopt(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR), v;
	socklen_t len = sizeof(v);

	t_val("not open", getsockopt(99, SOL_SOCKET, SO_TYPE, &v, &len));
	t_val("no socket", getsockopt(fd, SOL_SOCKET, SO_TYPE, &v, &len));
	return 0;
}
