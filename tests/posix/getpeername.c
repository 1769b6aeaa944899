/* SPDX-License-Identifier: BSD-2-Clause */
/* getpeername: see getpeername(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", getpeername(99, NULL, NULL));
	t_val("no socket", getpeername(fd, NULL, NULL));
	return 0;
}
