/* SPDX-License-Identifier: BSD-2-Clause */
/* close(fd): see close(2). */
#include "t.h"

int main(void)
{
	int fd = open("/", O_RDONLY), p[2];

	t_ret("open", close(fd));
	t_ret("twice", close(fd));
	t_ret("minus one", close(-1));
	t_ret("far", close(1 << 30));
	pipe(p);
	fd = dup(p[1]);
	t_ret("one of two", close(p[1]));
	t_val("the other still works", write(fd, "x", 1));
	return 0;
}
