/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * probe.c: what x86_64-posixen-cc puts into the programs that a configure
 * script tries out. They run on the host platform and have Posixen's own
 * files, but some answer in a file that the script then reads (autoconf's
 * sizes: conftest.val), or look at one that it has made. So the files of the
 * current folder whose names begin with "conftest" are brought in before
 * main(), and those that are there at exit() are brought back.
 *
 * The one place where a program speaks past the runtime to the Linux beneath:
 * such a program is never an image that anybody keeps.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PREFIX	"conftest"
#define BIGGEST (1 << 20) /* not the program itself, nor a core file */

/* linux/dirent.h has it for the kernel alone: see getdents64(2). */
struct entry {
	unsigned long ino;
	long off;
	unsigned short len;
	unsigned char type;
	char name[];
};

static char listing[16384] __attribute__((aligned(16)));
static char data[4096];

/*
 * Linux does not take the faults by which the runtime brings in memory: what it
 * is to write to or to read from must have been touched.
 */
static long beneath(long nr, long a, long b, long c, long d)
{
	register long r10 __asm__("r10") = d;
	long ret;

	do
		__asm__ volatile("syscall"
				 : "=a"(ret)
				 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10)
				 : "rcx", "r11", "memory");
	while (ret == -4); /* EINTR: the runtime's alarm */
	return ret;
}

static int wanted(const char *name)
{
	size_t len = strlen(name);

	return !strncmp(name, PREFIX, sizeof(PREFIX) - 1) &&
	       strcmp(name + len - (len > 2 ? 2 : 0), ".c") &&
	       strcmp(name + len - (len > 2 ? 2 : 0), ".o");
}

static void bring_file(const char *name)
{
	struct stat st;
	long from, n;
	int to;

	memset(&st, 0, sizeof(st));
	from = beneath(SYS_openat, AT_FDCWD, (long)name,
		       O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
	if (from < 0)
		return;
	if (!beneath(SYS_fstat, from, (long)&st, 0, 0) && S_ISREG(st.st_mode) &&
	    st.st_size < BIGGEST) {
		to = open(name, O_WRONLY | O_CREAT | O_TRUNC,
			  st.st_mode & 07777);
		while (to >= 0 && (n = beneath(SYS_read, from, (long)data,
					       sizeof(data), 0)) > 0)
			if (write(to, data, n) != n)
				break;
		if (to >= 0)
			close(to);
	}
	beneath(SYS_close, from, 0, 0, 0);
}

static void bring_link(const char *name)
{
	long n;

	n = beneath(SYS_readlinkat, AT_FDCWD, (long)name, (long)data,
		    sizeof(data) - 1);
	if (n <= 0)
		return;
	data[n] = 0;
	if (symlink(data, name)) {
		/* It may be there: a file of the image has that name. */
	}
}

__attribute__((constructor)) static void bring_in(void)
{
	struct entry *e;
	long dir, n, at;

	memset(listing, 0, sizeof(listing));
	memset(data, 0, sizeof(data));
	dir = beneath(SYS_openat, AT_FDCWD, (long)".",
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (dir < 0)
		return;
	while ((n = beneath(SYS_getdents64, dir, (long)listing, sizeof(listing),
			    0)) > 0) {
		for (at = 0; at < n; at += e->len) {
			e = (struct entry *)(listing + at);
			if (!wanted(e->name))
				continue;
			if (e->type == DT_LNK)
				bring_link(e->name);
			else if (e->type == DT_REG || e->type == DT_UNKNOWN)
				bring_file(e->name);
		}
	}
	beneath(SYS_close, dir, 0, 0, 0);
}

static void bring_back(const char *name)
{
	struct stat st;
	ssize_t n;
	long to;
	int from;

	if (lstat(name, &st) || !S_ISREG(st.st_mode) || st.st_size >= BIGGEST)
		return;
	from = open(name, O_RDONLY);
	if (from < 0)
		return;
	to = beneath(SYS_openat, AT_FDCWD, (long)name,
		     O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		     st.st_mode & 07777);
	if (to >= 0) {
		while ((n = read(from, data, sizeof(data))) > 0)
			if (beneath(SYS_write, to, (long)data, n, 0) != n)
				break;
		beneath(SYS_close, to, 0, 0, 0);
	}
	close(from);
}

__attribute__((destructor)) static void bring_all_back(void)
{
	struct dirent *e;
	DIR *dir = opendir(".");

	if (!dir)
		return;
	while ((e = readdir(dir)))
		if (wanted(e->d_name))
			bring_back(e->d_name);
	closedir(dir);
}
