/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * open() of /dev/ptmx and of the slaves: pty(7), pts(4), and the names in a
 * devpts of the test's own, so that the machine's pseudo-terminals do not show.
 * t: alone
 */
#include "t.h"
#include <dirent.h>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *what)
{
	struct dirent *e;
	char *names[64];
	int n = 0;
	DIR *d = opendir("pts");

	while (d && (e = readdir(d)) && n < 64)
		names[n++] = strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof(*names), compare);
	for (int i = 0; i < n; i++) {
		t_say("%s: %s\n", what, names[i]);
		free(names[i]);
	}
}

static void node(const char *path)
{
	struct stat st;

	if (stat(path, &st)) {
		t_ret(path, -1);
		return;
	}
	t_say("%s: mode %o, %d:%d, device %d:%d, %d link(s), inode %d\n", path,
	      st.st_mode, st.st_uid, st.st_gid, major(st.st_rdev),
	      minor(st.st_rdev), (int)st.st_nlink, (int)st.st_ino);
}

static int master(void)
{
	return open("pts/ptmx", O_RDWR | O_NOCTTY);
}

static int number(int m)
{
	int n = -1;

	return ioctl(m, TIOCGPTN, &n) ? -1 : n;
}

static void unlock(int m)
{
	int off = 0;

	ioctl(m, TIOCSPTLCK, &off);
}

static void names(void)
{
	struct statfs fs;
	int a, b, c;

	t_ret("statfs", statfs("pts", &fs));
	t_val("magic", fs.f_type);
	list("empty");
	node("pts");
	node("pts/ptmx");
	a = master();
	b = master();
	t_val("first", number(a));
	t_val("second", number(b));
	list("two");
	node("pts/0");
	node("pts/1");
	close(a);
	list("one left");
	c = master();
	t_val("lowest number again", number(c));
	t_ret("unlink", unlink("pts/0"));
	t_ret("create", open("pts/x", O_CREAT | O_RDWR, 0600));
	t_ret("mkdir", mkdir("pts/x", 0700));
	t_ret("chmod", chmod("pts/0", 0666));
	t_ret("chown", chown("pts/0", 7, 8));
	node("pts/0");
	close(b);
	close(c);
	list("empty again");
}

static void locks(void)
{
	int m = master(), on = 0, s;

	t_ret("TIOCGPTLCK", ioctl(m, TIOCGPTLCK, &on));
	t_val("locked", on);
	t_ret("slave, locked", open("pts/0", O_RDWR | O_NOCTTY));
	t_ret("peer, locked", ioctl(m, TIOCGPTPEER, O_RDWR | O_NOCTTY));
	unlock(m);
	ioctl(m, TIOCGPTLCK, &on);
	t_val("unlocked", on);
	s = open("pts/0", O_RDWR | O_NOCTTY);
	t_ret("slave", s);
	t_is("flags", fcntl(s, F_GETFL) & O_NOCTTY);
	t_is("slave is a terminal", isatty(s));
	t_is("master is a terminal", isatty(m));
	t_ret("TIOCGPTN of a slave", ioctl(s, TIOCGPTN, &on));
	t_ret("TIOCSPTLCK bad", ioctl(m, TIOCSPTLCK, T_BAD));
	t_ret("TIOCGPTN bad", ioctl(m, TIOCGPTN, T_BAD));
	on = 1;
	t_ret("lock again", ioctl(m, TIOCSPTLCK, &on));
	t_ret("slave, locked again", open("pts/0", O_RDWR | O_NOCTTY));
	close(s);
	close(m);
	t_ret("slave without a master", open("pts/0", O_RDWR | O_NOCTTY));
}

static void peer(void)
{
	int m = master(), s, path;
	struct stat a, b;
	char buf[8];

	unlock(m);
	s = ioctl(m, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	t_ret("peer", s);
	t_val("close-on-exec", fcntl(s, F_GETFD));
	t_val("access", fcntl(s, F_GETFL) & (O_ACCMODE | O_NONBLOCK));
	fstat(s, &a);
	stat("pts/0", &b);
	t_is("the same node", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	t_ret("peer of a slave", ioctl(s, TIOCGPTPEER, O_RDWR));
	path = open("pts/0", O_PATH);
	close(m);
	t_val("read without a master", read(s, buf, sizeof(buf)));
	fstat(s, &a);
	t_val("links of the node", a.st_nlink);
	snprintf(buf, sizeof(buf), "%d", path);
	close(path);
	close(s);
	t_ret("umount", umount2("pts", 0));
}

/* The device in /dev, by way of libc. */
static void libc(void)
{
	int m = posix_openpt(O_RDWR | O_NOCTTY), s, m2, s2;
	struct winsize ws = {.ws_row = 7, .ws_col = 9}, got;
	struct termios tio;
	struct stat a, b;
	char name[64], tty[64];

	t_ret("posix_openpt", m);
	t_ret("grantpt", grantpt(m));
	t_ret("unlockpt", unlockpt(m));
	t_val("ptsname_r", ptsname_r(m, name, sizeof(name)));
	t_is("its directory", !strncmp(name, "/dev/pts/", 9));
	t_val("ptsname_r, too small", ptsname_r(m, tty, 3));
	s = open(name, O_RDWR | O_NOCTTY);
	t_ret("slave", s);
	t_val("ttyname_r", ttyname_r(s, tty, sizeof(tty)));
	t_is("the same name", !strcmp(name, tty));
	fstat(s, &a);
	t_is("fstat", !stat(name, &b) && a.st_rdev == b.st_rdev);
	tcgetattr(s, &tio);
	tio.c_lflag &= ~ECHO;
	t_ret("openpty", openpty(&m2, &s2, name, &tio, &ws));
	t_ret("size", ioctl(m2, TIOCGWINSZ, &got));
	t_say("%d by %d\n", got.ws_row, got.ws_col);
	tcgetattr(s2, &tio);
	t_is("echo", tio.c_lflag & ECHO);
	close(m2);
	close(s2);
	t_ret("gone", access(name, F_OK));
	close(m);
	close(s);
	t_ret("/dev/tty without a terminal", open("/dev/tty", O_RDWR));
}

int main(void)
{
	mkdir("pts", 0755);
	if (mount("devpts", "pts", "devpts", MS_NOSUID | MS_NOEXEC,
		  "newinstance,gid=5,mode=620,ptmxmode=666"))
		t_skip("no devpts");
	names();
	locks();
	peer();
	libc();
	return 0;
}
