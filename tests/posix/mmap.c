/* SPDX-License-Identifier: BSD-2-Clause */
/* mmap(addr, length, prot, flags, fd, offset): see mmap(2). */
#include "mem.h"
#include <sys/resource.h>

static char *p, *q;

static void anonymous(void)
{
	p = say_ptr("anonymous", mmap(NULL, 4 * PG, RW, ANON, -1, 0));
	t_is("page aligned", ((uintptr_t)p & (PG - 1)) == 0);
	say_bytes("zeroes", p, 4);
	fill(p, 4);
	say_bytes("written", p, 4);
	t_is("two do not overlap",
	     (q = mmap(NULL, PG, RW, ANON, -1, 0)) + PG <= p ||
		     q >= p + 4 * PG);
	munmap(q, PG);

	say_ptr("no access", mmap(p, PG, PROT_NONE, ANON | MAP_FIXED, -1, 0));
	say_touch("read it", p, 0);
	say_touch("write it", p, 1);
	say_ptr("read only",
		mmap(p + PG, PG, PROT_READ, ANON | MAP_FIXED, -1, 0));
	say_touch("read it", p + PG, 0);
	say_touch("write it", p + PG, 1);
	say_map("fixed replaced these", p, 4);
	say_bytes("the others stay", p, 4);
	say_ptr("write implies read",
		mmap(p, PG, PROT_WRITE, ANON | MAP_FIXED, -1, 0));
	say_touch("read it", p, 0);
	say_ptr("length is rounded up",
		mmap(p, PG + 1, RW, ANON | MAP_FIXED, -1, 0));
	say_map("two pages", p, 2);
	munmap(p, 4 * PG);
	say_touch("unmapped", p, 0);

	p = mmap(NULL, 64 * PG, RW, ANON | MAP_POPULATE, -1, 0);
	t_is("populate", p != MAP_FAILED);
	say_bytes("populated", p, 64);
	munmap(p, 64 * PG);
	p = say_ptr("noreserve",
		    mmap(NULL, 1UL << 36, RW, ANON | MAP_NORESERVE, -1, 0));
	p[1UL << 35] = 'x';
	t_is("far inside", p[1UL << 35] == 'x' && p[(1UL << 35) + PG] == 0);
	munmap(p, 1UL << 36);
	p = say_ptr("a large promise of nothing",
		    mmap(NULL, 1UL << 37, PROT_NONE, ANON, -1, 0));
	munmap(p, 1UL << 37);
	p = say_ptr("stack", mmap(NULL, PG, RW, ANON | MAP_STACK, -1, 0));
	munmap(p, PG);
	p = say_ptr("locked", mmap(NULL, PG, RW, ANON | MAP_LOCKED, -1, 0));
	munmap(p, PG);
	p = say_ptr("executable", mmap(NULL, PG, RW | PROT_EXEC, ANON, -1, 0));
	p[0] = (char)0xb8; /* mov $42, %eax; ret */
	p[1] = 42;
	p[5] = (char)0xc3;
	t_val("runs", ((int (*)(void))p)());
	munmap(p, PG);
	p = say_ptr("32bit", mmap(NULL, PG, RW, ANON | MAP_32BIT, -1, 0));
	t_is("below 2 GB", (uintptr_t)p < 0x4000000UL);
	munmap(p, PG);
}

