/* SPDX-License-Identifier: BSD-2-Clause */
/* process_madvise(): see process_madvise(2). */
#include "t.h"
#include <sys/uio.h>

#define TRY(what, ...) t_val(what, syscall(SYS_process_madvise, __VA_ARGS__))

int main(void)
{
	int fd = syscall(SYS_pidfd_open, getpid(), 0);
	char *p = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec v[2] = {{p, 4096}, {p + 4096, 8192}};

	TRY("cold", fd, v, 1UL, MADV_COLD, 0);
	TRY("two ranges", fd, v, 2UL, MADV_WILLNEED, 0);
	TRY("none", fd, v, 0UL, MADV_COLD, 0);
	TRY("unknown advice", fd, v, 1UL, 99, 0);
	TRY("flags", fd, v, 1UL, MADV_COLD, 1);
	TRY("no pidfd", 0, v, 1UL, MADV_COLD, 0);
	TRY("bad vector", fd, T_BAD, 1UL, MADV_COLD, 0);
	munmap(p, 4096);
	TRY("not mapped", fd, v, 1UL, MADV_COLD, 0);
	v[0].iov_base = p + 4097;
	TRY("not aligned", fd, v, 1UL, MADV_COLD, 0);
	return 0;
}
