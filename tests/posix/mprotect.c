/* SPDX-License-Identifier: BSD-2-Clause */
/* mprotect(addr, len, prot): see mprotect(2). */
#include "mem.h"

/* musl's function rounds the address, so the errors are asked of the call. */
static long protect(void *p, size_t n, int prot)
{
	return syscall(SYS_mprotect, p, n, prot);
}

int main(void)
{
	char *p = mmap(NULL, 6 * PG, RW, ANON, -1, 0), *q;
	int fd, ro;

	fill(p, 6);
	t_val("read only", mprotect(p + PG, 2 * PG, PROT_READ));
	say_map("read only", p, 6);
	say_touch("write", p + PG, 1);
	say_touch("read", p + PG, 0);
	t_val("none", mprotect(p + 2 * PG, 2 * PG, PROT_NONE));
	say_map("none", p, 6);
	say_touch("read", p + 2 * PG, 0);
	t_val("back", mprotect(p, 6 * PG, RW));
	say_bytes("contents are kept", p, 6);
	say_touch("write", p + 2 * PG, 1);
	t_val("length is rounded up", mprotect(p, 1, PROT_READ));
	say_map("length is rounded up", p, 6);
	t_val("untouched", mprotect(p, 6 * PG, RW));
	q = mmap(NULL, 2 * PG, PROT_NONE, ANON, -1, 0);
	t_val("a reserve made usable", mprotect(q, PG, RW));
	say_bytes("a reserve made usable", q, 2);
	q[0] = (char)0xc3;
	t_val("exec", mprotect(q, PG, PROT_READ | PROT_EXEC));
	((void (*)(void))q)();
	t_val("exec alone", mprotect(q, PG, PROT_EXEC));
	say_touch("can be read", q, 0);
	t_val("write alone", mprotect(q, PG, PROT_WRITE));
	say_touch("can be read", q, 0);
	munmap(q, 2 * PG);

	t_val("unaligned", protect(p + 1, PG, RW));
	t_val("length 0", protect(p, 0, RW));
	t_val("unaligned, length 0", protect(p + 1, 0, RW));
	t_val("length wraps", protect(p, -1UL, RW));
	t_val("length wraps to nothing", protect(p, -PG, RW));
	t_val("unknown bits", protect(p, PG, 0x100));
	t_val("both ways of growing",
	      protect(p, PG, PROT_READ | PROT_GROWSDOWN | PROT_GROWSUP));
	t_val("does not grow", protect(p, PG, RW | PROT_GROWSDOWN));
	munmap(p + 3 * PG, PG);
	t_val("over a hole", protect(p, 6 * PG, PROT_READ));
	say_map("what lies before is changed", p, 6);
	t_val("in a hole", mprotect(p + 3 * PG, PG, RW));
	munmap(p, 6 * PG);

	fd = open("f", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, 3 * PG);
	pwrite(fd, "X", 1, 0);
	ro = open("f", O_RDONLY);
	p = mmap(NULL, 2 * PG, PROT_READ, MAP_SHARED, ro, 0);
	t_val("shared, file not writable", mprotect(p, PG, RW));
	t_val("the same without access", mprotect(p, PG, PROT_NONE));
	munmap(p, 2 * PG);
	p = mmap(NULL, 2 * PG, PROT_READ, MAP_PRIVATE, ro, 0);
	say_bytes("private", p, 2);
	t_val("private, file not writable", mprotect(p, PG, RW));
	p[0] = 'Y';
	say_bytes("a copy", p, 2);
	t_val("read only", mprotect(p, 2 * PG, PROT_READ));
	t_val("and back", mprotect(p, 2 * PG, RW));
	say_bytes("still the copy", p, 2);
	p[0] = 'Z';
	char c;

	pread(fd, &c, 1, 0);
	t_bytes("the file", &c, 1);
	munmap(p, 2 * PG);
	p = mmap(NULL, 2 * PG, PROT_READ, MAP_SHARED, fd, 0);
	say_touch("shared, read only", p, 1);
	t_val("shared, file writable", mprotect(p, PG, RW));
	p[0] = 'W';
	pread(fd, &c, 1, 0);
	t_bytes("the file", &c, 1);
	munmap(p, 2 * PG);

	/* Back and forth many times: areas join again, none is lost. */
	p = mmap(NULL, 40 * PG, RW, ANON, -1, 0);
	for (int i = 0; i < 2000; i++)
		mprotect(p + i % 40 * PG, PG, i / 40 % 2 ? RW : PROT_READ);
	say_map("back and forth", p, 40);
	munmap(p, 40 * PG);
	return 0;
}
