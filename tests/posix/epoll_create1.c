/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll_create1(flags): see epoll_create(2). */
#include "t.h"
#include <sys/epoll.h>

int main(void)
{
	char link[64];
	struct stat st;
	ssize_t n;
	int fd = epoll_create1(0);

	t_ret("no flags", fd);
	t_val("close on exec", fcntl(fd, F_GETFD));
	t_val("flags", fcntl(fd, F_GETFL));
	n = readlink("/proc/self/fd/3", link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	t_str("its name", link);
	t_ret("fstat", fstat(fd, &st));
	t_val("type", st.st_mode & S_IFMT);
	t_val("read", read(fd, link, 8));
	t_val("write", write(fd, link, 8));
	close(fd);
	fd = epoll_create1(EPOLL_CLOEXEC);
	t_val("close on exec", fcntl(fd, F_GETFD));
	close(fd);
	t_val("unknown flag", epoll_create1(O_NONBLOCK));
	return 0;
}
