/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmsg: see sendmsg(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	struct msghdr m = {0};
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", sendmsg(99, &m, 0));
	t_val("no socket", sendmsg(fd, &m, 0));
	t_val("both wrong", syscall(SYS_sendmsg, fd, T_BAD, 0));
	return 0;
}
