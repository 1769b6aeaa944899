/* SPDX-License-Identifier: BSD-2-Clause */
/* mremap(old, old_size, new_size, flags, new): see mremap(2). */
#include "mem.h"
#include <sys/resource.h>

int main(void)
{
	char *p, *q, *r;
	struct rlimit old, lim;
	int fd;

	/* In place. */
	r = room(10);
	p = mmap(r, 4 * PG, RW, ANON | MAP_FIXED, -1, 0);
	fill(p, 4);
	t_is("shrinks in place", mremap(p, 4 * PG, 2 * PG, 0) == p);
	say_bytes("shrinks in place", p, 4);
	t_is("grows in place", mremap(p, 2 * PG, 5 * PG, 0) == p);
	say_bytes("grows in place", p, 6);
	t_is("same size", mremap(p, 5 * PG, 5 * PG, 0) == p);
	t_is("sizes are rounded", mremap(p, 4 * PG + 1, 4 * PG + 5, 0) == p);

	/* Something in the way. */
	mmap(p + 5 * PG, PG, RW, ANON | MAP_FIXED, -1, 0);
	mprotect(p + 5 * PG, PG, PROT_READ);
	say_ptr("no room", mremap(p, 5 * PG, 8 * PG, 0));
	q = say_ptr("may move", mremap(p, 5 * PG, 8 * PG, MREMAP_MAYMOVE));
	t_is("moved", q != p);
	say_bytes("moved", q, 8);
	say_map("gone from there", p, 6);
	munmap(p, 6 * PG);

	/* Part of a mapping. */
	fill(q, 8);
	p = say_ptr("from the middle",
		    mremap(q + 2 * PG, 2 * PG, 20 * PG, MREMAP_MAYMOVE));
	say_bytes("from the middle", p, 20);
	say_bytes("around it", q, 8);
	munmap(p, 20 * PG);
	munmap(q, 8 * PG);

	/* To a given place. */
	r = room(10);
	p = mmap(NULL, 3 * PG, RW, ANON, -1, 0);
	fill(p, 3);
	mmap(r, 10 * PG, RW, ANON | MAP_FIXED, -1, 0);
	fill(r, 10);
	t_is("fixed", mremap(p, 3 * PG, 3 * PG, MREMAP_MAYMOVE | MREMAP_FIXED,
			     r + 5 * PG) == r + 5 * PG);
	say_bytes("fixed", r, 10);
	t_is("fixed, shrinking",
	     mremap(r + 5 * PG, 3 * PG, PG, MREMAP_MAYMOVE | MREMAP_FIXED,
		    r + PG) == r + PG);
	say_bytes("fixed, shrinking", r, 10);
	t_is("fixed, growing",
	     mremap(r, PG, 3 * PG, MREMAP_MAYMOVE | MREMAP_FIXED, r + 5 * PG) ==
		     r + 5 * PG);
	say_bytes("fixed, growing", r, 10);
	say_ptr("overlapping",
		mremap(r + 5 * PG, 2 * PG, 2 * PG,
		       MREMAP_MAYMOVE | MREMAP_FIXED, r + 6 * PG));
	say_ptr("overlapping, backward",
		mremap(r + 5 * PG, 2 * PG, 2 * PG,
		       MREMAP_MAYMOVE | MREMAP_FIXED, r + 4 * PG));
	say_ptr("target unaligned",
		mremap(r + 5 * PG, PG, PG, MREMAP_MAYMOVE | MREMAP_FIXED,
		       r + 1));
	say_ptr("target too high",
		mremap(r + 5 * PG, PG, PG, MREMAP_MAYMOVE | MREMAP_FIXED,
		       (void *)-PG));
	munmap(r, 10 * PG);

	/* The old place stays, empty. */
	p = mmap(NULL, 3 * PG, RW, ANON, -1, 0);
	fill(p, 3);
	q = say_ptr("dontunmap",
		    mremap(p, 3 * PG, 3 * PG, MREMAP_MAYMOVE | MREMAP_DONTUNMAP,
			   NULL));
	say_bytes("new", q, 3);
	say_bytes("old", p, 3);
	munmap(q, 3 * PG);
	munmap(p, 3 * PG);

	/* Access moves along. */
	p = mmap(NULL, 2 * PG, RW, ANON, -1, 0);
	fill(p, 2);
	mprotect(p, 2 * PG, PROT_READ);
	q = mremap(p, 2 * PG, 50 * PG, MREMAP_MAYMOVE);
	say_map("read only", q, 3);
	mprotect(q, 50 * PG, PROT_NONE);
	p = mremap(q, 50 * PG, PG, MREMAP_MAYMOVE);
	say_touch("no access", p, 0);
	mprotect(p, PG, RW);
	say_bytes("contents", p, 1);
	munmap(p, PG);

	/* Files. */
	fd = open("f", O_RDWR | O_CREAT, 0600);
	for (int i = 0; i < 8; i++)
		pwrite(fd, &"ABCDEFGH"[i], 1, i * PG);
	p = mmap(NULL, 3 * PG, RW, MAP_SHARED, fd, PG);
	q = mremap(p + PG, 2 * PG, 6 * PG, MREMAP_MAYMOVE);
	say_bytes("of a file", q, 6);
	q[PG] = 'x';
	char c;

	pread(fd, &c, 1, 3 * PG);
	t_bytes("still shared", &c, 1);
	say_touch("behind its end", q + 6 * PG - 1, 0);
	r = say_ptr("size 0 of a shared one maps it again",
		    mremap(q, 0, 2 * PG, MREMAP_MAYMOVE));
	say_bytes("twice", r, 2);
	munmap(r, 2 * PG);
	munmap(q, 6 * PG);
	munmap(p, 3 * PG);
	p = mmap(NULL, 2 * PG, RW, MAP_PRIVATE, fd, 0);
	p[0] = 'p';
	q = mremap(p, 2 * PG, 30 * PG, MREMAP_MAYMOVE);
	say_bytes("a private copy moves", q, 4);
	munmap(q, 30 * PG);
	p = mmap(NULL, 2 * PG, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	fill(p, 2);
	q = mremap(p, 2 * PG, 4 * PG, MREMAP_MAYMOVE);
	say_bytes("shared anonymous", q, 2);
	say_touch("has its first size", q + 2 * PG, 0);
	munmap(q, 4 * PG);

	/* Errors. */
	p = mmap(NULL, 4 * PG, RW, ANON, -1, 0);
	mprotect(p + 2 * PG, 2 * PG, PROT_READ);
	say_ptr("over two areas", mremap(p, 4 * PG, 8 * PG, MREMAP_MAYMOVE));
	say_ptr("unaligned", mremap(p + 1, PG, 2 * PG, MREMAP_MAYMOVE));
	say_ptr("new size 0", mremap(p, PG, 0, MREMAP_MAYMOVE));
	say_ptr("old size 0, private", mremap(p, 0, PG, MREMAP_MAYMOVE));
	say_ptr("unknown flag", mremap(p, PG, PG, 16));
	say_ptr("fixed without maymove",
		mremap(p, PG, PG, MREMAP_FIXED, p + PG));
	say_ptr("dontunmap without maymove",
		mremap(p, PG, PG, MREMAP_DONTUNMAP, NULL));
	say_ptr("dontunmap and other size",
		mremap(p, PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL));
	munmap(p, 4 * PG);
	say_ptr("nothing there", mremap(p, PG, 2 * PG, MREMAP_MAYMOVE));
	p = mmap(NULL, PG, RW, ANON, -1, 0);
	getrlimit(RLIMIT_AS, &old);
	lim = old;
	lim.rlim_cur = 1 << 20;
	setrlimit(RLIMIT_AS, &lim);
	say_ptr("RLIMIT_AS", mremap(p, PG, 2 << 20, MREMAP_MAYMOVE));
	setrlimit(RLIMIT_AS, &old);
	munmap(p, PG);
	return 0;
}
