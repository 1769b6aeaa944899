/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify_rm_watch(fd, wd): see inotify_rm_watch(2). */
#include "inotify.h"

int main(void)
{
	int fd = inotify_init1(IN_NONBLOCK), other = inotify_init1(IN_NONBLOCK);
	int plain, a, b;
	char name[16];

	t_file("f", "text");
	t_file("g", "text");
	a = inotify_add_watch(fd, "f", IN_OPEN);
	b = inotify_add_watch(fd, "g", IN_OPEN);
	t_val("first", a);
	t_val("second", b);
	t_val("of another instance", inotify_add_watch(other, "f", IN_OPEN));
	close(open("f", O_RDONLY));
	t_val("rm", inotify_rm_watch(fd, a));
	close(open("f", O_RDONLY));
	close(open("g", O_RDONLY));
	ino_show("what came before stays", fd);
	ino_show("the other goes on", other);
	t_ret("again", inotify_rm_watch(fd, a) < 0 ? -errno : 0);
	t_ret("0", inotify_rm_watch(fd, 0) < 0 ? -errno : 0);
	t_ret("-1", inotify_rm_watch(fd, -1) < 0 ? -errno : 0);
	t_ret("never given", inotify_rm_watch(fd, 77) < 0 ? -errno : 0);
	t_ret("bad descriptor", inotify_rm_watch(-1, b) < 0 ? -errno : 0);
	plain = open("f", O_RDONLY);
	t_ret("not inotify's", inotify_rm_watch(plain, b) < 0 ? -errno : 0);
	close(plain);
	t_val("a number is not used again",
	      inotify_add_watch(fd, "f", IN_OPEN));
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		t_file(name, "");
		inotify_add_watch(fd, name, IN_DELETE_SELF);
	}
	for (int i = 299; i >= 0; i -= 2)
		inotify_rm_watch(fd, 4 + i);
	t_val("the next of many", inotify_add_watch(fd, ".", IN_DELETE));
	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		unlink(name);
	}
	ino_show("many", fd);
	return 0;
}
