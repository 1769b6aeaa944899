/* SPDX-License-Identifier: BSD-2-Clause */
/* /proc/sys/fs/mqueue: see mq_overview(7).  t: alone */
#include "mq.h"

#define DIR "/proc/sys/fs/mqueue/"

static void set(const char *name, const char *value)
{
	char path[100], got[100];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), DIR "%s", name);
	fd = open(path, O_RDWR | O_TRUNC);
	n = write(fd, value, strlen(value));
	t_say("%s = \"%s\": %s", name, value,
	      n < 0 ? t_errno_name(errno) : "ok");
	n = pread(fd, got, sizeof(got) - 1, 0);
	got[n > 0 ? n : 0] = 0;
	t_say(", then %s", got);
	close(fd);
}

static void show(const char *what)
{
	long q = mqo("q", O_RDWR | O_CREAT, 0600, 0, 0);

	if (q < 0)
		t_ret(what, q);
	else
		mqa(what, q);
	close(q);
	syscall(SYS_mq_unlink, "q");
}

int main(void)
{
	static const char *const names[] = {"msg_default", "msg_max",
					    "msgsize_default", "msgsize_max",
					    "queues_max"};
	char path[100], name[20];
	long q;

	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), DIR "%s", names[i]);
		t_cat(names[i], path);
		t_stat(names[i], path);
	}
	show("default");
	set("msg_max", "100");
	show("a larger maximum");
	set("msg_default", "50\n");
	set("msgsize_default", "  1000");
	show("other defaults");
	set("msg_max", "5");
	show("the maximum is stronger");
	q = mqo("q", O_RDWR | O_CREAT, 0600, 5, 10);
	t_ret("as many", q);
	close(q);
	syscall(SYS_mq_unlink, "q");
	set("msg_max", "0");
	set("msg_max", "65536");
	set("msg_max", "65537");
	set("msgsize_max", "127");
	set("msgsize_max", "128");
	set("msgsize_max", "16777216");
	set("msgsize_max", "16777217");
	set("msg_max", "x");
	set("msg_max", "-1");
	set("msg_max", "12 13");
	set("msg_max", "10");
	set("queues_max", "3");
	syscall(SYS_setresgid, 1000, 1000, 1000);
	syscall(SYS_setresuid, 1000, 1000, 1000);
	for (int i = 0; i < 5; i++) {
		snprintf(name, sizeof(name), "q%d", i);
		q = mqo(name, O_RDWR | O_CREAT, 0600, 1, 128);
		t_ret(name, q);
		if (q >= 0)
			close(q);
	}
	t_ret("a user may not write", open(DIR "msg_max", O_WRONLY));
	t_ret("but read", open(DIR "msg_max", O_RDONLY));
	return 0;
}
