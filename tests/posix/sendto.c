/* SPDX-License-Identifier: BSD-2-Clause */
/* sendto: see sendto(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", sendto(99, "x", 1, 0, NULL, 0));
	t_val("no socket", sendto(fd, "x", 1, 0, NULL, 0));
	t_val("address of nobody", sendto(99, (void *)-1, 1, 0, NULL, 0));
	return 0;
}