static void addresses(void)
{
	char *r = room(4);

	t_is("a hint is taken", mmap(r, PG, RW, ANON, -1, 0) == r);
	q = mmap(r + 2 * PG + 100, PG, RW, ANON, -1, 0);
	t_is("a hint is rounded down", q == r + 2 * PG);
	q = mmap(r, PG, RW, ANON, -1, 0);
	t_is("a hint that is taken", q != r && q != MAP_FAILED);
	munmap(q, PG);
	say_ptr("noreplace, taken",
		mmap(r, PG, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
	say_ptr("noreplace, partly",
		mmap(r + PG, 2 * PG, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
	say_ptr("noreplace, free",
		mmap(r + PG, PG, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
	say_map("all of it", r, 4);
	say_ptr("fixed, unaligned",
		mmap(r + 1, PG, RW, ANON | MAP_FIXED, -1, 0));
	say_ptr("fixed, too high",
		mmap((void *)-PG, PG, RW, ANON | MAP_FIXED, -1, 0));
	munmap(r, 4 * PG);
}

static void files(void)
{
	int fd, ro, wo, i;
	char buf[8];

	fd = open("f", O_RDWR | O_CREAT, 0600);
	for (i = 0; i < 3; i++)
		pwrite(fd, &"ABC"[i], 1, i * PG);
	ftruncate(fd, 2 * PG + 100);
	ro = open("f", O_RDONLY);
	wo = open("f", O_WRONLY);

	p = say_ptr("shared", mmap(NULL, 4 * PG, RW, MAP_SHARED, fd, 0));
	close(fd);
	say_bytes("file", p, 3);
	p[1] = 'x';
	pread(ro, buf, 2, 0);
	t_bytes("read sees the mapping", buf, 2);
	pwrite(wo, "y", 1, PG + 1);
	t_is("the mapping sees write", p[PG + 1] == 'y');
	t_val("behind the end in the page", p[2 * PG + 100]);
	say_touch("behind the last page", p + 3 * PG, 0);
	say_touch("write there", p + 3 * PG, 1);
	ftruncate(wo, 4 * PG);
	say_touch("the file grew", p + 3 * PG, 1);
	pread(ro, buf, 1, 3 * PG);
	t_bytes("written", buf, 1);
	ftruncate(wo, PG);
	say_touch("the file shrank", p + PG, 0);
	say_bytes("the first page stays", p, 1);

	ftruncate(wo, 3 * PG);
	say_bytes("zeroes after growing again", p, 3);
	q = say_ptr("private", mmap(NULL, 3 * PG, RW, MAP_PRIVATE, ro, 0));
	p[PG] = 's';
	t_is("private sees shared while unwritten", q[PG] == 's');
	q[PG] = 'p';
	t_is("private write stays private", p[PG] == 's');
	p[PG] = 't';
	t_is("and cuts it off", q[PG] == 'p');
	pread(ro, buf, 1, PG);
	t_bytes("the file", buf, 1);
	t_is("the same page elsewhere", q[PG + 1] == p[PG + 1]);
	ftruncate(wo, PG);
	say_touch("a private copy goes with the file's end", q + PG, 0);
	munmap(q, 3 * PG);
	munmap(p, 4 * PG);

	ftruncate(wo, 3 * PG);
	pwrite(wo, "Z", 1, 2 * PG);
	p = say_ptr("offset",
		    mmap(NULL, PG, PROT_READ, MAP_SHARED, ro, 2 * PG));
	say_bytes("offset", p, 1);
	say_touch("write to read only", p, 1);
	munmap(p, PG);
	unlink("f");
	p = say_ptr("unlinked",
		    mmap(NULL, PG, PROT_READ, MAP_SHARED, ro, 2 * PG));
	close(ro);
	close(wo);
	say_bytes("the file lives on", p, 1);
	munmap(p, PG);
}

static void shared_anonymous(void)
{
	p = say_ptr("shared anonymous",
		    mmap(NULL, 4 * PG, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	fill(p, 2);
	say_bytes("shared anonymous", p, 4);
	madvise(p, 4 * PG, MADV_DONTNEED);
	say_bytes("is kept by the object", p, 4);
	munmap(p, 4 * PG);
	int fd = open("/dev/zero", O_RDWR);

	p = say_ptr("/dev/zero private",
		    mmap(NULL, PG, RW, MAP_PRIVATE, fd, 0));
	p[0] = 1;
	munmap(p, PG);
	p = say_ptr("/dev/zero shared", mmap(NULL, PG, RW, MAP_SHARED, fd, 0));
	p[0] = 1;
	munmap(p, PG);
	close(fd);
}

static void errors(void)
{
	int fd, ro, wo, dir, pipefd[2];
	struct rlimit old, lim;

	fd = open("e", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, 2 * PG);
	ro = open("e", O_RDONLY);
	wo = open("e", O_WRONLY);
	dir = open(".", O_RDONLY);
	pipe(pipefd);
	say_ptr("length 0", mmap(NULL, 0, RW, ANON, -1, 0));
	say_ptr("length wraps", mmap(NULL, -1UL, RW, ANON, -1, 0));
	say_ptr("length too large",
		mmap(NULL, 1UL << 62, PROT_NONE, ANON | MAP_NORESERVE, -1, 0));
	say_ptr("no type", mmap(NULL, PG, RW, MAP_ANONYMOUS, -1, 0));
	say_ptr("anonymous shared_validate",
		mmap(NULL, PG, RW, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0));
	say_ptr("type 4", mmap(NULL, PG, RW, 4 | MAP_ANONYMOUS, -1, 0));
	say_ptr("no type for a file", mmap(NULL, PG, RW, 0, fd, 0));
	say_ptr("bad descriptor", mmap(NULL, PG, RW, MAP_PRIVATE, 99, 0));
	say_ptr("bad descriptor and length",
		mmap(NULL, 0, RW, MAP_PRIVATE, 99, 0));
	t_ret("offset unaligned",
	      syscall(SYS_mmap, NULL, PG, RW, MAP_PRIVATE, fd, 1) == -1 ? -1
									: 0);
	t_ret("offset unaligned, bad descriptor",
	      syscall(SYS_mmap, NULL, PG, RW, MAP_PRIVATE, 99, 1));
	t_ret("offset overflows", syscall(SYS_mmap, NULL, PG, PROT_READ,
					  MAP_SHARED, ro, -(long)PG) == -1
					  ? -1
					  : 0);
	say_ptr("directory", mmap(NULL, PG, PROT_READ, MAP_PRIVATE, dir, 0));
	say_ptr("pipe", mmap(NULL, PG, PROT_READ, MAP_PRIVATE, pipefd[0], 0));
	say_ptr("pipe, not readable",
		mmap(NULL, PG, PROT_READ, MAP_PRIVATE, pipefd[1], 0));
	say_ptr("write only, private", mmap(NULL, PG, RW, MAP_PRIVATE, wo, 0));
	say_ptr("write only, shared",
		mmap(NULL, PG, PROT_WRITE, MAP_SHARED, wo, 0));
	say_ptr("read only, shared write",
		mmap(NULL, PG, RW, MAP_SHARED, ro, 0));
	p = say_ptr("read only, shared read",
		    mmap(NULL, PG, PROT_READ, MAP_SHARED, ro, 0));
	munmap(p, PG);
	p = say_ptr("read only, private write",
		    mmap(NULL, PG, RW, MAP_PRIVATE, ro, 0));
	munmap(p, PG);
	p = say_ptr("shared_validate",
		    mmap(NULL, PG, RW, MAP_SHARED_VALIDATE, fd, 0));
	munmap(p, PG);
	say_ptr("shared_validate, unknown flag",
		mmap(NULL, PG, RW, MAP_SHARED_VALIDATE | 0x400000, fd, 0));
	say_ptr("shared_validate, sync",
		mmap(NULL, PG, RW, MAP_SHARED_VALIDATE | 0x80000, fd, 0));
	p = say_ptr("unknown flag, shared",
		    mmap(NULL, PG, RW, MAP_SHARED | 0x400000, fd, 0));
	munmap(p, PG);
	say_ptr("growsdown of a file",
		mmap(NULL, PG, RW, MAP_PRIVATE | MAP_GROWSDOWN, fd, 0));
	say_ptr("growsdown shared",
		mmap(NULL, PG, RW, MAP_SHARED | MAP_ANONYMOUS | MAP_GROWSDOWN,
		     -1, 0));

	getrlimit(RLIMIT_AS, &old);
	lim = old;
	lim.rlim_cur = 1 << 20;
	setrlimit(RLIMIT_AS, &lim);
	say_ptr("RLIMIT_AS", mmap(NULL, 2 << 20, PROT_NONE, ANON, -1, 0));
	setrlimit(RLIMIT_AS, &old);
	getrlimit(RLIMIT_DATA, &old);
	lim = old;
	lim.rlim_cur = 1 << 20;
	setrlimit(RLIMIT_DATA, &lim);
	say_ptr("RLIMIT_DATA", mmap(NULL, 2 << 20, RW, ANON, -1, 0));
	p = say_ptr("RLIMIT_DATA is for writable memory",
		    mmap(NULL, 2 << 20, PROT_READ, ANON, -1, 0));
	munmap(p, 2 << 20);
	p = say_ptr("RLIMIT_DATA is for private memory",
		    mmap(NULL, 2 << 20, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	munmap(p, 2 << 20);
	setrlimit(RLIMIT_DATA, &old);
}

/* A stack grows down at a touch, within a mapping's neighbourhood. */
static void grows_down(void)
{
	char *r = room(600);

	p = say_ptr("growsdown", mmap(r + 500 * PG, PG, RW,
				      ANON | MAP_GROWSDOWN | MAP_FIXED, -1, 0));
	say_touch("below it", p - PG, 1);
	say_touch("further below", p - 100 * PG, 1);
	say_touch("what lies between", p - 50 * PG, 0);
	munmap(p - 100 * PG, 101 * PG);
}

int main(void)
{
	anonymous();
	addresses();
	files();
	shared_anonymous();
	errors();
	grows_down();
	return 0;
}
