/* SPDX-License-Identifier: BSD-2-Clause */
/* recvfrom: see recvfrom(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	char c;
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", recvfrom(99, &c, 1, 0, NULL, NULL));
	t_val("no socket", recvfrom(fd, &c, 1, 0, NULL, NULL));
	t_val("address of nobody", recvfrom(99, (void *)-1, 1, 0, NULL, NULL));
	return 0;
}
