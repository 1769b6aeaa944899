/* SPDX-License-Identifier: BSD-2-Clause */
/* lseek(fd, off, whence): see lseek(2). */
#include "t.h"

int main(void)
{
	int fd, p[2];
	char c;

	t_file("f", "0123456789");
	fd = open("f", O_RDWR);
	t_val("begin", lseek(fd, 0, SEEK_CUR));
	t_val("set", lseek(fd, 3, SEEK_SET));
	read(fd, &c, 1);
	t_bytes("reads there", &c, 1);
	t_val("cur", lseek(fd, -2, SEEK_CUR));
	t_val("end", lseek(fd, -1, SEEK_END));
	t_val("behind the end", lseek(fd, 100, SEEK_END));
	t_ret("write there", write(fd, "x", 1));
	t_stat("file", "f");
	t_val("far", lseek(fd, 1LL << 40, SEEK_SET));
	t_val("negative", lseek(fd, -1, SEEK_SET));
	t_val("before the start", lseek(fd, -112, SEEK_END));
	t_val("position is unchanged", lseek(fd, 0, SEEK_CUR));
	t_val("overflow", lseek(fd, INT64_MAX, SEEK_END));
	t_val("whence", lseek(fd, 0, 99));
	t_val("closed", lseek(99, 0, SEEK_SET));
	t_val("whence of a closed one", lseek(99, 0, 99));
	pipe(p);
	t_val("pipe", lseek(p[0], 0, SEEK_CUR));

	/* Data and holes: a page of data behind a hole of 64 KB. */
	ftruncate(fd, 0);
	pwrite(fd, "data", 4, 65536);
	ftruncate(fd, 131072);
	t_val("data from 0", lseek(fd, 0, SEEK_DATA));
	t_val("hole from 0", lseek(fd, 0, SEEK_HOLE));
	t_val("hole from data", lseek(fd, 65536, SEEK_HOLE));
	t_val("data in data", lseek(fd, 65540, SEEK_DATA));
	t_val("no more data", lseek(fd, 70000, SEEK_DATA));
	t_val("data at the end", lseek(fd, 131072, SEEK_DATA));
	t_val("hole behind the end", lseek(fd, 131073, SEEK_HOLE));
	return 0;
}
