/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify_init1(flags): see inotify_init(2). */
#include "inotify.h"
#include <sys/resource.h>

int main(void)
{
	char buf[64];
	int fd, fds[200], n;
	struct rlimit was, few = {3, 1024};

	fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	t_is("both flags", fd >= 0);
	t_val("F_GETFL", fcntl(fd, F_GETFL));
	t_val("F_GETFD", fcntl(fd, F_GETFD));
	t_ret("read", read(fd, buf, sizeof(buf)) < 0 ? -errno : 0);
	t_ret("read of nothing", read(fd, buf, 0) < 0 ? -errno : 0);
	close(fd);
	t_ret("unknown flags", inotify_init1(1) < 0 ? -errno : 0);
	t_ret("all flags", inotify_init1(-1) < 0 ? -errno : 0);
	t_ret("O_APPEND", inotify_init1(O_APPEND) < 0 ? -errno : 0);

	getrlimit(RLIMIT_NOFILE, &was);
	few.rlim_max = was.rlim_max;
	setrlimit(RLIMIT_NOFILE, &few);
	t_ret("no descriptor", inotify_init1(0) < 0 ? -errno : 0);
	setrlimit(RLIMIT_NOFILE, &was);
	/* Closing gives the share of a user back. */
	for (n = 0; n < 1000; n++) {
		fd = inotify_init1(0);
		if (fd < 0)
			break;
		close(fd);
	}
	t_val("made and closed", n);
	for (n = 0; n < 20; n++)
		fds[n] = inotify_init1(0);
	t_is("many at once", fds[19] >= 0);
	while (n--)
		close(fds[n]);
	return 0;
}
