/* SPDX-License-Identifier: BSD-2-Clause */
/* memfd_create(name, flags): see memfd_create(2). */
#include "t.h"

#ifndef F_ADD_SEALS
#define F_ADD_SEALS 1033
#define F_GET_SEALS 1034
#endif

int main(void)
{
	char name[260], *m;
	struct stat st;
	int fd, fd2;

	fd = memfd_create("test", 0);
	t_ret("make", fd);
	t_val("write", write(fd, "hello", 5));
	t_val("close-on-exec", fcntl(fd, F_GETFD));
	t_val("seals", fcntl(fd, F_GET_SEALS));
	t_val("cannot be sealed", fcntl(fd, F_ADD_SEALS, 2));
	fstat(fd, &st);
	t_val("size", st.st_size);
	t_val("links", st.st_nlink);
	t_val("mode", st.st_mode);
	fd2 = memfd_create("test", 3);
	t_ret("the same name, sealable", fd2);
	t_val("close-on-exec", fcntl(fd2, F_GETFD));
	t_val("seals", fcntl(fd2, F_GET_SEALS));
	ftruncate(fd2, 4096);
	t_ret("seal against shrinking", fcntl(fd2, F_ADD_SEALS, 2));
	t_ret("shrink", ftruncate(fd2, 10));
	t_ret("grow", ftruncate(fd2, 8192));
	t_ret("seal against growing", fcntl(fd2, F_ADD_SEALS, 4));
	t_ret("grow", ftruncate(fd2, 9000));
	t_ret("write behind the end", pwrite(fd2, "x", 1, 8192));
	t_ret("write", pwrite(fd2, "x", 1, 0));
	m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd2, 0);
	t_ret("seal against writing while mapped", fcntl(fd2, F_ADD_SEALS, 8));
	munmap(m, 4096);
	t_ret("seal against writing", fcntl(fd2, F_ADD_SEALS, 8));
	t_ret("write", pwrite(fd2, "x", 1, 0));
	m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd2, 0);
	t_is("cannot be mapped for writing", m == MAP_FAILED && errno == EPERM);
	t_ret("seal the seals", fcntl(fd2, F_ADD_SEALS, 1));
	t_ret("no more", fcntl(fd2, F_ADD_SEALS, 8));
	t_val("seals", fcntl(fd2, F_GET_SEALS));
	memset(name, 'n', sizeof(name));
	name[249] = 0;
	t_ret("long name", memfd_create(name, 0));
	name[249] = 'n';
	name[250] = 0;
	t_ret("too long a name", memfd_create(name, 0));
	t_ret("flag", memfd_create("x", 0x4000));
	t_ret("bad address", memfd_create(T_BAD, 0));
	return 0;
}
