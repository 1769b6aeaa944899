/* SPDX-License-Identifier: BSD-2-Clause */
/* fcntl(fd, F_SETLK ...): record locks, see fcntl(2). Locks of open files
 * (F_OFD_SETLK) show in one process what locks of processes keep out. */
#include "t.h"
#include <pthread.h>

static int a, b, c;
static volatile int released;

static long lock(int fd, int cmd, int type, off_t start, off_t len)
{
	struct flock fl = {
		.l_type = type,
		.l_whence = SEEK_SET,
		.l_start = start,
		.l_len = len,
	};

	return fcntl(fd, cmd, &fl);
}

/* What keeps fd from a write lock on these bytes. */
static void who(const char *what, int fd, off_t start, off_t len)
{
	struct flock fl = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = start,
		.l_len = len,
	};

	if (fcntl(fd, F_OFD_GETLK, &fl))
		t_ret(what, -1);
	else if (fl.l_type == F_UNLCK)
		t_say("%s: free\n", what);
	else
		t_say("%s: %s %ld+%ld whence %d %s\n", what,
		      fl.l_type == F_RDLCK ? "read" : "write", (long)fl.l_start,
		      (long)fl.l_len, fl.l_whence,
		      fl.l_pid == getpid() ? "process"
		      : fl.l_pid == -1	   ? "open file"
					   : "?");
}

/* The list of what fd's owner has, found by probing from another open file. */
static void map(const char *what, int fd)
{
	char line[41];

	for (int i = 0; i < 40; i++) {
		struct flock fl = {.l_type = F_RDLCK, .l_start = i, .l_len = 1};

		fcntl(fd, F_OFD_GETLK, &fl);
		line[i] = 'W';
		if (fl.l_type != F_UNLCK)
			continue;
		fl = (struct flock){
			.l_type = F_WRLCK, .l_start = i, .l_len = 1};
		fcntl(fd, F_OFD_GETLK, &fl);
		line[i] = fl.l_type == F_UNLCK ? '.' : 'r';
	}
	line[40] = '\0';
	t_say("%-10s %s\n", what, line);
}

static void ranges(void)
{
	lock(a, F_SETLK, F_WRLCK, 10, 10);
	map("10+10", b);
	lock(a, F_SETLK, F_RDLCK, 13, 3);
	map("read 13+3", b);
	lock(a, F_SETLK, F_UNLCK, 14, 1);
	map("free 14", b);
	lock(a, F_SETLK, F_WRLCK, 20, 5);
	map("20+5", b);
	who("joined", b, 18, 1);
	lock(a, F_SETLK, F_RDLCK, 5, 9);
	map("read 5+9", b);
	lock(a, F_SETLK, F_WRLCK, 0, 40);
	map("all", b);
	lock(a, F_SETLK, F_UNLCK, 3, 30);
	map("free 3+30", b);
	lock(a, F_SETLK, F_RDLCK, 30, 0);
	map("read 30+", b);
	who("to the end", b, 1000000, 1);
	lock(a, F_SETLK, F_UNLCK, 0, 0);
	map("nothing", b);
	lock(a, F_SETLK, F_WRLCK, 20, -5);
	map("20-5", b);
	lock(a, F_SETLK, F_UNLCK, 0, 0);
}

static void whence(void)
{
	struct flock fl = {.l_type = F_WRLCK,
			   .l_whence = SEEK_END,
			   .l_start = -4,
			   .l_len = 2};

	t_ret("from the end", fcntl(a, F_SETLK, &fl));
	who("it is", b, 0, 0);
	lseek(a, 3, SEEK_SET);
	fl = (struct flock){.l_type = F_RDLCK,
			    .l_whence = SEEK_CUR,
			    .l_start = 2,
			    .l_len = 1};
	t_ret("from here", fcntl(a, F_SETLK, &fl));
	map("both", b);
	fl.l_whence = 3;
	t_ret("whence", fcntl(a, F_SETLK, &fl));
	t_ret("type", lock(a, F_SETLK, 77, 0, 1));
	t_ret("negative", lock(a, F_SETLK, F_RDLCK, -1, 1));
	t_ret("negative length", lock(a, F_SETLK, F_RDLCK, 3, -4));
	t_ret("the last byte", lock(a, F_SETLK, F_RDLCK, INT64_MAX, 1));
	t_ret("beyond it", lock(a, F_SETLK, F_RDLCK, INT64_MAX, 2));
	t_ret("bad pointer", fcntl(a, F_SETLK, T_BAD));
	t_ret("closed", lock(99, F_SETLK, F_RDLCK, 0, 1));
	t_ret("GETLK of nothing", lock(a, F_GETLK, F_UNLCK, 0, 1));
	lock(a, F_SETLK, F_UNLCK, 0, 0);
}

