/* SPDX-License-Identifier: BSD-2-Clause */
/* poll(fds, nfds, ms): see poll(2). */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

static long since(const struct timespec *a)
{
	struct timespec b;

	clock_gettime(CLOCK_MONOTONIC, &b);
	return (b.tv_sec - a->tv_sec) * 1000 +
	       (b.tv_nsec - a->tv_nsec) / 1000000;
}

static int p[2];

static void *writer(void *arg)
{
	usleep(20000);
	write(p[1], "x", 1);
	return NULL;
}

static void on_alarm(int sig)
{
}

int main(void)
{
	struct pollfd f[20] = {{0}};
	struct rlimit r, small = {10, 10};
	struct timespec t;
	pthread_t th;
	int fd, path;

	t_val("nothing", poll(NULL, 0, 0));
	clock_gettime(CLOCK_MONOTONIC, &t);
	t_val("time-out", poll(NULL, 0, 30));
	t_is("it took that long", since(&t) >= 30);

	t_file("file", "text");
	fd = open("file", O_RDWR);
	path = open("file", O_PATH);
	pipe(p);
	f[0] = (struct pollfd){fd, POLLIN | POLLOUT | POLLPRI, 99};
	f[1] = (struct pollfd){-1, POLLIN, 99};
	f[2] = (struct pollfd){99, POLLIN, 99};
	f[3] = (struct pollfd){path, POLLIN, 99};
	f[4] = (struct pollfd){p[0], POLLIN, 99};
	t_val("five", poll(f, 5, -1));
	t_val("regular file", f[0].revents);
	t_val("negative descriptor", f[1].revents);
	t_val("closed one", f[2].revents);
	t_val("O_PATH", f[3].revents);
	t_val("empty pipe", f[4].revents);
	f[0].events = 0;
	t_val("no events asked", poll(f, 1, 0));
	f[0] = (struct pollfd){open("/dev/null", O_RDWR), POLLIN | POLLOUT, 0};
	t_val("/dev/null", poll(f, 1, 0));
	t_val("events", f[0].revents);
	close(f[0].fd);

	t_val("bad pointer", poll(T_BAD, 1, 0));
	getrlimit(RLIMIT_NOFILE, &r);
	small.rlim_max = r.rlim_max;
	setrlimit(RLIMIT_NOFILE, &small);
	t_val("more than RLIMIT_NOFILE", poll(f, 11, 0));
	setrlimit(RLIMIT_NOFILE, &r);

	f[0] = (struct pollfd){p[0], POLLIN, 0};
	pthread_create(&th, NULL, writer, NULL);
	t_val("woken", poll(f, 1, -1));
	t_val("events", f[0].revents);
	pthread_join(th, NULL);
	read(p[0], f, 0);

	/* More descriptors than fit into a small wait. */
	for (int i = 0; i < 20; i++)
		f[i] = (struct pollfd){p[1], 0, 0};
	f[19] = (struct pollfd){p[0], POLLIN, 0};
	t_val("twenty", poll(f, 20, 1000));
	t_val("the last", f[19].revents);
	char c;
	read(p[0], &c, 1);
	pthread_create(&th, NULL, writer, NULL);
	t_val("twenty, woken", poll(f, 20, -1));
	pthread_join(th, NULL);
	read(p[0], &c, 1);

	struct sigaction sa = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	t_val("signal, even with SA_RESTART", poll(f + 19, 1, -1));
	close(p[1]);
	t_val("writer gone", poll(f + 19, 1, -1));
	t_val("events", f[19].revents);
	return 0;
}
