/* SPDX-License-Identifier: BSD-2-Clause */
/* umount2(target, flags): see umount(2). */
#include "t.h"
#include <sys/mount.h>

int main(void)
{
	int fd;

	mkdir("d", 0755);
	t_file("f", "");
	symlink("d", "l");
	t_ret("no mount", umount2("d", 0));
	mount("none", "d", "tmpfs", 0, NULL);
	fd = open("d/x", O_RDWR | O_CREAT, 0644);
	t_ret("busy", umount2("d", 0));
	t_ret("MNT_DETACH", umount2("d", MNT_DETACH));
	t_stat("gone", "d/x");
	t_val("the file lives on", write(fd, "abc", 3));
	close(fd);
	mount("none", "d", "tmpfs", 0, NULL);
	t_ret("UMOUNT_NOFOLLOW of a link", umount2("l", UMOUNT_NOFOLLOW));
	t_ret("link", umount2("l", 0));
	mount("none", "d", "tmpfs", 0, NULL);
	mount("none", "d", "tmpfs", 0, NULL);
	t_ret("the upper one", umount2("d", 0));
	t_ret("the lower one", umount2("d", 0));
	t_ret("none left", umount2("d", 0));
	t_ret("flag", umount2("d", 0x100));
	t_ret("missing", umount2("missing", 0));
	t_ret("file", umount2("f", 0));
	t_ret("bad address", umount2(T_BAD, 0));
	return 0;
}
