/* SPDX-License-Identifier: BSD-2-Clause */
/* accept4: see accept4(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", accept4(99, NULL, NULL, 0));
	t_val("no socket", accept4(fd, NULL, NULL, 0));
	t_val("unknown flag", syscall(SYS_accept4, fd, NULL, NULL, 1));
	return 0;
}
