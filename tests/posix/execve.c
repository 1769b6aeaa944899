/* SPDX-License-Identifier: BSD-2-Clause */
/* execve(): see execve(2). */
#include "t.h"

static void try(const char *what, const char *path)
{
	char *argv[] = {(char *)"name", NULL};

	t_ret(what, syscall(SYS_execve, path, argv, NULL));
}

int main(void)
{
	void *bad[] = {T_BAD, NULL};
	char deep[5000];

	memset(deep, 'a', sizeof(deep));
	deep[sizeof(deep) - 1] = '\0';
	t_file("plain", "no program");
	t_file("odd", "no program either");
	chmod("odd", 0755);
	mkdir("dir", 0755);
	symlink("loop", "loop");
	symlink("plain", "link");
	try("no such file", "none");
	try("an empty name", "");
	try("not executable", "plain");
	try("a link to that", "link");
	try("a directory", "dir");
	try("below a file", "plain/x");
	try("a loop", "loop");
	try("a long name", deep);
	try("executable, but nothing known", "odd");
	try("bad name", T_BAD);
	t_ret("bad arguments", syscall(SYS_execve, "odd", T_BAD, NULL));
	t_ret("a bad argument", syscall(SYS_execve, "odd", bad, NULL));
	t_ret("bad environment", syscall(SYS_execve, "odd", NULL, T_BAD));
	return 0;
}
