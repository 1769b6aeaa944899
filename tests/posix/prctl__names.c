/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of threads: prctl(2) PR_SET_NAME, pthread_setname_np(3) and
 * /proc/self/task/TID/comm, proc(5).  t: alone */
#include "t.h"
#include <pthread.h>
#include <sys/prctl.h>

static volatile int tid, told, done;
static char early[32];

static void path_of(char *path, int id, const char *file)
{
	sprintf(path, "/proc/self/task/%d/%s", id, file);
}

static void show(const char *what, int id)
{
	char path[64], buf[64] = "";
	int fd;
	long n;

	path_of(path, id, "comm");
	fd = open(path, O_RDONLY);
	n = read(fd, buf, sizeof(buf) - 1);
	if (n < 0)
		t_ret(what, -errno);
	else
		t_bytes(what, buf, n);
	close(fd);
}

static void write_name(const char *what, int id, const char *name)
{
	char path[64];
	int fd;

	path_of(path, id, "comm");
	fd = open(path, O_WRONLY);
	t_val(what, write(fd, name, strlen(name)));
	close(fd);
}

static void *other(void *arg)
{
	prctl(PR_GET_NAME, early);
	tid = gettid();
	while (!told)
		usleep(500);
	prctl(PR_SET_NAME, "second");
	told = 2;
	while (!done)
		usleep(500);
	return NULL;
}

static void status_name(int id)
{
	char path[64], line[64] = "";
	FILE *f;

	path_of(path, id, "status");
	f = fopen(path, "r");
	if (f && fgets(line, sizeof(line), f))
		t_str("in status", line);
	path_of(path, id, "stat");
	f = freopen(path, "r", f);
	if (f && fgets(line, sizeof(line), f) && strchr(line, ')')) {
		strchr(line, ')')[1] = '\0';
		t_str("in stat", strchr(line, '('));
	}
	if (f)
		fclose(f);
}

int main(void)
{
	char name[32] = "", path[64];
	pthread_t t;
	int ended;

	t_ret("set", prctl(PR_SET_NAME, "first"));
	show("my own", getpid());
	t_val("thread", pthread_create(&t, NULL, other, NULL));
	while (!tid)
		usleep(500);
	t_str("it begins with mine", early);
	show("  in /proc", tid);
	told = 1;
	while (told != 2)
		usleep(500);
	show("its own", tid);
	show("mine is another", getpid());
	status_name(tid);
	t_cat("the process has its leader's", "/proc/self/comm");
	write_name("give it a name", tid, "third");
	show("  it has that", tid);
	write_name("a line", tid, "with a line\nand more");
	show("  as it is", tid);
	write_name("empty", tid, "");
	show("  nothing changed", tid);
	write_name("15 bytes", tid, "123456789abcdef");
	show("  all of them", tid);
	write_name("16 bytes", tid, "123456789abcdefg");
	show("  but one", tid);
	t_say("pthread_setname_np: %d\n", pthread_setname_np(t, "by pthread"));
	show("  so", tid);
	t_say("too long: %s\n",
	      t_errno_name(pthread_setname_np(t, "123456789abcdefg")));
	t_say("pthread_getname_np: %d\n", pthread_getname_np(t, name, 16));
	t_str("  got", name);
	t_say("too little room: %s\n",
	      t_errno_name(pthread_getname_np(t, name, 15)));
	t_ret("set empty", prctl(PR_SET_NAME, ""));
	show("  mine", getpid());
	done = 1;
	ended = tid;
	pthread_join(t, NULL);
	usleep(20000);
	path_of(path, ended, "comm");
	t_ret("after its end", open(path, O_RDONLY) < 0 ? -errno : 0);
	return 0;
}
