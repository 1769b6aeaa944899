/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify(7): renames and their cookies, files that go while they are open,
 * watched directories and filesystems that go.
 */
#include "inotify.h"
#include <sys/mount.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE	 2
#define RENAME_WHITEOUT	 4
#endif

static int fd;

static int watch(const char *path, uint32_t mask)
{
	int wd = inotify_add_watch(fd, path, mask);

	t_say("watch %s: %d\n", path, wd);
	return wd;
}

static void renames(void)
{
	t_file("a/f", "f");
	t_file("a/g", "g");
	mkdir("a/sub", 0755);
	t_file("b/old", "old");
	ino_show("before", fd);
	watch("a/f", IN_ALL_EVENTS);
	watch("a/sub", IN_ALL_EVENTS);
	watch("b/old", IN_ALL_EVENTS);
	rename("a/f", "a/f2");
	ino_show("within a directory", fd);
	rename("a/f2", "b/f3");
	ino_show("to another", fd);
	rename("b/f3", "b/old");
	ino_show("over a file", fd);
	close(open("b/old", O_RDWR));
	ino_show("it has its new name", fd);
	rename("a/sub", "b/sub2");
	ino_show("a directory", fd);
	syscall(SYS_renameat2, AT_FDCWD, "b/old", AT_FDCWD, "a/g",
		RENAME_EXCHANGE);
	ino_show("exchange", fd);
	syscall(SYS_renameat2, AT_FDCWD, "b/sub2", AT_FDCWD, "a/g",
		RENAME_EXCHANGE);
	ino_show("exchange of two kinds", fd);
	syscall(SYS_renameat2, AT_FDCWD, "b/old", AT_FDCWD, "a/g",
		RENAME_NOREPLACE);
	ino_show("no replace", fd);
	syscall(SYS_renameat2, AT_FDCWD, "b/old", AT_FDCWD, "b/older",
		RENAME_WHITEOUT);
	ino_show("whiteout", fd);
	rename("b/older", "out");
	ino_show("out of what is watched", fd);
	rename("out", "b/in");
	ino_show("and in", fd);
	rename("b/in", "b/in");
	ino_show("to itself", fd);
	link("b/in", "b/in2");
	ino_show("link", fd);
	rename("b/in", "b/in2");
	ino_show("two names of one file", fd);
	mkdir("a/e1", 0755);
	mkdir("a/e2", 0755);
	watch("a/e2", IN_ALL_EVENTS);
	ino_show("mkdir", fd);
	rename("a/e1", "a/e2");
	ino_show("over a directory", fd);
}

static void gone(void)
{
	int f, g;

	t_file("a/x", "x");
	ino_show("before", fd);
	watch("a/x", IN_ALL_EVENTS);
	unlink("a/x");
	ino_show("unlink", fd);
	t_file("a/x", "x");
	ino_show("before", fd);
	watch("a/x", IN_ALL_EVENTS);
	f = open("a/x", O_RDWR);
	ino_show("open", fd);
	unlink("a/x");
	ino_show("unlink of an open file", fd);
	write(f, "abc", 3);
	ino_show("write to it", fd);
	fchmod(f, 0600);
	ino_show("fchmod of it", fd);
	close(f);
	ino_show("close of it", fd);

	watch("a", IN_ALL_EVENTS | IN_EXCL_UNLINK);
	t_file("a/x", "x");
	ino_show("before", fd);
	watch("a/x", IN_ALL_EVENTS);
	f = open("a/x", O_RDWR);
	unlink("a/x");
	write(f, "abc", 3);
	fchmod(f, 0600);
	close(f);
	ino_show("IN_EXCL_UNLINK", fd);
	watch("a", IN_ALL_EVENTS);

	t_file("a/x", "x");
	link("a/x", "a/y");
	ino_show("two names", fd);
	watch("a/x", IN_DELETE_SELF | IN_ATTRIB);
	f = open("a/x", O_RDONLY);
	g = open("a/y", O_RDONLY);
	unlink("a/x");
	ino_show("one name goes", fd);
	unlink("a/y");
	ino_show("the other", fd);
	close(g);
	ino_show("the first close", fd);
	close(f);
	ino_show("the last", fd);
}

static void directories(void)
{
	int f;

	mkdir("c", 0755);
	watch("c", IN_ALL_EVENTS);
	watch(".", IN_ALL_EVENTS);
	t_file("c/f", "x");
	f = open("c/f", O_RDONLY);
	ino_show("before", fd);
	unlink("c/f");
	rmdir("c");
	ino_show("a directory goes while a file in it is open", fd);
	close(f);
	ino_show("and the file", fd);
	mkdir("c", 0755);
	watch("c", IN_ALL_EVENTS);
	ino_show("before", fd);
	rmdir("c");
	ino_show("an empty directory goes", fd);
	mkdir("c", 0755);
	watch("c", IN_ALL_EVENTS);
	f = open("c", O_RDONLY | O_DIRECTORY);
	rmdir("c");
	ino_show("a directory goes while it is open", fd);
	close(f);
	ino_show("and closes", fd);
	mkdir("c", 0755);
	rename("c", "moved");
	ino_show("a rename above", fd);
	rmdir("moved");
	ino_show("and its end", fd);
}

static void mounts(void)
{
	int f, inner;

	mkdir("m", 0755);
	ino_show("mkdir", fd);
	if (mount("none", "m", "tmpfs", 0, NULL) < 0)
		t_skip("cannot mount");
	ino_show("mount", fd);
	t_file("m/f", "x");
	watch("m", IN_ALL_EVENTS);
	/* In an instance of its own: umount(2) has no order. */
	inner = inotify_init1(IN_NONBLOCK);
	t_val("watch m/f", inotify_add_watch(inner, "m/f", IN_OPEN));
	f = open("m/f", O_RDWR);
	close(open("m", O_RDONLY));
	close(f);
	ino_show("in it", fd);
	ino_show("the file in it", inner);
	t_ret("umount", umount("m") < 0 ? -errno : 0);
	ino_show("unmounted", fd);
	ino_show("the file unmounted", inner);
	close(inner);
	rmdir("m");
	ino_show("rmdir", fd);
}

int main(void)
{
	mkdir("a", 0755);
	mkdir("b", 0755);
	fd = inotify_init1(IN_NONBLOCK);
	watch("a", IN_ALL_EVENTS);
	watch("b", IN_ALL_EVENTS);
	renames();
	gone();
	directories();
	mounts();
	return 0;
}
