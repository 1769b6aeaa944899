/* SPDX-License-Identifier: BSD-2-Clause */
/* bind(fd, name, len): see bind(2) and unix(7). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

#define HEAD offsetof(struct sockaddr_un, sun_path)

static struct sockaddr_un name(const char *path)
{
	struct sockaddr_un a = {AF_UNIX, ""};

	strncpy(a.sun_path, path, sizeof(a.sun_path));
	return a;
}

static int bind_to(int fd, const char *path)
{
	struct sockaddr_un a = name(path);

	return bind(fd, (void *)&a, HEAD + strlen(path));
}

static void show(int fd)
{
	struct sockaddr_un a;
	socklen_t len = sizeof(a);

	memset(&a, 0x55, sizeof(a));
	t_val("getsockname", getsockname(fd, (void *)&a, &len));
	t_val("length", len);
	t_bytes("name", &a, len < sizeof(a) ? len : sizeof(a));
}

static void errors(void)
{
	struct sockaddr_un a = name("x");
	int fd = open("/dev/null", O_RDWR), s;

	t_val("not open", bind(99, (void *)&a, sizeof(a)));
	t_val("no socket", bind(fd, (void *)&a, sizeof(a)));
	t_val("both wrong", bind(fd, T_BAD, sizeof(a)));
	close(fd);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_val("bad address", bind(s, T_BAD, sizeof(a)));
	t_val("negative length", bind(s, (void *)&a, -1));
	t_val("length 0", bind(s, (void *)&a, 0));
	t_val("length 1", bind(s, (void *)&a, 1));
	t_val("too long", bind(s, (void *)&a, sizeof(a) + 1));
	t_val("much too long", bind(s, (void *)&a, 200));
	a.sun_family = AF_INET;
	t_val("other family", bind(s, (void *)&a, sizeof(a)));
	t_val("no directory", bind_to(s, "none/x"));
	t_val("a slash behind", bind_to(s, "x/"));
	t_val("a directory", bind_to(s, "."));
	t_file("file", "text");
	t_val("a file", bind_to(s, "file"));
	t_val("below a file", bind_to(s, "file/x"));
	symlink("nowhere", "link");
	t_val("a dangling link", bind_to(s, "link"));
	show(s);
	close(s);
}

static void paths(void)
{
	int s = socket(AF_UNIX, SOCK_STREAM, 0),
	    t = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct sockaddr_un a = {AF_UNIX, ""};
	struct stat st;
	char longest[200];

	umask(027);
	t_ret("bind", bind_to(s, "sock"));
	t_stat("sock", "sock");
	stat("sock", &st);
	t_is("a socket", S_ISSOCK(st.st_mode));
	show(s);
	t_val("twice", bind_to(s, "sock2"));
	t_val("no name left over", access("sock2", F_OK));
	t_val("in use", bind_to(t, "sock"));
	t_val("both", bind_to(s, "sock"));
	t_val("open it", open("sock", O_RDWR));
	t_ret("open its path", open("sock", O_PATH));
	close(5);
	close(s);
	t_is("node stays", !access("sock", F_OK));
	t_val("still in use", bind_to(t, "sock"));
	t_ret("unlink", unlink("sock"));
	t_ret("bind", bind_to(t, "sock"));
	t_ret("rename", rename("sock", "moved"));
	show(t);
	close(t);
	unlink("moved");
	s = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	memset(a.sun_path, 'l', sizeof(a.sun_path));
	t_ret("longest, without NUL", bind(s, (void *)&a, sizeof(a)));
	show(s);
	memset(longest, 'l', 108);
	longest[108] = '\0';
	t_ret("unlink", unlink(longest));
	close(s);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	a = name("nul\0behind");
	t_ret("more behind NUL", bind(s, (void *)&a, sizeof(a)));
	show(s);
	close(s);
	umask(022);
	mkdir("dir", 0700);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_ret("in a directory", bind_to(s, "dir/sock"));
	t_stat("node", "dir/sock");
	close(s);
}

static void abstract(void)
{
	struct sockaddr_un a = {AF_UNIX, "\0posixen test"};
	int s = socket(AF_UNIX, SOCK_STREAM, 0),
	    t = socket(AF_UNIX, SOCK_STREAM, 0),
	    u = socket(AF_UNIX, SOCK_DGRAM, 0);

	t_ret("abstract", bind(s, (void *)&a, HEAD + 13));
	show(s);
	t_val("in use", bind(t, (void *)&a, HEAD + 13));
	t_ret("other length", bind(t, (void *)&a, HEAD + 14));
	t_ret("other type", bind(u, (void *)&a, HEAD + 13));
	t_val("twice", bind(s, (void *)&a, HEAD + 12));
	close(s);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_ret("free again", bind(s, (void *)&a, HEAD + 13));
	close(s);
	close(t);
	close(u);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	t_ret("a NUL alone", bind(s, (void *)&a, HEAD + 1));
	show(s);
	close(s);
}

static void autobind(void)
{
	struct sockaddr_un a = {AF_UNIX, ""}, b;
	int s = socket(AF_UNIX, SOCK_STREAM, 0), on = 1;
	socklen_t len = sizeof(b);

	t_ret("autobind", bind(s, (void *)&a, HEAD));
	getsockname(s, (void *)&b, &len);
	t_val("length", len);
	t_is("abstract, hexadecimal",
	     !b.sun_path[0] && strspn(b.sun_path + 1, "0123456789abcdef") >= 5);
	t_ret("again", bind(s, (void *)&a, HEAD));
	t_val("bind to something", bind_to(s, "other"));
	a.sun_family = AF_INET;
	t_val("other family", bind(s, (void *)&a, HEAD));
	close(s);
	s = socket(AF_UNIX, SOCK_DGRAM, 0);
	setsockopt(s, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
	a = name("dir/sock");
	sendto(s, "x", 1, 0, (void *)&a, sizeof(a));
	len = sizeof(b);
	getsockname(s, (void *)&b, &len);
	t_val("SO_PASSCRED binds", len);
	close(s);
}

static void permissions(void)
{
	int s = socket(AF_UNIX, SOCK_DGRAM, 0), t;

	chmod(".", 0755);
	mkdir("mine", 0755);
	t_ret("bind", bind_to(s, "mine/root"));
	if (seteuid(1000))
		t_skip("cannot become somebody else");
	t = socket(AF_UNIX, SOCK_DGRAM, 0);
	t_val("may not write there", bind_to(t, "mine/user"));
	t_val("may not send there",
	      sendto(t, "x", 1, 0,
		     (void *)&(struct sockaddr_un){AF_UNIX, "mine/root"},
		     HEAD + 10));
	seteuid(0);
	chmod("mine/root", 0777);
	seteuid(1000);
	t_val("may send now",
	      sendto(t, "x", 1, 0,
		     (void *)&(struct sockaddr_un){AF_UNIX, "mine/root"},
		     HEAD + 10));
	seteuid(0);
	close(s);
	close(t);
}

int main(void)
{
	errors();
	paths();
	abstract();
	autobind();
	permissions();
	return 0;
}
