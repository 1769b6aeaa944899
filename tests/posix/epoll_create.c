/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_create(size): see epoll_create(2). */
#include "t.h"
#include <sys/epoll.h>

int main(void)
{
	t_ret("one", syscall(SYS_epoll_create, 1));
	t_ret("nothing", syscall(SYS_epoll_create, 0));
	t_ret("negative", syscall(SYS_epoll_create, -1));
	t_val("close on exec", fcntl(3, F_GETFD));
	return 0;
}
