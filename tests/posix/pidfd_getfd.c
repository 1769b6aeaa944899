/* SPDX-License-Identifier: BSD-2-Clause */
/* pidfd_getfd(): see pidfd_getfd(2). */
#include "t.h"

#define TRY(what, ...) t_ret(what, syscall(SYS_pidfd_getfd, __VA_ARGS__))

int main(void)
{
	int fd = syscall(SYS_pidfd_open, getpid(), 0);
	int file = open("file", O_RDWR | O_CREAT, 0600), copy;

	copy = syscall(SYS_pidfd_getfd, fd, file, 0);
	t_ret("mine", copy);
	t_is("close-on-exec", fcntl(copy, F_GETFD) & FD_CLOEXEC);
	write(file, "abc", 3);
	t_val("one file", lseek(copy, 0, SEEK_CUR));
	TRY("closed", fd, 99, 0);
	TRY("flags", fd, file, 1);
	TRY("no pidfd", file, file, 0);
	TRY("closed pidfd", 99, file, 0);
	return 0;
}
