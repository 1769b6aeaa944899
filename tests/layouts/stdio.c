/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inline functions of <stdio.h> that read and write a FILE, BUFSIZ as the size
 * of a buffer, and the names of calls with _FILE_OFFSET_BITS (fopen64).
 */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void say(long value)
{
	printf("%ld\n", value);
}

static void inlined(FILE *f)
{
	unsigned sum = 0, n = 0;
	int c;

	for (int i = 0; i < 20000; i++)
		putc_unlocked("line\n\xff"[i % 6], f);
	fputc_unlocked('!', f);
	printf("%d %ld\n", ferror_unlocked(f), (long)ftello(f));
	rewind(f);
	while ((c = getc_unlocked(f)) != EOF) {
		sum = sum * 31 + c;
		n++;
		if (n == 7)
			ungetc(c, f);
	}
	printf("%u %08x %d %d", n, sum, feof_unlocked(f) != 0,
	       ferror_unlocked(f) != 0);
	clearerr_unlocked(f);
	printf(" %d\n", feof_unlocked(f) != 0);
	fseeko(f, -3, SEEK_END);
	say(fgetc_unlocked(f));
	say(getc(f));
	say(getc_unlocked(f));
	say(getc_unlocked(f));
}

void test_stdio(void)
{
	char path[] = "/tmp/layouts-stdio-XXXXXX", text[8] = "";
	char *buf = malloc(BUFSIZ);
	struct statvfs vfs;
	struct rlimit limit;
	struct stat st;
	fpos_t place;
	FILE *f;
	int fd = mkstemp(path);

	if (fd < 0 || !buf)
		return;
	close(fd);
	f = fopen(path, "w+");
	setbuf(f, buf);
	inlined(f);
	rewind(f);
	printf("%d", fgetpos(f, &place));
	printf(" %d", getc_unlocked(f));
	printf(" %d", fsetpos(f, &place));
	printf(" %d\n", getc_unlocked(f));
	fclose(f);
	f = fopen(path, "r");
	putc_unlocked('x', f);
	printf("%d\n", ferror_unlocked(f) != 0);
	fclose(f);

	fd = open(path, O_RDWR);
	say(lseek(fd, 10, SEEK_SET));
	say(pwrite(fd, "abc", 3, 1L << 20));
	say(pread(fd, text, 7, 1 << 20));
	puts(text);
	say(ftruncate(fd, 4096));
	say(stat(path, &st));
	say(st.st_size);
	say(posix_fallocate(fd, 0, 8192));
	say(fstat(fd, &st));
	say(st.st_size);
	say(lstat(path, &st));
	say(S_ISREG(st.st_mode));
	say(statvfs("/tmp", &vfs));
	say(vfs.f_namemax);
	say(getrlimit(RLIMIT_NOFILE, &limit));
	say(limit.rlim_cur > 0);
	close(fd);
	unlink(path);
	free(buf);
}
