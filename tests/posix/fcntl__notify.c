/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fcntl(F_NOTIFY) with no events ends what was asked for before; that nothing
 * was is no error, nor is a file that is no folder.
 */
#include "t.h"

int main(void)
{
	int dir = open(".", O_RDONLY | O_DIRECTORY);
	int file = open("file", O_CREAT | O_RDWR, 0600);
	int path = open(".", O_PATH);

	t_ret("no events", fcntl(dir, F_NOTIFY, 0));
	/* Its value is above INT_MAX. */
	t_ret("none, each time", fcntl(dir, F_NOTIFY, DN_MULTISHOT));
	t_ret("a file", fcntl(file, F_NOTIFY, 0));
	t_ret("a path", fcntl(path, F_NOTIFY, 0));
	t_ret("closed", fcntl(99, F_NOTIFY, 0));
	return 0;
}
