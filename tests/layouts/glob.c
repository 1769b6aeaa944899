/* SPDX-License-Identifier: BSD-2-Clause */
/* glob() with GNU's flags. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void find(const char *pattern, int flags, size_t offs)
{
	glob_t g = {.gl_offs = offs};
	int result = glob(pattern, flags, NULL, &g);

	printf("%s %x: %d", pattern, flags, result);
	if (!result) {
		printf(" %zu %x:", g.gl_pathc, g.gl_flags & GLOB_MAGCHAR);
		for (size_t i = 0; i < g.gl_pathc; i++)
			printf(" %s", g.gl_pathv[offs + i]);
		printf("%s", g.gl_pathv[offs + g.gl_pathc] ? " more" : "");
		globfree(&g);
	}
	printf("\n");
}

void test_glob(void)
{
	static const char *const names[] = {"a.c",     "a.h",  "b.c", "c.txt",
					    ".hidden", "x{y}", "a{"};
	char top[] = "/tmp/layouts-glob-XXXXXX";
	glob_t g = {.gl_offs = 1};

	if (!mkdtemp(top) || chdir(top))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		close(open(names[i], O_CREAT | O_WRONLY, 0644));
	mkdir("dir", 0755);
	close(open("dir/z.c", O_CREAT | O_WRONLY, 0644));

	find("*.c", 0, 0);
	find("*.c", GLOB_MARK, 0);
	find("d*", GLOB_MARK, 0);
	find("*.none", 0, 0);
	find("*.none", GLOB_NOCHECK, 0);
	find("*.none", GLOB_NOMAGIC, 0);
	find("none", GLOB_NOMAGIC, 0);
	find("*.{c,h}", 0, 0);
	find("*.{c,h}", GLOB_BRACE, 0);
	find("*.{h,c}", GLOB_BRACE, 0);
	find("{b,a}.{c,h}", GLOB_BRACE, 0);
	find("{b,a}.c", GLOB_BRACE | GLOB_DOOFFS, 2);
	find("{a.{c,h},c.txt,none}", GLOB_BRACE, 0);
	find("{none,*.none}", GLOB_BRACE, 0);
	find("{none,*.none}", GLOB_BRACE | GLOB_NOCHECK, 0);
	find("{dir/,}*.c", GLOB_BRACE, 0);
	find("x{y}", GLOB_BRACE, 0);
	find("a{", GLOB_BRACE, 0);
	find("x\\{y\\}", GLOB_BRACE, 0);
	find("{}", GLOB_BRACE | GLOB_NOCHECK, 0);

	if (!glob("*.h", GLOB_DOOFFS, NULL, &g) &&
	    !glob("{c.txt,none,b.c}", GLOB_BRACE | GLOB_DOOFFS | GLOB_APPEND,
		  NULL, &g)) {
		printf("appended:");
		for (size_t i = 0; i < g.gl_pathc; i++)
			printf(" %s", g.gl_pathv[1 + i]);
		printf(" %d\n", g.gl_pathv[0] == NULL);
		globfree(&g);
	}
	chdir("/");
	nftw(top, (void *)remove, 4, FTW_PHYS | FTW_DEPTH);
}
