/* SPDX-License-Identifier: BSD-2-Clause */
/* syncfs(fd): see syncfs(2). */
#include "t.h"

int main(void)
{
	int fd = open(".", O_RDONLY);

	t_ret("directory", syncfs(fd));
	t_ret("closed", syncfs(99));
	close(fd);
	fd = open(".", O_PATH);
	t_ret("O_PATH", syncfs(fd));
	return 0;
}
