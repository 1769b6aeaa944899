/* SPDX-License-Identifier: BSD-2-Clause */
/* futimesat(dirfd, path, times): see futimesat(2). */
#include "t.h"
#include <sys/time.h>

int main(void)
{
	struct timeval t[2] = {{1000, 5}, {2000, 0}};
	struct stat st;
	int fd;

	t_file("f", "");
	t_ret("set", syscall(SYS_futimesat, AT_FDCWD, "f", t));
	stat("f", &st);
	t_say("%ld %ld\n", (long)st.st_atime, (long)st.st_mtime);
	fd = open("f", O_RDONLY);
	t[0].tv_sec = 3000;
	t_ret("descriptor", syscall(SYS_futimesat, fd, NULL, t));
	stat("f", &st);
	t_say("%ld %ld\n", (long)st.st_atime, (long)st.st_mtime);
	t_ret("bad descriptor", syscall(SYS_futimesat, 99, "f", t));
	return 0;
}
