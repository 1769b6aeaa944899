/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * select(n, in, out, except, time): see select(2). t: alone, because where the
 * table of descriptors ends depends on how many there were before.
 */
#include "t.h"
#include <pthread.h>
#include <sys/select.h>
#include <sys/time.h>

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

static long sel(int n, fd_set *in, fd_set *out, fd_set *ex, struct timeval *tv)
{
	return syscall(SYS_select, n, in, out, ex, tv);
}

static void set(fd_set *s, int a, int b)
{
	FD_ZERO(s);
	if (a >= 0)
		FD_SET(a, s);
	if (b >= 0)
		FD_SET(b, s);
}

int main(void)
{
	struct timeval tv = {0, 0};
	fd_set in, out, ex;
	pthread_t th;
	int fd, q[2];
	char c;

	t_file("file", "text");
	fd = open("file", O_RDWR);
	pipe(p);
	t_val("nothing", sel(0, NULL, NULL, NULL, &tv));
	tv.tv_usec = 20000;
	t_val("20 ms", sel(0, NULL, NULL, NULL, &tv));
	t_is("no time left", !tv.tv_sec && !tv.tv_usec);
	set(&in, fd, p[0]);
	set(&out, fd, p[1]);
	set(&ex, fd, p[0]);
	t_val("three sets", sel(p[1] + 1, &in, &out, &ex, NULL));
	t_is("file to read", FD_ISSET(fd, &in));
	t_is("pipe to read", FD_ISSET(p[0], &in));
	t_is("pipe to write", FD_ISSET(p[1], &out));
	t_is("exceptions", FD_ISSET(fd, &ex) || FD_ISSET(p[0], &ex));
	set(&in, p[0], -1);
	tv.tv_usec = 1000;
	t_val("not ready", sel(p[1] + 1, &in, NULL, NULL, &tv));
	t_is("bit is cleared", !FD_ISSET(p[0], &in));
	set(&in, p[0], -1);
	pthread_create(&th, NULL, writer, NULL);
	t_val("woken", sel(p[1] + 1, &in, NULL, NULL, NULL));
	pthread_join(th, NULL);
	t_is("bit is set", FD_ISSET(p[0], &in));
	set(&in, p[0], -1);
	tv = (struct timeval){100, 0};
	t_val("ready", sel(p[1] + 1, &in, NULL, NULL, &tv));
	t_is("time left", tv.tv_sec >= 99);
	read(p[0], &c, 1);

	t_val("negative", sel(-1, &in, NULL, NULL, &tv));
	set(&in, 60, -1);
	t_val("not open", sel(61, &in, NULL, NULL, &tv));
	set(&in, 600, -1);
	tv = (struct timeval){0, 0};
	t_val("beyond the table", sel(601, &in, NULL, NULL, &tv));
	t_val("bad set", sel(3, T_BAD, NULL, NULL, &tv));
	t_val("bad time", sel(0, NULL, NULL, NULL, T_BAD));
	tv = (struct timeval){-1, 0};
	t_val("negative seconds", sel(0, NULL, NULL, NULL, &tv));
	tv = (struct timeval){0, -1};
	t_val("negative microseconds", sel(0, NULL, NULL, NULL, &tv));
	tv = (struct timeval){0, 1500000};
	set(&out, p[1], -1);
	t_val("many microseconds", sel(p[1] + 1, NULL, &out, NULL, &tv));
	t_is("are seconds", tv.tv_sec == 1);

	/* A closed peer: readable, also writable with an error. */
	pipe(q);
	close(q[0]);
	set(&in, p[0], -1);
	set(&out, q[1], -1);
	close(p[1]);
	t_val("peers gone", sel(q[1] + 1, &in, &out, NULL, NULL));
	t_is("readable", FD_ISSET(p[0], &in));
	t_is("writable", FD_ISSET(q[1], &out));
	pipe(p);

	struct sigaction sa = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	set(&in, p[0], -1);
	t_val("signal", sel(p[0] + 1, &in, NULL, NULL, NULL));
	t_is("set is as it was", FD_ISSET(p[0], &in));
	return 0;
}
