/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmmsg: see sendmmsg(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	struct mmsghdr m = {0};
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", sendmmsg(99, &m, 1, 0));
	t_val("no socket", sendmmsg(fd, &m, 1, 0));
	return 0;
}
