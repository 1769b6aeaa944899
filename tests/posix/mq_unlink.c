/* SPDX-License-Identifier: BSD-2-Clause */
/* mq_unlink(name): see mq_unlink(2). */
#include "mq.h"

int main(void)
{
	char name[300];
	struct stat st;
	long q, r;

	t_ret("not there", syscall(SYS_mq_unlink, "q"));
	t_ret("empty", syscall(SYS_mq_unlink, ""));
	t_ret("slash", syscall(SYS_mq_unlink, "a/b"));
	t_ret("dot", syscall(SYS_mq_unlink, "."));
	t_ret("bad pointer", syscall(SYS_mq_unlink, T_BAD));
	memset(name, 'n', sizeof(name));
	name[256] = 0;
	t_ret("too long", syscall(SYS_mq_unlink, name));

	q = mqo("q", O_RDWR | O_CREAT, 0600, 4, 10);
	t_ret("send", mqs(q, "text", 5));
	t_ret("unlink", syscall(SYS_mq_unlink, "q"));
	t_ret("twice", syscall(SYS_mq_unlink, "q"));
	t_ret("open", mqo("q", O_RDWR, 0, 0, 0));
	fstat(q, &st);
	t_val("links", st.st_nlink);
	r = mqo("q", O_RDWR | O_CREAT | O_EXCL, 0600, 2, 10);
	t_ret("another of that name", r);
	mqa("the old one", q);
	mqa("the new one", r);
	mqr("from the old one", q);
	close(q);
	close(r);
	t_ret("unlink the new one", syscall(SYS_mq_unlink, "q"));
	return 0;
}
