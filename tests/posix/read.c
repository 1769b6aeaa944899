/* SPDX-License-Identifier: BSD-2-Clause */
/* read(fd, buf, n): see read(2). */
#include "t.h"

int main(void)
{
	char buf[100] = "";
	int fd, p[2];

	t_file("f", "hello");
	fd = open("f", O_RDONLY);
	t_val("part", read(fd, buf, 3));
	t_str("got", buf);
	t_val("rest", read(fd, buf, sizeof(buf)));
	t_bytes("got", buf, 2);
	t_val("end", read(fd, buf, sizeof(buf)));
	t_val("nothing", read(fd, buf, 0));
	lseek(fd, 0, SEEK_SET);
	t_val("bad address", read(fd, T_BAD, 3));
	t_val("position after it", lseek(fd, 0, SEEK_CUR));
	t_val("no bytes to a bad address", read(fd, T_BAD, 0));
	close(fd);
	t_val("closed", read(fd, buf, 1));
	t_val("minus one", read(-1, buf, 1));
	fd = open("f", O_WRONLY);
	t_val("write only", read(fd, buf, 1));
	close(fd);
	fd = open(".", O_RDONLY);
	t_val("directory", read(fd, buf, 1));
	close(fd);
	fd = open("f", O_PATH);
	t_val("O_PATH", read(fd, buf, 1));
	close(fd);
	pipe2(p, O_NONBLOCK);
	t_val("empty pipe", read(p[0], buf, 1));
	t_val("wrong end", read(p[1], buf, 1));
	write(p[1], "abc", 3);
	t_val("pipe", read(p[0], buf, sizeof(buf)));
	close(p[1]);
	t_val("no writer", read(p[0], buf, 1));

	/* Half of the buffer is there, the other is not. */
	{
		char *m = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		munmap(m + 4096, 4096);
		fd = open("f", O_RDONLY);
		t_val("up to the edge", read(fd, m + 4096 - 5, 5));
		lseek(fd, 0, SEEK_SET);
		t_val("over the edge", read(fd, m + 4096 - 3, 5));
	}
	return 0;
}
