/* SPDX-License-Identifier: BSD-2-Clause */
/* pipe(fds): see pipe(2); pipe2.c has what a pipe does. Here: SIGPIPE, limits,
 * FIFOs, and pipes seen through /proc. */
#include "t.h"
#include <poll.h>
#include <pthread.h>
#include <sys/resource.h>

static volatile int pipes_broken;

static void on_pipe(int sig)
{
	pipes_broken++;
}

static void sigpipe(void)
{
	int p[2];

	signal(SIGPIPE, on_pipe);
	t_ret("pipe", pipe(p));
	close(p[0]);
	t_val("write", write(p[1], "x", 1));
	t_val("signals", pipes_broken);
	close(p[1]);
	t_val("bad pointer", syscall(SYS_pipe, T_BAD));
}

static void limits(void)
{
	struct rlimit r = {5, 5}, old;
	int p[2], q[2];

	getrlimit(RLIMIT_NOFILE, &old);
	r.rlim_max = old.rlim_max;
	setrlimit(RLIMIT_NOFILE, &r);
	t_ret("two left", pipe(p));
	t_ret("none left", pipe(q));
	close(p[1]);
	t_ret("one left", pipe(q));
	t_val("it is still free", dup(0));
	setrlimit(RLIMIT_NOFILE, &old);
	close(3);
	close(4);
}

static void *late_writer(void *arg)
{
	int fd = open("fifo", O_WRONLY);

	write(fd, "through", 7);
	close(fd);
	return NULL;
}

static void hup(const char *what, int fd)
{
	struct pollfd f = {fd, POLLIN | POLLOUT, 0};

	poll(&f, 1, 0);
	t_val(what, f.revents);
}

static void fifos(void)
{
	char b[16];
	pthread_t t;
	int r, w;

	t_ret("mkfifo", mkfifo("fifo", 0644));
	t_stat("fifo", "fifo");
	t_ret("writer alone, not waiting", open("fifo", O_WRONLY | O_NONBLOCK));
	r = open("fifo", O_RDONLY | O_NONBLOCK);
	t_ret("reader alone, not waiting", r);
	hup("no writer yet", r);
	t_val("read without a writer", read(r, b, 1));
	w = open("fifo", O_WRONLY | O_NONBLOCK);
	t_ret("writer", w);
	hup("writer", w);
	t_val("read, empty", read(r, b, 1));
	write(w, "abc", 3);
	close(w);
	hup("written and closed", r);
	t_val("read", read(r, b, sizeof(b)));
	hup("writer gone", r);
	t_val("end", read(r, b, 1));
	close(r);
	r = open("fifo", O_RDWR);
	t_ret("read and write", r);
	write(r, "self", 4);
	t_val("to itself", read(r, b, sizeof(b)));
	write(r, "lost", 4);
	close(r);
	pthread_create(&t, NULL, late_writer, NULL);
	r = open("fifo", O_RDONLY);
	t_ret("both wait", r);
	t_val("read", read(r, b, sizeof(b)));
	t_bytes("bytes", b, 7);
	pthread_join(t, NULL);
	t_val("end", read(r, b, 1));
	t_val("lseek", lseek(r, 0, SEEK_CUR));
	close(r);
	t_val("both modes", open("fifo", 3));
}

static void through_proc(void)
{
	char name[64], link[64];
	struct stat a, b;
	int p[2], q;
	ssize_t n;

	pipe(p);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", p[1]);
	n = readlink(name, link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	t_is("link says pipe:[", !strncmp(link, "pipe:[", 6));
	fstat(p[0], &a);
	stat(name, &b);
	t_is("one pipe", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	snprintf(name, sizeof(name), "pipe:[%lu]", (unsigned long)a.st_ino);
	t_is("its number", !strcmp(name, link));
	snprintf(name, sizeof(name), "/proc/self/fd/%d", p[0]);
	q = open(name, O_WRONLY);
	t_ret("opened once more", q);
	t_val("written there", write(q, "x", 1));
	t_val("read", read(p[0], name, 8));
	close(q);
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	sigpipe();
	limits();
	fifos();
	through_proc();
	return 0;
}
