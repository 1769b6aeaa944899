/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syslog(3): datagrams to the local socket /dev/log, and nothing where nobody
 * listens. What is said is compared without time and number of the process.
 * t: alone, because on Linux it has a /dev of its own.
 */
#include "t.h"
#include <poll.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>

static void show(const char *what, int fd)
{
	struct pollfd p = {fd, POLLIN, 0};
	char b[2000], *text;
	ssize_t n;
	int nr = 0;

	while (poll(&p, 1, nr ? 0 : 500) > 0) {
		n = recv(fd, b, sizeof(b) - 1, MSG_DONTWAIT);
		if (n < 0)
			break;
		while (n > 0 && (b[n - 1] == '\n' || !b[n - 1]))
			n--;
		b[n] = 0;
		nr++;
		text = strchr(b, '>');
		/* "<134>Nov 21 10:00:00 name: text" */
		t_say("%s: %.*s %s\n", what, text ? (int)(text - b + 1) : 0, b,
		      text && strlen(text) > 17 ? text + 17 : "?");
	}
	if (!nr)
		t_say("%s: nothing came\n", what);
}

static int hear(void)
{
	struct sockaddr_un a = {AF_UNIX, "/dev/log"};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	t_ret("bind", bind(fd, (void *)&a, sizeof(a)) < 0 ? -errno : 0);
	return fd;
}

int main(void)
{
	struct stat st;
	int fd;

#ifdef __GLIBC__
	if (mount("none", "/dev", "tmpfs", 0, NULL) < 0)
		t_skip("no /dev of its own");
#endif
	openlog("test", 0, LOG_LOCAL0);
	syslog(LOG_INFO, "nobody hears %d", 1);
	fd = hear();
	t_ret("stat", stat("/dev/log", &st));
	t_is("a socket", S_ISSOCK(st.st_mode));
	syslog(LOG_INFO, "number %d", 2);
	show("then", fd);
	syslog(LOG_USER | LOG_ERR, "another facility");
	syslog(LOG_DEBUG, "with a line's end\n");
	show("two", fd);
	setlogmask(LOG_UPTO(LOG_WARNING));
	syslog(LOG_INFO, "hidden");
	syslog(LOG_WARNING, "shown");
	show("mask", fd);
	/* The server starts again. */
	close(fd);
	unlink("/dev/log");
	syslog(LOG_ERR, "lost");
	fd = hear();
	syslog(LOG_ERR, "heard again");
	show("a new server", fd);
	closelog();
	openlog("new", LOG_NDELAY, LOG_DAEMON);
	syslog(LOG_CRIT, "%m of nothing" + 3);
	show("opened at once", fd);
	closelog();
	close(fd);
	unlink("/dev/log");
	return 0;
}
