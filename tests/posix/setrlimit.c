/* SPDX-License-Identifier: BSD-2-Clause */
/* setrlimit(): see getrlimit(2).  t: alone */
#include "t.h"
#include <sys/resource.h>

static void set(const char *name, int what, rlim_t cur, rlim_t max)
{
	struct rlimit r = {cur, max};

	t_ret(name, syscall(SYS_setrlimit, what, &r));
	syscall(SYS_getrlimit, what, &r);
	t_say("  %ld %ld\n", (long)r.rlim_cur, (long)r.rlim_max);
}

int main(void)
{
	int fd;

	set("files", RLIMIT_NOFILE, 20, 100);
	set("soft above hard", RLIMIT_NOFILE, 101, 100);
	set("lower", RLIMIT_NOFILE, 5, 90);
	open("/dev/null", O_RDONLY);
	open("/dev/null", O_RDONLY);
	fd = open("/dev/null", O_RDONLY);
	t_ret("the sixth descriptor", fd);
	set("above the kernel's bound", RLIMIT_NOFILE, 5, 1UL << 40);
	t_ret("no such limit", syscall(SYS_setrlimit, 16, T_BAD));
	t_ret("bad pointer", syscall(SYS_setrlimit, 0, T_BAD));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	set("a user raises", RLIMIT_NOFILE, 6, 300);
	set("a user lowers", RLIMIT_NOFILE, 6, 6);
	return 0;
}
