/* SPDX-License-Identifier: BSD-2-Clause */
/* statx(dirfd, path, flags, mask, buf): see statx(2). */
#include "t.h"
#include <linux/stat.h>
#undef STATX_MNT_ID
#define X(d, path, flags, mask, st) syscall(SYS_statx, d, path, flags, mask, st)

int main(void)
{
	struct statx st;
	struct stat old;
	int fd;

	umask(022);
	t_file("f", "hello");
	symlink("f", "l");
	t_ret("basic", X(AT_FDCWD, "f", 0, STATX_BASIC_STATS, &st));
	t_is("all basic fields",
	     (st.stx_mask & STATX_BASIC_STATS) == STATX_BASIC_STATS);
	t_val("mode", st.stx_mode);
	t_val("size", st.stx_size);
	t_val("links", st.stx_nlink);
	t_val("blocks", st.stx_blocks);
	t_val("block size", st.stx_blksize);
	stat("f", &old);
	t_is("inode as in stat", old.st_ino == st.stx_ino);
	t_is("times as in stat",
	     old.st_mtim.tv_sec == st.stx_mtime.tv_sec &&
		     old.st_mtim.tv_nsec == (long)st.stx_mtime.tv_nsec);
	t_ret("birth", X(AT_FDCWD, "f", 0, STATX_BTIME, &st));
	t_is("has one", !!(st.stx_mask & STATX_BTIME));
	t_ret("nofollow",
	      X(AT_FDCWD, "l", AT_SYMLINK_NOFOLLOW, STATX_TYPE, &st));
	t_is("link", S_ISLNK(st.stx_mode));
	fd = open("f", O_RDONLY);
	t_ret("empty path", X(fd, "", AT_EMPTY_PATH, STATX_SIZE, &st));
	t_val("size", st.stx_size);
	t_ret("mask of nothing", X(AT_FDCWD, "f", 0, 0, &st));
	t_ret("empty path without flag", X(fd, "", 0, STATX_SIZE, &st));
	t_ret("reserved mask", X(AT_FDCWD, "f", 0, 0x80000000, &st));
	t_ret("both sync flags", X(AT_FDCWD, "f", 0x6000, STATX_SIZE, &st));
	t_ret("force sync", X(AT_FDCWD, "f", 0x2000, STATX_SIZE, &st));
	t_ret("unknown flag", X(AT_FDCWD, "f", 1, STATX_SIZE, &st));
	t_ret("bad descriptor", X(99, "f", 0, STATX_SIZE, &st));
	t_ret("bad address", X(AT_FDCWD, "f", 0, STATX_SIZE, T_BAD));
	t_ret("bad path", X(AT_FDCWD, T_BAD, 0, STATX_SIZE, &st));
	return 0;
}
