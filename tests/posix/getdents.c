/* SPDX-License-Identifier: BSD-2-Clause */
/* getdents(fd, buf, n): the form without a type in front; see getdents(2). */
#include "t.h"

int main(void)
{
	static char buf[4096];
	int fd, n = 0, dots = 0;
	long got, at;

	t_file("f", "");
	fd = open(".", O_RDONLY);
	got = syscall(SYS_getdents, fd, buf, sizeof(buf));
	for (at = 0; at < got; n++) {
		unsigned short len;

		memcpy(&len, buf + at + 16, 2);
		/* The type is the last byte of the record. */
		if (buf[at + 18] == '.')
			dots++;
		else
			t_say("%s type %d\n", buf + at + 18, buf[at + len - 1]);
		at += len;
	}
	t_val("entries", n);
	t_val("of which dots", dots);
	t_val("end", syscall(SYS_getdents, fd, buf, sizeof(buf)));
	t_val("closed", syscall(SYS_getdents, 99, buf, sizeof(buf)));
	return 0;
}
