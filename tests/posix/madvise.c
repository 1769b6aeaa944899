/* SPDX-License-Identifier: BSD-2-Clause */
/* madvise(addr, length, advice): see madvise(2). */
#include "mem.h"

#ifndef MADV_COLD
#define MADV_COLD    20
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ  22
#define MADV_POPULATE_WRITE 23
#endif
#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24
#endif

int main(void)
{
	char *p = mmap(NULL, 6 * PG, RW, ANON, -1, 0), c;
	static const int hints[] = {
		MADV_NORMAL,   MADV_RANDOM,  MADV_SEQUENTIAL, MADV_WILLNEED,
		MADV_COLD,     MADV_PAGEOUT, MADV_DONTFORK,   MADV_DOFORK,
		MADV_DONTDUMP, MADV_DODUMP,  MADV_WIPEONFORK, MADV_KEEPONFORK};
	int fd;

	fill(p, 6);
	t_val("dontneed", madvise(p + PG, 2 * PG, MADV_DONTNEED));
	say_bytes("dontneed", p, 6);
	p[PG] = 'x';
	say_bytes("written again", p, 6);
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		t_val("hint", madvise(p, 6 * PG, hints[i]));
		t_val("part", madvise(p + 2 * PG, PG, hints[i]));
	}
	say_bytes("hints change nothing", p, 6);
	t_val("free", madvise(p + 4 * PG, PG, MADV_FREE));
	/* Until the next write the page may be what it was, or empty. */
	t_is("freed or not", p[4 * PG] == 0 || p[4 * PG] == 'e');
	p[4 * PG] = 'E';
	say_bytes("after free", p, 6);
	t_val("length 0", madvise(p, 0, MADV_DONTNEED));
	t_val("length is rounded up", madvise(p, 1, MADV_DONTNEED));
	say_bytes("length is rounded up", p, 6);
	mprotect(p + 2 * PG, PG, PROT_NONE);
	t_val("without access", madvise(p + 2 * PG, PG, MADV_DONTNEED));
	mprotect(p + 2 * PG, PG, PROT_READ);
	t_val("populate read", madvise(p, 6 * PG, MADV_POPULATE_READ));
	t_val("populate write, not writable",
	      madvise(p, 6 * PG, MADV_POPULATE_WRITE));
	mprotect(p + 2 * PG, PG, RW);
	t_val("populate write", madvise(p, 6 * PG, MADV_POPULATE_WRITE));
	say_bytes("populated", p, 6);

	t_val("unaligned", madvise(p + 1, PG, MADV_DONTNEED));
	t_val("unaligned, length 0", madvise(p + 1, 0, MADV_DONTNEED));
	t_val("length wraps", madvise(p, -1UL, MADV_DONTNEED));
	t_val("range wraps", madvise(p, -PG, MADV_DONTNEED));
	t_val("unknown", madvise(p, PG, 77));
	t_val("unknown, length 0", madvise(p, 0, 77));
	t_val("remove of private memory", madvise(p, PG, MADV_REMOVE));
	mlock(p, PG);
	t_val("dontneed of locked", madvise(p, PG, MADV_DONTNEED));
	t_val("free of locked", madvise(p, PG, MADV_FREE));
	t_val("cold of locked", madvise(p, PG, MADV_COLD));
	t_val("dontneed_locked", madvise(p, PG, MADV_DONTNEED_LOCKED));
	munlock(p, PG);
	fill(p, 6);
	munmap(p + 2 * PG, PG);
	t_val("over a hole", madvise(p, 6 * PG, MADV_DONTNEED));
	say_bytes("both sides are done", p, 6);
	t_val("populate over a hole", madvise(p, 6 * PG, MADV_POPULATE_READ));
	t_val("hole first", madvise(p + 2 * PG, 2 * PG, MADV_WILLNEED));
	t_val("hole only", madvise(p + 2 * PG, PG, MADV_NORMAL));
	munmap(p, 6 * PG);

	/* Files. */
	fd = open("f", O_RDWR | O_CREAT, 0600);
	for (int i = 0; i < 4; i++)
		pwrite(fd, &"ABCD"[i], 1, i * PG);
	p = mmap(NULL, 6 * PG, RW, MAP_SHARED, fd, 0);
	p[PG] = 'x';
	t_val("dontneed of a file", madvise(p, 4 * PG, MADV_DONTNEED));
	say_bytes("comes back", p, 4);
	t_val("free of a file", madvise(p, 4 * PG, MADV_FREE));
	t_val("wipeonfork of a file", madvise(p, 4 * PG, MADV_WIPEONFORK));
	t_val("willneed of a file", madvise(p, 4 * PG, MADV_WILLNEED));
	t_val("populate behind its end",
	      madvise(p, 6 * PG, MADV_POPULATE_READ));
	t_val("remove", madvise(p + PG, PG, MADV_REMOVE));
	say_bytes("remove", p, 4);
	pread(fd, &c, 1, PG);
	t_val("a hole in the file", c);
	t_stat("size stays", "f");
	munmap(p, 6 * PG);
	p = mmap(NULL, 4 * PG, RW, MAP_PRIVATE, fd, 0);
	p[0] = 'p';
	t_val("dontneed of a private file", madvise(p, 4 * PG, MADV_DONTNEED));
	say_bytes("the file's again", p, 4);
	munmap(p, 4 * PG);
	p = mmap(NULL, 4 * PG, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	fill(p, 4);
	t_val("remove of shared anonymous", madvise(p + PG, PG, MADV_REMOVE));
	say_bytes("remove of shared anonymous", p, 4);
	munmap(p, 4 * PG);
	return 0;
}
