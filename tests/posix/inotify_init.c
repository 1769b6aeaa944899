/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify_init(): see inotify_init(2); what the descriptor can do. */
#include "inotify.h"
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/uio.h>

static void link_of(int fd)
{
	char path[64], to[64];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, to, sizeof(to) - 1);
	if (n > 0) {
		to[n] = '\0';
		t_str("its name", to);
	}
}

static void *toucher(void *arg)
{
	usleep(20000);
	close(open("late", O_CREAT | O_WRONLY, 0644));
	return NULL;
}

static void blocking(int fd)
{
	char buf[512] __attribute__((aligned(8)));
	pthread_t t;

	pthread_create(&t, NULL, toucher, NULL);
	t_is("a blocking read waits for an event", read(fd, buf, 512) > 0);
	ino_print((struct inotify_event *)buf);
	pthread_join(t, NULL);
}

static void on_alarm(int sig)
{
}

int main(void)
{
	int fd = syscall(SYS_inotify_init), ep, n, wd;
	char buf[512] __attribute__((aligned(8)));
	struct epoll_event ev = {.events = EPOLLIN | EPOLLET};
	struct pollfd p;
	struct stat st;

	t_is("inotify_init", fd >= 0);
	t_val("F_GETFL", fcntl(fd, F_GETFL));
	t_val("F_GETFD", fcntl(fd, F_GETFD));
	t_val("fstat", fstat(fd, &st));
	t_say("mode %o size %ld\n", st.st_mode, (long)st.st_size);
	link_of(fd);
	t_ret("write", write(fd, "x", 1) < 0 ? -errno : 0);
	t_ret("lseek", lseek(fd, 0, SEEK_SET) < 0 ? -errno : 0);
	t_ret("lseek, nonsense", lseek(fd, -5, 77) < 0 ? -errno : 0);
	t_ret("mmap",
	      mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED
		      ? -errno
		      : 0);
	t_ret("pread", pread(fd, buf, 512, 0) < 0 ? -errno : 0);
	t_ret("ftruncate", ftruncate(fd, 0) < 0 ? -errno : 0);
	t_ret("an unknown ioctl", ioctl(fd, 0x1234, &n) < 0 ? -errno : 0);
	t_ret("FIONREAD, bad pointer",
	      ioctl(fd, FIONREAD, T_BAD) < 0 ? -errno : 0);

	wd = inotify_add_watch(fd, ".", IN_CREATE);
	t_val("watch", wd);
	p = (struct pollfd){.fd = fd, .events = POLLIN | POLLOUT};
	t_val("poll of an empty queue", poll(&p, 1, 0));
	ep = epoll_create1(0);
	t_val("epoll_ctl", epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev));
	blocking(fd);
	t_val("epoll after that", epoll_wait(ep, &ev, 1, 0));
	close(open("a", O_CREAT | O_WRONLY, 0644));
	t_val("poll", poll(&p, 1, 0));
	t_val("revents", p.revents);
	t_val("epoll", epoll_wait(ep, &ev, 1, 0));
	t_val("the edge is over", epoll_wait(ep, &ev, 1, 0));
	close(open("b", O_CREAT | O_WRONLY, 0644));
	t_val("a new event is a new edge", epoll_wait(ep, &ev, 1, 0));

	n = -1;
	t_val("FIONREAD", ioctl(fd, FIONREAD, &n));
	t_val("bytes", n);
	t_ret("read of too little room", read(fd, buf, 16) < 0 ? -errno : 0);
	t_ret("read of nothing", read(fd, buf, 0) < 0 ? -errno : 0);
	t_val("the first alone", read(fd, buf, 40));
	ino_print((struct inotify_event *)buf);
	ioctl(fd, FIONREAD, &n);
	t_val("bytes left", n);
	{
		struct iovec v[3] = {{buf, 10}, {buf + 10, 6}, {buf + 16, 100}};

		t_val("readv", readv(fd, v, 3));
		ino_print((struct inotify_event *)buf);
	}
	close(open("c", O_CREAT | O_WRONLY, 0644));
	t_ret("a bad buffer", read(fd, T_BAD, 512) < 0 ? -errno : 0);
	ioctl(fd, FIONREAD, &n);
	t_val("what it cost", n);

	{
		struct sigaction sa = {.sa_handler = on_alarm};

		sigaction(SIGALRM, &sa, NULL);
		alarm(1);
		t_ret("interrupted", read(fd, buf, 512) < 0 ? -errno : 0);
	}
	t_val("close", close(fd));
	t_ret("read of a closed one", read(fd, buf, 512) < 0 ? -errno : 0);
	return 0;
}
