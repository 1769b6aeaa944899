/* SPDX-License-Identifier: BSD-2-Clause */
/* eventfd2(count, flags): see eventfd(2). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>

static int fd;

static void *adder(void *arg)
{
	uint64_t one = 1;

	usleep(20000);
	write(fd, &one, 8);
	return NULL;
}

static void ready(const char *what)
{
	struct pollfd f = {fd, POLLIN | POLLOUT, 0};

	poll(&f, 1, 0);
	t_val(what, f.revents);
}

int main(void)
{
	uint64_t v = 0;
	pthread_t th;
	char link[64], name[64];
	ssize_t n;

	fd = eventfd(5, EFD_NONBLOCK | EFD_CLOEXEC);
	t_val("flags", fcntl(fd, F_GETFL));
	t_val("close on exec", fcntl(fd, F_GETFD));
	ready("counted");
	t_val("read", read(fd, &v, 8));
	t_val("count", v);
	ready("empty");
	t_val("read again", read(fd, &v, 8));
	t_val("too small", read(fd, &v, 7));
	t_val("write too little", write(fd, &v, 7));
	v = UINT64_MAX;
	t_val("too large", write(fd, &v, 8));
	v = UINT64_MAX - 1;
	t_val("largest", write(fd, &v, 8));
	ready("full");
	v = 1;
	t_val("one more", write(fd, &v, 8));
	t_val("read", read(fd, &v, 8));
	t_is("it was the largest", v == UINT64_MAX - 1);
	t_val("bad pointer", write(fd, T_BAD, 8));
	t_val("pread", pread(fd, &v, 8, 0));
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	n = readlink(name, link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	t_str("its name", link);
	close(fd);

	fd = eventfd(2, EFD_SEMAPHORE);
	t_val("read", read(fd, &v, 8));
	t_val("one at a time", v);
	read(fd, &v, 8);
	pthread_create(&th, NULL, adder, NULL);
	t_val("wait", read(fd, &v, 8));
	pthread_join(th, NULL);
	t_val("unknown flag", eventfd(0, O_APPEND));
	return 0;
}
