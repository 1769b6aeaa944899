/* SPDX-License-Identifier: BSD-2-Clause */
/* dup(fd): see dup(2). */
#include "t.h"

int main(void)
{
	char c = 0;
	int fd, fd2;

	t_file("f", "abc");
	fd = open("f", O_RDONLY | O_CLOEXEC);
	fd2 = dup(fd);
	t_is("lowest free", fd2 == fd + 1);
	read(fd, &c, 1);
	read(fd2, &c, 1);
	t_bytes("shared position", &c, 1);
	t_val("close-on-exec", fcntl(fd, F_GETFD));
	t_val("close-on-exec of the copy", fcntl(fd2, F_GETFD));
	fcntl(fd2, F_SETFL, O_NONBLOCK);
	t_is("shared flags", !!(fcntl(fd, F_GETFL) & O_NONBLOCK));
	close(fd);
	t_val("read after close of the other", read(fd2, &c, 1));
	t_ret("closed", dup(99));
	t_ret("minus one", dup(-1));
	return 0;
}
