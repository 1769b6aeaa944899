/* SPDX-License-Identifier: BSD-2-Clause */
/* fadvise64(fd, off, n, advice): see posix_fadvise(2). */
#include "t.h"

int main(void)
{
	int fd, i, p[2];
	char name[20];

	t_file("f", "abc");
	fd = open("f", O_RDONLY);
	for (i = 0; i < 8; i++) {
		snprintf(name, sizeof(name), "advice %d", i);
		t_ret(name, syscall(SYS_fadvise64, fd, 0L, 0L, i));
	}
	t_ret("negative length", syscall(SYS_fadvise64, fd, 0L, -1L, 0));
	pipe(p);
	t_ret("pipe", syscall(SYS_fadvise64, p[0], 0L, 0L, 0));
	t_ret("closed", syscall(SYS_fadvise64, 99, 0L, 0L, 0));
	return 0;
}
