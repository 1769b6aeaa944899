/* SPDX-License-Identifier: BSD-2-Clause */
/* mmap() of a file counts as an access: POSIX mmap(), st_atime. */
#include "t.h"

int main(void)
{
	struct timespec old[2] = {{1000, 0}, {2000, 0}};
	struct stat st;
	int fd = open("f", O_RDWR | O_CREAT, 0600);
	void *p;

	t_ret("size", ftruncate(fd, 4096));
	futimens(fd, old);
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	t_is("mapped", p != MAP_FAILED);
	fstat(fd, &st);
	t_is("access time is new", st.st_atime > 2000);
	t_val("change of contents", st.st_mtime);
	return 0;
}
