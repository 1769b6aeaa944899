/* SPDX-License-Identifier: BSD-2-Clause */
/* fchdir(fd): see fchdir(2). */
#include "t.h"

int main(void)
{
	char buf[200] = "";
	int fd;

	mkdir("d", 0755);
	t_file("f", "");
	fd = open("d", O_RDONLY);
	t_ret("directory", fchdir(fd));
	t_str("here", getcwd(buf, sizeof(buf)));
	chdir("..");
	close(fd);
	fd = open("d", O_PATH);
	t_ret("O_PATH", fchdir(fd));
	chdir("..");
	close(fd);
	fd = open("f", O_RDONLY);
	t_ret("file", fchdir(fd));
	t_ret("closed", fchdir(99));
	return 0;
}
