/* SPDX-License-Identifier: BSD-2-Clause */
/* timerfd_create(clock, flags): see timerfd_create(2). */
#include "t.h"
#include <sys/timerfd.h>
#include <time.h>

int main(void)
{
	char link[64];
	ssize_t n;
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);

	t_ret("monotonic", fd);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	t_val("read", read(fd, link, 8));
	t_val("read too little", read(fd, link, 7));
	t_val("write", write(fd, link, 8));
	n = readlink("/proc/self/fd/3", link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	t_str("its name", link);
	t_ret("realtime", timerfd_create(CLOCK_REALTIME, 0));
	t_ret("boottime", timerfd_create(CLOCK_BOOTTIME, 0));
	t_ret("cpu time", timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0));
	t_ret("unknown clock", timerfd_create(99, 0));
	t_ret("unknown flag", timerfd_create(CLOCK_MONOTONIC, O_APPEND));
	return 0;
}
