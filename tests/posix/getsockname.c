/* SPDX-License-Identifier: BSD-2-Clause */
/* getsockname: see getsockname(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", getsockname(99, NULL, NULL));
	t_val("no socket", getsockname(fd, NULL, NULL));
	return 0;
}
