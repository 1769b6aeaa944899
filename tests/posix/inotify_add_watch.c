/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify_add_watch(fd, path, mask): see inotify_add_watch(2), inotify(7).
 * What happens to files is in the tests with more to their name.
 */
#include "inotify.h"

static int fd;

static void try(const char *what, const char *path, uint32_t mask)
{
	int wd = inotify_add_watch(fd, path, mask);

	t_val(what, wd < 0 ? -errno : wd);
}

static void refused(void)
{
	int plain = open("f", O_RDONLY);

	t_val("bad descriptor",
	      inotify_add_watch(-1, ".", IN_OPEN) < 0 ? -errno : 0);
	t_val("not inotify's",
	      inotify_add_watch(plain, ".", IN_OPEN) < 0 ? -errno : 0);
	t_val("not inotify's, bad path",
	      inotify_add_watch(plain, T_BAD, IN_OPEN) < 0 ? -errno : 0);
	t_val("no mask and a bad descriptor",
	      inotify_add_watch(-1, ".", 0) < 0 ? -errno : 0);
	close(plain);
	try("no mask", ".", 0);
	try("unknown bits", ".", 0x1000 | IN_OPEN);
	try("more unknown bits", ".", 0x10000);
	try("bad pointer", T_BAD, IN_OPEN);
	try("empty path", "", IN_OPEN);
	try("no such file", "none", IN_OPEN);
	try("through a file", "f/x", IN_OPEN);
	try("IN_ONLYDIR of a file", "f", IN_OPEN | IN_ONLYDIR);
	try("IN_ONLYDIR of a link to a file", "l", IN_OPEN | IN_ONLYDIR);
	try("MASK_ADD and MASK_CREATE", "f",
	    IN_OPEN | IN_MASK_ADD | IN_MASK_CREATE);
	try("the same, no such file", "none",
	    IN_OPEN | IN_MASK_ADD | IN_MASK_CREATE);
	try("a loop of links", "loop", IN_OPEN);
}

/* Bits that only the kernel sets do not matter. */
static void odd_masks(void)
{
	int old = fd;

	fd = inotify_init1(IN_NONBLOCK);
	try("IN_IGNORED alone", "f", IN_IGNORED);
	try("IN_ISDIR alone", "d", IN_ISDIR);
	try("IN_Q_OVERFLOW alone", "l", IN_Q_OVERFLOW | IN_DONT_FOLLOW);
	close(open("f", O_RDONLY));
	chmod("d", 0700);
	ino_show("nothing is asked for", fd);
	close(fd);
	fd = old;
}

static void again(void)
{
	try("a file", "f", IN_OPEN);
	try("the same by another name", "hard", IN_OPEN);
	try("the same by a link", "l", IN_OPEN);
	try("the link itself", "l", IN_OPEN | IN_ATTRIB | IN_DONT_FOLLOW);
	try("a directory", "d", IN_OPEN | IN_ONLYDIR);
	try("MASK_CREATE of a watched one", "f", IN_ATTRIB | IN_MASK_CREATE);
	close(open("f", O_RDONLY));
	ino_show("open is told, close is not", fd);
	try("MASK_ADD", "f", IN_CLOSE | IN_MASK_ADD);
	close(open("f", O_RDONLY));
	ino_show("both are", fd);
	try("without MASK_ADD", "f", IN_CLOSE_NOWRITE);
	close(open("f", O_RDONLY));
	ino_show("the new mask alone", fd);
	try("MASK_CREATE of a new one", "g", IN_ATTRIB | IN_MASK_CREATE);
	lchown("l", 1, 1);
	lchown("f", 1, 1);
	ino_show("the link was changed", fd);
}

static void oneshot(void)
{
	try("ONESHOT", "o", IN_ALL_EVENTS | IN_ONESHOT);
	close(open("o", O_RDONLY));
	ino_show("once", fd);
	try("it can be added again", "o", IN_MODIFY | IN_ONESHOT);
	try("ONESHOT taken back", "o", IN_CLOSE);
	close(open("o", O_RDONLY));
	close(open("o", O_RDONLY));
	ino_show("twice", fd);
	try("ONESHOT added", "o", IN_ONESHOT | IN_MASK_ADD | IN_OPEN);
	close(open("o", O_RDONLY));
	ino_show("the last", fd);
}

static void unreadable(void)
{
	t_file("secret", "x");
	chmod("secret", 0200);
	mkdir("closed", 0700);
	t_file("closed/in", "x");
	setegid(1000);
	seteuid(1000);
	try("not readable", "secret", IN_OPEN);
	try("behind a closed directory", "closed/in", IN_OPEN);
	seteuid(0);
	setegid(0);
}

int main(void)
{
	t_file("f", "text");
	t_file("g", "text");
	t_file("o", "text");
	link("f", "hard");
	symlink("f", "l");
	symlink("loop", "loop");
	mkdir("d", 0755);
	fd = inotify_init1(IN_NONBLOCK);
	refused();
	odd_masks();
	again();
	oneshot();
	unreadable();
	return 0;
}
