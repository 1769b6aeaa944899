/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file seen through read(2), write(2) and mappings at once: mmap(2),
 * ftruncate(2), fallocate(2).
 */
#include "t.h"
#include <setjmp.h>

#define PAGE 4096

static sigjmp_buf back;

static void on_signal(int sig)
{
	siglongjmp(back, sig);
}

/* "reads 'x'", or the signal that the access raised. */
static void peek(const char *what, volatile char *p)
{
	int sig = sigsetjmp(back, 1);
	char c;

	if (sig) {
		t_val(what, sig);
		return;
	}
	c = *p;
	t_bytes(what, &c, 1);
}

static void coherence(void)
{
	int fd = open("f", O_RDWR | O_CREAT, 0600);
	char *s, *t, *priv, buf[8];

	ftruncate(fd, 4 * PAGE);
	s = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	t = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, PAGE);
	priv = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	peek("hole", s + 10);
	peek("hole, privately", priv + 10);
	t_val("write", pwrite(fd, "write", 5, 10));
	peek("seen", s + 10);
	peek("seen privately", priv + 10);
	memcpy(s + PAGE + 7, "store", 5);
	t_val("read", pread(fd, buf, 5, PAGE + 7));
	t_bytes("seen", buf, 5);
	peek("in another mapping", t + 7);
	priv[10] = 'P';
	peek("shared is not changed", s + 10);
	pwrite(fd, "W", 1, 10);
	peek("private copy stays", priv + 10);
	t_ret("unlink", unlink("f"));
	close(fd);
	s[3 * PAGE] = 'Z';
	peek("without a name", s + 3 * PAGE);
	munmap(s, 4 * PAGE);
	munmap(t, PAGE);
	munmap(priv, 4 * PAGE);
}

static void shrinking(void)
{
	int fd = open("g", O_RDWR | O_CREAT, 0600);
	struct stat st;
	char *s, buf[4];

	ftruncate(fd, 3 * PAGE);
	s = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(s, 'a', 3 * PAGE);
	peek("past the end", s + 3 * PAGE);
	ftruncate(fd, PAGE + 100);
	peek("last page", s + PAGE + 99);
	peek("its rest", s + PAGE + 100);
	peek("cut off", s + 2 * PAGE);
	s[PAGE + 200] = 'x';
	ftruncate(fd, 3 * PAGE);
	peek("grown again", s + 2 * PAGE);
	t_val("read behind the old end", pread(fd, buf, 4, PAGE + 150));
	t_bytes("zeroes", buf, 4);
	memset(s, 'b', 3 * PAGE);
	t_ret("punch", fallocate(fd, 3, PAGE, PAGE));
	peek("before", s + PAGE - 1);
	peek("hole", s + PAGE);
	peek("behind", s + 2 * PAGE);
	fstat(fd, &st);
	t_val("size", st.st_size);
	s[PAGE] = 'c';
	pread(fd, buf, 1, PAGE);
	t_bytes("hole filled", buf, 1);
	munmap(s, 4 * PAGE);
	close(fd);
}

/* A mapping as the buffer of the file's own read and write. */
static void itself(void)
{
	int fd = open("h", O_RDWR | O_CREAT, 0600), i, bad;
	char *s, buf[8];

	pwrite(fd, "12345678", 8, 0);
	s = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	t_val("write from it", pwrite(fd, s, 8, 100));
	pread(fd, buf, 8, 100);
	t_bytes("copied", buf, 8);
	t_val("read into it", pread(fd, s + 50, 8, 100));
	t_bytes("copied", s + 50, 8);
	/* A hole written from a mapping of itself. */
	ftruncate(fd, 3 * PAGE);
	munmap(s, PAGE);
	s = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	t_val("hole over itself", pwrite(fd, s + PAGE, 100, PAGE + 50));
	for (bad = 0, i = 0; i < PAGE; i++)
		bad += s[PAGE + i] != 0;
	t_val("bytes that are not zero", bad);
	munmap(s, 3 * PAGE);
	t_val("from nowhere", pwrite(fd, s, 8, 200));
	close(fd);
}

static void times(void)
{
	int fd = open("t", O_RDWR | O_CREAT, 0600);
	struct timespec old[2] = {{100, 0}, {100, 0}};
	struct stat st;
	char *s;

	ftruncate(fd, PAGE);
	s = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	futimens(fd, old);
	fstat(fd, &st);
	t_is("old", st.st_mtim.tv_sec == 100);
	s[0] = 'x';
	fstat(fd, &st);
	t_is("a store is a change", st.st_mtim.tv_sec != 100);
	munmap(s, PAGE);
	close(fd);
}

int main(void)
{
	signal(SIGBUS, on_signal);
	signal(SIGSEGV, on_signal);
	coherence();
	shrinking();
	itself();
	times();
	return 0;
}
