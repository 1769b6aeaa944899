/* SPDX-License-Identifier: BSD-2-Clause */
/* execveat(): see execveat(2). */
#include "t.h"

#define TRY(what, ...) t_ret(what, syscall(SYS_execveat, __VA_ARGS__))

int main(void)
{
	int dir, fd;

	t_file("plain", "no program");
	t_file("odd", "no program either");
	chmod("odd", 0755);
	symlink("odd", "link");
	dir = open(".", O_RDONLY | O_DIRECTORY);
	fd = open("odd", O_RDONLY);
	TRY("unknown flag", AT_FDCWD, "odd", NULL, NULL, 1);
	TRY("no such file", dir, "none", NULL, NULL, 0);
	TRY("not executable", dir, "plain", NULL, NULL, 0);
	TRY("nothing known", dir, "odd", NULL, NULL, 0);
	TRY("a link", dir, "link", NULL, NULL, 0);
	TRY("a link that is not followed", dir, "link", NULL, NULL,
	    AT_SYMLINK_NOFOLLOW);
	TRY("an empty name", fd, "", NULL, NULL, 0);
	TRY("by descriptor", fd, "", NULL, NULL, AT_EMPTY_PATH);
	TRY("a directory by descriptor", dir, "", NULL, NULL, AT_EMPTY_PATH);
	TRY("closed descriptor", 77, "odd", NULL, NULL, 0);
	TRY("below a file", fd, "odd", NULL, NULL, 0);
	TRY("bad name", dir, T_BAD, NULL, NULL, 0);
	return 0;
}
