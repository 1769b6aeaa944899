/* SPDX-License-Identifier: BSD-2-Clause */
/* mq_open(name, flags, mode, attr): see mq_open(2).  t: alone */
#include "mq.h"
#include <sys/resource.h>

static void show(const char *what, long q)
{
	struct stat st;

	t_ret(what, q);
	if (q < 0)
		return;
	mqa("  attributes", q);
	fstat(q, &st);
	t_say("  mode %o, size %ld, links %ld, owner %u:%u\n", st.st_mode,
	      (long)st.st_size, (long)st.st_nlink, st.st_uid, st.st_gid);
	t_say("  descriptor flags %d, file flags %o\n", fcntl(q, F_GETFD),
	      fcntl(q, F_GETFL) & (O_ACCMODE | O_NONBLOCK | O_CREAT | O_EXCL));
	close(q);
}

static void make(const char *what, long msgs, long size)
{
	long q = mqo("made", O_RDWR | O_CREAT, 0600, msgs, size);

	t_ret(what, q);
	close(q);
	syscall(SYS_mq_unlink, "made");
}

/* RLIMIT_MSGQUEUE is a user's, and other tests may run at the same time: so
 * this needs a user of its own. */
static void sizes(void)
{
	struct rlimit r, small;
	long q;

	mq_limit("msg_max", "65536");
	mq_limit("msgsize_max", "16777216");
	syscall(SYS_setresuid, 20000 + getpid() % 20000,
		20000 + getpid() % 20000, 0);

	make("no messages", -1, 10);
	make("no size", 1, 0);
	make("negative", 1, -1);
	make("more is allowed now", 100, 16);
	make("but not so many", 65537, 16);
	make("nor so large", 1, (16 << 20) + 1);
	make("beyond RLIMIT_MSGQUEUE", 65536, 1);
	make("one large one", 1, 800000);
	make("just too large", 1, 819200);

	/* The limit counts each message, each priority, and 48 bytes of
	 * Linux's for both. */
	getrlimit(RLIMIT_MSGQUEUE, &r);
	small = r;
	small.rlim_cur = 10 * (100 + 96);
	setrlimit(RLIMIT_MSGQUEUE, &small);
	make("just fits", 10, 100);
	make("one byte less", 10, 101);
	q = mqo("half", O_RDWR | O_CREAT, 0600, 5, 100);
	t_ret("half of it", q);
	syscall(SYS_mq_unlink, "half");
	make("unlinked is not gone", 6, 100);
	make("the other half", 5, 100);
	close(q);
	make("now it is", 6, 100);
	setrlimit(RLIMIT_MSGQUEUE, &r);

	syscall(SYS_setresuid, -1, 0, -1);
	mq_limit("msg_max", "10");
	mq_limit("msgsize_max", "8192");
	syscall(SYS_setresgid, 1000, 1000, 1000);
	syscall(SYS_setresuid, 1000, 1000, 1000);
	show("a user, root's", mqo("root's", O_RDONLY, 0, 0, 0));
	show("may read", mqo("read", O_RDONLY, 0, 0, 0));
	show("not write", mqo("read", O_WRONLY, 0, 0, 0));
	show("nor both", mqo("read", O_RDWR, 0, 0, 0));
	make("a user, 10 messages", 10, 8192);
	make("11", 11, 8192);
	make("longer ones", 10, 8193);
	q = mqo("own", O_RDWR | O_CREAT, 0, 0, 0);
	t_ret("mode 0 is for later", q);
	t_ret("when it is too late", mqo("own", O_RDONLY, 0, 0, 0));
	t_ret("unlink own", syscall(SYS_mq_unlink, "own"));
	t_ret("unlink root's", syscall(SYS_mq_unlink, "read"));
}

int main(void)
{
	struct rlimit r, small;
	char name[300];

	umask(022);
	show("not there", mqo("q", O_RDWR, 0, 0, 0));
	show("new", mqo("q", O_RDWR | O_CREAT, 0666, 0, 0));
	show("again", mqo("q", O_RDONLY | O_CREAT, 0, 7, 7));
	show("exclusive", mqo("q", O_RDWR | O_CREAT | O_EXCL, 0600, 0, 0));
	show("O_EXCL alone", mqo("q", O_WRONLY | O_EXCL | O_NONBLOCK, 0, 0, 0));
	show("access mode 3", mqo("q", 3, 0, 0, 0));
	show("new with mode 3", mqo("q3", 3 | O_CREAT, 0600, 0, 0));
	show("its own limits",
	     mqo("p", O_RDWR | O_CREAT | O_NONBLOCK | O_EXCL, 0640, 3, 100));
	show("set-user-ID", mqo("u", O_RDWR | O_CREAT, 07755, 3, 100));

	show("empty name", mqo("", O_RDWR | O_CREAT, 0600, 0, 0));
	show("slash", mqo("/q", O_RDWR, 0600, 0, 0));
	show("slash inside", mqo("a/b", O_RDWR | O_CREAT, 0600, 0, 0));
	show("dot", mqo(".", O_RDWR | O_CREAT, 0600, 0, 0));
	show("two dots", mqo("..", O_RDWR | O_CREAT, 0600, 0, 0));
	memset(name, 'n', sizeof(name));
	name[255] = 0;
	show("255 letters", mqo(name, O_RDWR | O_CREAT, 0600, 0, 0));
	t_ret("gone", syscall(SYS_mq_unlink, name));
	name[255] = 'n';
	name[256] = 0;
	show("256 letters", mqo(name, O_RDWR | O_CREAT, 0600, 0, 0));
	show("bad name", mqo(T_BAD, O_RDWR, 0600, 0, 0));
	t_ret("bad attributes", syscall(SYS_mq_open, "q", O_RDWR, 0600, T_BAD));

	close(mqo("root's", O_RDWR | O_CREAT, 0600, 0, 0));
	close(mqo("read", O_RDWR | O_CREAT, 0644, 0, 0));
	close(mqo("q", O_RDWR | O_CREAT, 0666, 0, 0));

	getrlimit(RLIMIT_NOFILE, &r);
	small = r;
	small.rlim_cur = 3;
	setrlimit(RLIMIT_NOFILE, &small);
	show("no descriptor", mqo("none", O_RDWR | O_CREAT, 0600, 0, 0));
	t_ret("nor a queue", syscall(SYS_mq_unlink, "none"));
	setrlimit(RLIMIT_NOFILE, &r);

	sizes();
	return 0;
}
