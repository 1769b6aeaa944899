/* SPDX-License-Identifier: BSD-2-Clause */
/* fts(3) over a tree with links, a cycle, and a directory nobody can read. */
#define _GNU_SOURCE
#include "test.h"
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void make_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

static void make_tree(void)
{
	SHOW(mkdir("tree", 0755) + mkdir("tree/a", 0755) +
	     mkdir("tree/a/deep", 0755) + mkdir("tree/b", 0755) +
	     mkdir("tree/empty", 0755) + mkdir("outside", 0755));
	make_file("tree/a/one", "1");
	make_file("tree/a/two", "22");
	make_file("tree/a/deep/three", "333");
	make_file("tree/b/four", "4444");
	make_file("tree/z", "");
	make_file("outside/five", "55555");
	SHOW(symlink("../outside", "tree/link") +
	     symlink("none", "tree/broken") + symlink("..", "tree/b/cycle") +
	     symlink("z", "tree/y"));
}

static void say(FTS *fts, FTSENT *e)
{
	struct stat st;
	int there = lstat(e->fts_accpath, &st);

	printf("%d info %d path %s name %s len %d %d err %d reach %d",
	       e->fts_level, e->fts_info, e->fts_path, e->fts_name,
	       e->fts_pathlen, e->fts_namelen, e->fts_errno, there);
	if (e->fts_info == FTS_F)
		printf(" size %ld", (long)e->fts_statp->st_size);
	if (e->fts_info == FTS_DC)
		printf(" as %s", e->fts_cycle->fts_name);
	printf(" parent %s\n", e->fts_parent->fts_name);
}

/* instruction for the first visit of an entry of that name. */
static void walk(const char *what, char *const *paths, int options,
		 const char *name, int instruction)
{
	FTS *fts = fts_open(paths, options, by_name);
	FTSENT *e;
	int done = 0;

	printf("-- %s\n", what);
	if (!fts) {
		printf("errno %d\n", errno);
		return;
	}
	while ((e = fts_read(fts))) {
		say(fts, e);
		if (name && !done && !strcmp(e->fts_name, name)) {
			SHOW(fts_set(fts, e, instruction));
			done = 1;
		}
	}
	SHOW(errno);
	SHOW(fts_close(fts));
	SHOW(access("tree/z", F_OK));
}

static void children(int options)
{
	char *paths[] = {"tree", NULL};
	FTS *fts = fts_open(paths, FTS_PHYSICAL, by_name);
	FTSENT *e, *c;

	printf("-- children %d\n", options);
	for (c = fts_children(fts, options); c; c = c->fts_link)
		printf("root %s\n", c->fts_name);
	while ((e = fts_read(fts))) {
		say(fts, e);
		/* glibc loses its way out of a link that was followed. */
		if (!strcmp(e->fts_name, "link"))
			continue;
		for (c = fts_children(fts, options); c; c = c->fts_link) {
			printf("  has %s\n", c->fts_name);
			if (!options && !strcmp(c->fts_name, "a"))
				fts_set(fts, c, FTS_SKIP);
			if (!options && !strcmp(c->fts_name, "link"))
				fts_set(fts, c, FTS_FOLLOW);
		}
	}
	SHOW(fts_children(fts, 12345) == NULL);
	SHOW(errno);
	SHOW(fts_close(fts));
}

/* Stop in the middle: we are back where we were. */
static void stop_early(void)
{
	char *paths[] = {"tree", "outside", NULL};
	FTS *fts = fts_open(paths, FTS_PHYSICAL, by_name);

	printf("-- stop\n");
	for (int i = 0; i < 4; i++)
		say(fts, fts_read(fts));
	SHOW(fts_set(fts, fts->fts_cur, 77));
	SHOW(fts_close(fts));
	SHOW(access("tree/z", F_OK));
}

void test_fts(void)
{
	char *tree[] = {"tree", NULL}, *two[] = {"tree/b", "outside/", NULL};
	char *links[] = {"tree/link", "tree/none", NULL}, *dot[] = {".", NULL};
	char *empty[] = {"", NULL}, *here;
	char dir[] = "/tmp/fts.XXXXXX";

	here = getcwd(NULL, 0);
	SHOW(mkdtemp(dir) == NULL || chdir(dir));
	make_tree();
	walk("physical", tree, FTS_PHYSICAL, NULL, 0);
	walk("logical", tree, FTS_LOGICAL, NULL, 0);
	walk("nochdir", tree, FTS_PHYSICAL | FTS_NOCHDIR, NULL, 0);
	walk("see dot", tree, FTS_PHYSICAL | FTS_SEEDOT, NULL, 0);
	walk("two roots", two, FTS_PHYSICAL, NULL, 0);
	walk("links", links, FTS_PHYSICAL, NULL, 0);
	walk("links followed", links, FTS_PHYSICAL | FTS_COMFOLLOW, NULL, 0);
	walk("dot", dot, FTS_PHYSICAL | FTS_XDEV, NULL, 0);
	walk("skip", tree, FTS_PHYSICAL, "a", FTS_SKIP);
	walk("again", tree, FTS_PHYSICAL, "z", FTS_AGAIN);
	walk("follow", tree, FTS_PHYSICAL, "link", FTS_FOLLOW);
	walk("follow nothing", tree, FTS_PHYSICAL, "broken", FTS_FOLLOW);
	walk("empty", empty, FTS_PHYSICAL, NULL, 0);
	walk("bad options", tree, 0x1000, NULL, 0);
	children(0);
	children(FTS_NAMEONLY);
	stop_early();
	SHOW(system(NULL) >= 0 ? chdir(here) : 0);
	free(here);
}
