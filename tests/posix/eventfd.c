/* SPDX-License-Identifier: BSD-2-Clause */
/* eventfd(count): see eventfd(2); eventfd2.c has the rest. */
#include "t.h"

int main(void)
{
	uint64_t v = 0;
	int fd = syscall(SYS_eventfd, 3);

	t_ret("eventfd", fd);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("read", read(fd, &v, 8));
	t_val("count", v);
	return 0;
}
