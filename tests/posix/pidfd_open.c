/* SPDX-License-Identifier: BSD-2-Clause */
/* pidfd_open(): see pidfd_open(2). */
#include "t.h"
#include <poll.h>

#define TRY(what, ...) t_ret(what, syscall(SYS_pidfd_open, __VA_ARGS__))

int main(void)
{
	int fd = syscall(SYS_pidfd_open, getpid(), 0);
	struct pollfd p = {fd, POLLIN, 0};
	char c;

	t_ret("myself", fd);
	t_is("close-on-exec", fcntl(fd, F_GETFD) & FD_CLOEXEC);
	t_val("does not end", poll(&p, 1, 0));
	t_ret("read", read(fd, &c, 1));
	t_ret("write", write(fd, &c, 1));
	fd = syscall(SYS_pidfd_open, getpid(), O_NONBLOCK);
	t_is("not blocking", fcntl(fd, F_GETFL) & O_NONBLOCK);
	TRY("unknown flag", getpid(), 1);
	TRY("pid 0", 0, 0);
	TRY("negative", -1, 0);
	TRY("nobody", 4194303, 0);
	return 0;
}
