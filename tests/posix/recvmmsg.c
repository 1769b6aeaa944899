/* SPDX-License-Identifier: BSD-2-Clause */
/* recvmmsg: see recvmmsg(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	struct mmsghdr m = {0};
	struct timespec bad = {0, -1};
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", recvmmsg(99, &m, 1, 0, NULL));
	t_val("no socket", recvmmsg(fd, &m, 1, 0, NULL));
	t_val("bad time first", recvmmsg(fd, &m, 1, 0, &bad));
	return 0;
}
