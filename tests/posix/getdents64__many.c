/* SPDX-License-Identifier: BSD-2-Clause */
/* A directory of many files: getdents64(2) while it changes, lseek(2) in it. */
#include "t.h"
#include <dirent.h>

#define FILES 5000

static char seen[FILES];

static void make_all(void)
{
	char s[32];
	int i, bad = 0;

	for (i = 0; i < FILES; i++) {
		snprintf(s, sizeof(s), "d/file%d", i);
		bad += mknod(s, S_IFREG | 0600, 0) != 0;
	}
	t_val("not made", bad);
}

/* Entries seen exactly once in one pass that calls fn for each. */
static int pass(void (*fn)(int i))
{
	DIR *d = opendir("d");
	struct dirent *e;
	int i, once = 0;

	memset(seen, 0, sizeof(seen));
	while ((e = readdir(d))) {
		if (sscanf(e->d_name, "file%d", &i) != 1)
			continue;
		seen[i]++;
		if (fn)
			fn(i);
	}
	closedir(d);
	for (i = 0; i < FILES; i++)
		once += seen[i] == 1;
	return once;
}

static void remove_it(int i)
{
	char s[32];

	snprintf(s, sizeof(s), "d/file%d", i);
	if (unlink(s))
		t_say("cannot remove %s\n", s);
}

static void remove_odd(int i)
{
	if (i % 2)
		remove_it(i);
}

static void rename_it(int i)
{
	char s[32], t[32];

	snprintf(s, sizeof(s), "d/file%d", i);
	snprintf(t, sizeof(t), "d/renamed%d", i);
	rename(s, t);
}

static void positions(void)
{
	DIR *d = opendir("d");
	struct dirent *e;
	long at[3];
	char names[3][256];
	int i, same = 0;

	for (i = 0; i < 3; i++) {
		at[i] = telldir(d);
		e = readdir(d);
		snprintf(names[i], sizeof(names[i]), "%s", e->d_name);
	}
	for (i = 2; i >= 0; i--) {
		seekdir(d, at[i]);
		e = readdir(d);
		same += !strcmp(e->d_name, names[i]);
	}
	t_val("found again", same);
	rewinddir(d);
	for (i = 0; readdir(d); i++)
		;
	t_val("entries after a rewind", i);
	closedir(d);
}

int main(void)
{
	struct stat st;
	int fd;
	char buf[64];

	mkdir("d", 0700);
	make_all();
	stat("d", &st);
	t_val("size", st.st_size);
	t_val("links", st.st_nlink);
	t_val("all", pass(NULL));
	t_val("all while odd ones go", pass(remove_odd));
	t_val("even ones are left", pass(NULL));
	t_val("all while they are renamed", pass(rename_it));
	t_val("none under the old names", pass(NULL));
	positions();
	fd = open("d", O_RDONLY);
	t_val("no room for an entry", syscall(SYS_getdents64, fd, buf, 20));
	t_val("room for one", syscall(SYS_getdents64, fd, buf, 24));
	t_val("of a file", syscall(SYS_getdents64, 1, buf, 64));
	close(fd);
	t_ret("not empty", rmdir("d"));
	return 0;
}
