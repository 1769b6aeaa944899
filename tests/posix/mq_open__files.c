/* SPDX-License-Identifier: BSD-2-Clause */
/* Queues are files of the filesystem "mqueue": mq_overview(7).  t: alone */
#include "mq.h"
#include <dirent.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/mount.h>
#include <sys/select.h>
#include <sys/statfs.h>

static long q;

static void polled(const char *what, int e)
{
	struct pollfd p = {q, POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM, 0};
	struct timeval tv = {0, 0};
	struct epoll_event ev[2] = {{0}};
	fd_set r, w;
	int n;

	poll(&p, 1, 0);
	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_SET(q, &r);
	FD_SET(q, &w);
	select(q + 1, &r, &w, NULL, &tv);
	n = epoll_wait(e, ev, 2, 0);
	t_say("%s: poll %x, select %d%d, epoll %d %x\n", what, p.revents,
	      !!FD_ISSET(q, &r), !!FD_ISSET(q, &w), n, n ? ev[0].events : 0);
}

static void *later(void *arg)
{
	char buf[100];

	usleep(50000);
	if (arg)
		mqs(q, "late", 1);
	else
		syscall(SYS_mq_timedreceive, q, buf, 100, NULL, NULL);
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void list(const char *dir)
{
	char name[20][300];
	struct dirent *e;
	int n = 0;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d)))
		snprintf(name[n++], 300, "%s type %d", e->d_name, e->d_type);
	closedir(d);
	qsort(name, n, 300, by_name);
	for (int i = 0; i < n; i++)
		t_say("  %s\n", name[i]);
}

int main(void)
{
	struct epoll_event ev = {EPOLLIN | EPOLLOUT, {0}};
	int e = epoll_create1(0), fd;
	struct pollfd p;
	struct statfs fs;
	char buf[200];
	pthread_t th;
	ssize_t n;
	long r;

	q = mqo("q", O_RDWR | O_CREAT, 0600, 2, 100);
	epoll_ctl(e, EPOLL_CTL_ADD, q, &ev);
	polled("empty", e);
	mqs(q, "x", 1);
	polled("one", e);
	mqs(q, "yy", 1);
	polled("full", e);
	n = pread(q, buf, sizeof(buf), 0);
	t_bytes("text", buf, n);
	t_val("at its end", pread(q, buf, 10, n));
	t_val("part of it", pread(q, buf, 6, n - 6));
	t_ret("write", write(q, "x", 1));
	t_val("seek", lseek(q, 5, SEEK_SET));
	t_val("to the end", lseek(q, 0, SEEK_END));
	t_ret("mmap", (long)mmap(NULL, 10, PROT_READ, MAP_SHARED, q, 0));
	t_ret("truncate", ftruncate(q, 0));
	snprintf(buf, sizeof(buf), "/proc/self/fd/%ld", q);
	n = readlink(buf, buf + 100, 100);
	t_bytes("link", buf + 100, n);
	t_ret("fstatfs", fstatfs(q, &fs));
	t_say("type %lx, blocks of %ld, names of %ld\n", (long)fs.f_type,
	      (long)fs.f_bsize, (long)fs.f_namelen);

	p = (struct pollfd){q, POLLOUT, 0};
	pthread_create(&th, NULL, later, NULL);
	t_val("wait for room", poll(&p, 1, 10000));
	pthread_join(th, NULL);
	mqr("other", q);
	p.events = POLLIN;
	pthread_create(&th, NULL, later, "");
	t_val("wait for a message", poll(&p, 1, 10000));
	pthread_join(th, NULL);
	mqr("it", q);

	mkdir("m", 0755);
	t_ret("mount", mount("none", "m", "mqueue", 0, NULL));
	t_stat("directory", "m");
	t_stat("queue", "m/q");
	r = mqo("another", O_RDWR | O_CREAT, 0640, 1, 1);
	close(r);
	list("m");
	fd = open("m/q", O_RDWR);
	t_ret("open", fd);
	t_ret("send to it", mqs(fd, "by its file", 3));
	t_cat("read", "m/q");
	mqr("from the queue", q);
	close(fd);
	fd = open("m/third", O_RDWR | O_CREAT, 0600);
	t_ret("create", fd);
	mqa("default", fd);
	close(fd);
	t_ret("unlink", unlink("m/third"));
	t_ret("gone", mqo("third", O_RDWR, 0, 0, 0));
	t_ret("mkdir", mkdir("m/d", 0700));
	t_ret("rename", rename("m/q", "m/p"));
	t_ret("link", link("m/q", "m/p"));
	t_ret("symlink", symlink("x", "m/p"));
	t_ret("chmod", chmod("m/q", 0444));
	t_stat("queue", "m/q");
	t_ret("chown", chown("m/another", 1000, 1000));
	t_ret("mq_unlink", syscall(SYS_mq_unlink, "another"));
	list("m");
	mkdir("n", 0755);
	t_ret("mount again", mount("none", "n", "mqueue", 0, NULL));
	list("n");
	t_ret("umount", umount("m"));
	t_ret("still there", mqo("q", O_RDONLY, 0, 0, 0));
	t_ret("umount", umount("n"));
	close(q);
	syscall(SYS_mq_unlink, "q");
	return 0;
}
