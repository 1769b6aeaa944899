/* SPDX-License-Identifier: BSD-2-Clause */
/* accept: see accept(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	int fd = open("/dev/null", O_RDWR);

	t_val("not open", accept(99, NULL, NULL));
	t_val("no socket", accept(fd, NULL, NULL));
	return 0;
}
