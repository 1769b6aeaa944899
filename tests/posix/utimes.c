/* SPDX-License-Identifier: BSD-2-Clause */
/* utimes(path, times): see utimes(2). */
#include "t.h"
#include <sys/time.h>

int main(void)
{
	struct timeval t[2] = {{1000, 5}, {2000, 999999}};
	struct stat st;

	t_file("f", "");
	t_ret("set", syscall(SYS_utimes, "f", t));
	stat("f", &st);
	t_say("%ld.%09ld %ld.%09ld\n", (long)st.st_atim.tv_sec,
	      st.st_atim.tv_nsec, (long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	t[0].tv_usec = 1000000;
	t_ret("microseconds", syscall(SYS_utimes, "f", t));
	t_ret("now", syscall(SYS_utimes, "f", NULL));
	t_ret("missing", syscall(SYS_utimes, "missing", NULL));
	return 0;
}
