/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount(source, target, type, flags, data): see mount(2). On Linux the test
 * has a mount namespace of its own.
 */
#include "t.h"
#include <sys/mount.h>

int main(void)
{
	struct stat a, b;
	int fd;

	mkdir("d", 0755);
	mkdir("e", 0755);
	t_file("d/below", "");
	t_file("f", "contents");
	stat("d", &a);
	t_ret("tmpfs", mount("none", "d", "tmpfs", 0, NULL));
	stat("d", &b);
	t_is("another device", a.st_dev != b.st_dev);
	t_stat("what was there is hidden", "d/below");
	t_file("d/above", "abc");
	t_ret("rename over to it", rename("f", "d/f"));
	t_ret("link over to it", link("f", "d/f"));
	t_ret("rmdir of a mount point", rmdir("d"));
	t_ret("rename of a mount point", rename("d", "g"));
	t_ret("bind", mount("d", "e", NULL, MS_BIND, NULL));
	t_cat("the same file", "e/above");
	t_ret("bind of a file", mount("e/above", "f", NULL, MS_BIND, NULL));
	t_cat("file over a file", "f");
	t_ret("unmount it", umount("f"));
	t_cat("f again", "f");
	t_ret("file over a directory", mount("f", "e", NULL, MS_BIND, NULL));
	t_ret("unmount", umount("e"));
	t_ret("read only",
	      mount(NULL, "d", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	t_ret("create there", open("d/new", O_CREAT | O_WRONLY, 0644));
	t_ret("write there", open("d/above", O_WRONLY));
	t_ret("unlink there", unlink("d/above"));
	fd = open("d/above", O_RDONLY);
	t_ret("read there", fd);
	t_ret("busy", umount("d"));
	close(fd);
	t_ret("unmount", umount("d"));
	t_stat("what was there is back", "d/below");
	t_ret("limited size", mount("none", "d", "tmpfs", 0, "size=8k"));
	fd = open("d/f", O_RDWR | O_CREAT, 0644);
	t_val("one page", pwrite(fd, "x", 1, 0));
	t_val("two pages", pwrite(fd, "x", 1, 4096));
	t_val("three pages", pwrite(fd, "x", 1, 8192));
	close(fd);
	umount("d");
	t_ret("option", mount("none", "d", "tmpfs", 0, "nonsense=1"));
	t_ret("type", mount("none", "d", "nonsense", 0, NULL));
	t_ret("no type", mount("none", "d", NULL, 0, NULL));
	t_ret("missing", mount("none", "missing", "tmpfs", 0, NULL));
	t_ret("file", mount("none", "f", "tmpfs", 0, NULL));
	t_ret("bind of nothing", mount("missing", "d", NULL, MS_BIND, NULL));
	t_ret("remount of no mount", mount(NULL, "d", NULL, MS_REMOUNT, NULL));
	t_ret("bad target", mount("none", T_BAD, "tmpfs", 0, NULL));
	t_ret("bad type", mount("none", "d", T_BAD, 0, NULL));
	return 0;
}
