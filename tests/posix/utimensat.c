/* SPDX-License-Identifier: BSD-2-Clause */
/* utimensat(dirfd, path, times, flags): see utimensat(2). */
#include "t.h"

static void show(const char *path)
{
	struct stat st;

	lstat(path, &st);
	t_say("%s: %ld.%09ld %ld.%09ld\n", path, (long)st.st_atim.tv_sec,
	      st.st_atim.tv_nsec, (long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

int main(void)
{
	struct timespec t[2] = {{1000, 1}, {2000, 999999999}};
	struct stat st;
	int fd;

	t_file("f", "");
	symlink("f", "l");
	t_ret("set", utimensat(AT_FDCWD, "f", t, 0));
	show("f");
	t[0].tv_nsec = UTIME_OMIT;
	t[1] = (struct timespec){3000, 0};
	t_ret("UTIME_OMIT", utimensat(AT_FDCWD, "f", t, 0));
	show("f");
	t[0].tv_nsec = 5;
	t_ret("of a link", utimensat(AT_FDCWD, "l", t, AT_SYMLINK_NOFOLLOW));
	lstat("l", &st);
	t_is("link has it", st.st_mtim.tv_sec == 3000);
	t[1].tv_nsec = UTIME_NOW;
	t_ret("UTIME_NOW", utimensat(AT_FDCWD, "f", t, 0));
	stat("f", &st);
	t_is("now", st.st_mtim.tv_sec > 1000000);
	t_val("access time", st.st_atim.tv_sec);
	t[0] = t[1] = (struct timespec){-1, 0};
	t_ret("before 1970", utimensat(AT_FDCWD, "f", t, 0));
	show("f");
	fd = open("f", O_RDONLY);
	t[0] = t[1] = (struct timespec){7, 8};
	t_ret("descriptor", syscall(SYS_utimensat, fd, NULL, t, 0));
	show("f");
	t_ret("no times", utimensat(AT_FDCWD, "f", NULL, 0));
	stat("f", &st);
	t_is("now", st.st_mtim.tv_sec > 1000000);
	t[0].tv_nsec = 1000000000;
	t_ret("nanoseconds", utimensat(AT_FDCWD, "f", t, 0));
	t_ret("flag", utimensat(AT_FDCWD, "f", NULL, 1));
	t_ret("missing", utimensat(AT_FDCWD, "missing", NULL, 0));
	t_ret("bad descriptor", utimensat(99, "f", NULL, 0));
	t_ret("bad times", syscall(SYS_utimensat, AT_FDCWD, "f", T_BAD, 0));
	return 0;
}
