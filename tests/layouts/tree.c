/* SPDX-License-Identifier: BSD-2-Clause */
/* ftw() and nftw(): codes, flags, levels, what stops them. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char lines[64][128];
static int count, stop_at = -1, answer;
static const char *watched;

static int note(const char *line, const char *path)
{
	snprintf(lines[count++ % 64], sizeof(lines[0]), "%s", line);
	if (count - 1 == stop_at)
		return 77;
	return watched && !strcmp(path, watched) ? answer : 0;
}

static int old(const char *path, const struct stat *st, int code)
{
	char line[128];

	snprintf(line, sizeof(line), "%s %d %o", path, code,
		 code == FTW_NS ? 0 : st->st_mode & S_IFMT);
	return note(line, path);
}

static int each(const char *path, const struct stat *st, int code,
		struct FTW *at)
{
	char line[128], here[64] = "";
	const char *last;

	if (!getcwd(here, sizeof(here)))
		return -1;
	last = strrchr(here, '/');
	snprintf(line, sizeof(line), "%s %d %o base %d level %d in %s", path,
		 code, code == FTW_NS ? 0 : st->st_mode & S_IFMT, at->base,
		 at->level, strlen(last) > 12 ? "top" : last);
	return note(line, path);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Directories come in any order: what was seen is sorted. */
static void tell(const char *what, int result)
{
	printf("%s: %d, %d seen\n", what, result, count);
	qsort(lines, count, sizeof(lines[0]), by_text);
	for (int i = 0; i < count && stop_at < 0; i++)
		puts(lines[i]);
	count = 0;
}

static void touch(const char *path)
{
	close(open(path, O_CREAT | O_WRONLY, 0644));
}

void test_tree(void)
{
	char top[] = "/tmp/layouts-tree-XXXXXX", before[64], after[64];

	if (!mkdtemp(top) || chdir(top))
		return;
	mkdir("d", 0755);
	mkdir("d/e", 0755);
	mkdir("d/e/g", 0755);
	touch("d/f");
	touch("d/e/h");
	touch("d/e/g/i");
	symlink("f", "d/link");
	symlink("nowhere", "d/broken");
	symlink("..", "d/e/loop");

	tell("ftw", ftw("d", old, 4));
	tell("ftw, a file", ftw("d/f", old, 4));
	tell("nftw", nftw("d", each, 4, 0));
	tell("slashes", nftw("d//", each, 4, FTW_PHYS));
	tell("dot", nftw(".", each, 4, FTW_PHYS));
	tell("physical", nftw("./d", each, 1, FTW_PHYS));
	tell("depth", nftw("d", each, 4, FTW_PHYS | FTW_DEPTH));
	tell("mount", nftw("d", each, 4, FTW_PHYS | FTW_MOUNT));
	getcwd(before, sizeof(before));
	tell("chdir", nftw("d", each, 4, FTW_PHYS | FTW_CHDIR));
	tell("chdir, depth",
	     nftw("d", each, 4, FTW_PHYS | FTW_CHDIR | FTW_DEPTH));
	getcwd(after, sizeof(after));
	printf("back %d\n", !strcmp(before, after));
	watched = "d/e";
	answer = FTW_SKIP_SUBTREE;
	tell("skip", nftw("d", each, 4, FTW_PHYS | FTW_ACTIONRETVAL));
	answer = FTW_STOP;
	count = nftw("d", each, 4, FTW_PHYS | FTW_ACTIONRETVAL) == FTW_STOP;
	printf("stopped %d\n", count);
	watched = NULL;
	count = 0;
	stop_at = 2;
	tell("77", nftw("d", each, 4, 0));
	stop_at = -1;
	tell("nowhere", nftw("nowhere", each, 4, 0));
	printf("%d\n", errno);
	tell("broken", nftw("d/broken", each, 4, 0));
	tell("empty", nftw("", each, 4, 0));
	printf("%d\n", errno);
	tell("flags", nftw("d", each, 4, 1 << 10));
	printf("%d\n", errno);
	chdir("/");
	if (nftw(top, (void *)remove, 4, FTW_PHYS | FTW_DEPTH))
		printf("not removed\n");
}
