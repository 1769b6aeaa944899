/* SPDX-License-Identifier: BSD-2-Clause */
/* munmap(addr, length): see munmap(2). */
#include "mem.h"

int main(void)
{
	char *p = mmap(NULL, 10 * PG, RW, ANON, -1, 0);

	fill(p, 10);
	t_val("a hole", munmap(p + 3 * PG, 2 * PG));
	say_bytes("a hole", p, 10);
	say_touch("in the hole", p + 3 * PG, 1);
	t_val("again", munmap(p + 3 * PG, 2 * PG));
	t_val("over the hole's end", munmap(p + 4 * PG, 2 * PG));
	say_bytes("over the hole's end", p, 10);
	t_val("length is rounded up", munmap(p + 8 * PG, 1));
	say_bytes("length is rounded up", p, 10);
	say_ptr("fill the hole",
		mmap(p + 3 * PG, PG, RW, ANON | MAP_FIXED, -1, 0));
	say_bytes("with zeroes", p, 10);
	t_val("all of it", munmap(p, 10 * PG));
	say_map("nothing left", p, 10);
	t_val("nothing there", munmap(p, 10 * PG));

	t_val("unaligned", munmap(p + 1, PG));
	t_val("length 0", munmap(p, 0));
	t_val("length wraps", munmap(p, -1UL));
	t_val("too high", munmap((void *)-PG, PG));

	/* Many holes, then all at once. */
	p = mmap(NULL, 60 * PG, RW, ANON, -1, 0);
	for (int i = 1; i < 60; i += 2)
		munmap(p + i * PG, PG);
	say_map("every other page", p, 60);
	t_val("the rest", munmap(p, 60 * PG));
	say_map("the rest", p, 60);

	/* A file's pages: what was written stays in the file. */
	int fd = open("f", O_RDWR | O_CREAT, 0600);

	ftruncate(fd, 3 * PG);
	p = mmap(NULL, 3 * PG, RW, MAP_SHARED, fd, 0);
	p[PG] = 'x';
	t_val("of a file", munmap(p, 2 * PG));
	say_map("the last page is left", p, 3);
	char c = 0;

	pread(fd, &c, 1, PG);
	t_bytes("in the file", &c, 1);
	munmap(p, 3 * PG);
	return 0;
}