static void owners(void)
{
	struct flock fl = {.l_type = F_WRLCK, .l_pid = 5};
	int d;

	t_ret("process", lock(a, F_SETLK, F_WRLCK, 0, 10));
	t_ret("same process", lock(b, F_SETLK, F_WRLCK, 5, 10));
	t_ret("open file", lock(b, F_OFD_SETLK, F_RDLCK, 0, 1));
	who("held by", b, 0, 1);
	close(open("f", O_RDONLY)); /* takes all locks of the process along */
	who("after a close", b, 0, 0);
	t_ret("open file", lock(b, F_OFD_SETLK, F_WRLCK, 0, 10));
	t_ret("another", lock(c, F_OFD_SETLK, F_RDLCK, 9, 1));
	t_ret("another, beside", lock(c, F_OFD_SETLK, F_RDLCK, 10, 1));
	t_ret("process", lock(a, F_SETLK, F_RDLCK, 0, 1));
	fl.l_len = 1;
	fl.l_pid = 0;
	t_ret("GETLK", fcntl(a, F_GETLK, &fl));
	t_val("type", fl.l_type);
	t_val("pid", fl.l_pid);
	d = dup(b);
	close(b);
	t_ret("a duplicate keeps it", lock(c, F_OFD_SETLK, F_RDLCK, 9, 1));
	close(d);
	t_ret("the last close frees it", lock(c, F_OFD_SETLK, F_RDLCK, 9, 1));
	fl = (struct flock){.l_type = F_WRLCK, .l_pid = 5};
	t_ret("l_pid", fcntl(c, F_OFD_SETLK, &fl));
	b = open("f", O_RDONLY);
	t_ret("write lock to read", lock(b, F_OFD_SETLK, F_WRLCK, 50, 1));
	t_ret("read lock to read", lock(b, F_OFD_SETLK, F_RDLCK, 50, 1));
	close(b);
	b = open("f", O_WRONLY);
	t_ret("read lock to write", lock(b, F_SETLK, F_RDLCK, 50, 1));
	close(b);
	b = open("f", O_RDWR);
	lock(c, F_OFD_SETLK, F_UNLCK, 0, 0);
	lock(a, F_SETLK, F_UNLCK, 0, 0);
}

static void *unlocker(void *arg)
{
	usleep(20000);
	released = 1;
	lock(a, F_OFD_SETLK, F_UNLCK, 5, 1);
	return NULL;
}

static void on_alarm(int sig)
{
}

static void waiting(void)
{
	struct sigaction sa = {.sa_handler = on_alarm};
	pthread_t th;

	lock(a, F_OFD_SETLK, F_WRLCK, 0, 10);
	pthread_create(&th, NULL, unlocker, NULL);
	t_ret("wait", lock(b, F_OFD_SETLKW, F_WRLCK, 5, 1));
	t_is("until it was free", released);
	pthread_join(th, NULL);
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 0);
	t_ret("signal", lock(b, F_OFD_SETLKW, F_WRLCK, 6, 1));
	ualarm(20000, 0);
	t_ret("signal", lock(b, F_SETLKW, F_WRLCK, 6, 1));
}

int main(void)
{
	t_file("f", "0123456789");
	a = open("f", O_RDWR);
	b = open("f", O_RDWR);
	c = open("f", O_RDWR);
	ranges();
	whence();
	owners();
	waiting();
	return 0;
}
