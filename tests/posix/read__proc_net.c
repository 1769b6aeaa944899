/* SPDX-License-Identifier: BSD-2-Clause */
/* /proc/net and /proc/sys/net: the files, their heads, and one's own sockets.
 */
#include "t.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#define PORT 22333

/* The lines with what in them, without the columns that change. */
static void rows(const char *path, const char *what)
{
	char line[512], local[80], remote[80], st[8], queues[40];
	unsigned long ino;
	unsigned int uid;
	FILE *f = fopen(path, "r");
	int n = 0;

	t_is(path, f != NULL);
	while (f && fgets(line, sizeof(line), f)) {
		if (!strstr(line, what))
			continue;
		n = sscanf(line, "%*s %79s %79s %7s %39s %*s %*s %u %*s %lu",
			   local, remote, st, queues, &uid, &ino);
		t_val("columns", n);
		t_say("%s %s %s %s %u %s\n", local, remote, st, queues, uid,
		      ino ? "inode" : "no inode");
		t_val("length", (long)strlen(line) > 100);
	}
	if (f)
		fclose(f);
}

static void head(const char *path)
{
	char line[512];
	FILE *f = fopen(path, "r");

	t_is(path, f != NULL);
	if (f && fgets(line, sizeof(line), f))
		t_str("head", line);
	if (f)
		fclose(f);
}

static void tcp(void)
{
	struct sockaddr_in a = {AF_INET, htons(PORT), {htonl(0x7f000001)}, {0}};
	struct sockaddr_in6 a6 = {.sin6_family = AF_INET6,
				  .sin6_port = htons(PORT + 1)};
	int l = socket(AF_INET, SOCK_STREAM, 0), one = 1, c, s, l6;

	setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	t_ret("bind", bind(l, (struct sockaddr *)&a, sizeof(a)));
	rows("/proc/net/tcp", ":573D");
	t_ret("listen", listen(l, 5));
	rows("/proc/net/tcp", "0100007F:573D");
	c = socket(AF_INET, SOCK_STREAM, 0);
	a.sin_port = htons(PORT + 2);
	setsockopt(c, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	t_ret("bind", bind(c, (struct sockaddr *)&a, sizeof(a)));
	a.sin_port = htons(PORT);
	t_ret("connect", connect(c, (struct sockaddr *)&a, sizeof(a)));
	s = accept(l, NULL, NULL);
	t_ret("accept", s);
	close(l);
	t_ret("send", send(c, "hello", 5, 0));
	t_ret("peek", recv(s, &one, 4, MSG_PEEK));
	rows("/proc/net/tcp", " 0100007F:573D 0100007F:");
	close(s);
	close(c);
	l6 = socket(AF_INET6, SOCK_STREAM, 0);
	setsockopt(l6, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	t_ret("bind", bind(l6, (struct sockaddr *)&a6, sizeof(a6)));
	t_ret("listen", listen(l6, 5));
	rows("/proc/net/tcp6", ":573E");
	close(l6);
}

static void udp(void)
{
	struct sockaddr_in a = {AF_INET, htons(PORT), {htonl(0x7f000001)}, {0}};
	int u = socket(AF_INET, SOCK_DGRAM, 0);

	t_ret("bind", bind(u, (struct sockaddr *)&a, sizeof(a)));
	rows("/proc/net/udp", "0100007F:573D 00");
	t_ret("connect", connect(u, (struct sockaddr *)&a, sizeof(a)));
	rows("/proc/net/udp", "0100007F:573D 01");
	close(u);
}

static void unix_names(void)
{
	struct sockaddr_un un = {AF_UNIX, "sock"};
	char line[512], type[8], st[8], path[64];
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	FILE *f;

	t_ret("bind", bind(s, (struct sockaddr *)&un, sizeof(un)));
	t_ret("listen", listen(s, 1));
	f = fopen("/proc/net/unix", "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%*s %*s %*s %*s %7s %7s %*s %63s", type, st,
			   path) == 3 &&
		    !strcmp(path, "sock"))
			t_say("unix %s %s %s\n", type, st, path);
	}
	if (f)
		fclose(f);
	close(s);
}

/* Does a line of Linux 6.1's snmp begin so, and has its values below? */
static void snmp(const char *names)
{
	char line[1024], values[1024];
	FILE *f = fopen("/proc/net/snmp", "r");
	unsigned int n = 0, m = 0;
	size_t tag = strcspn(names, ":") + 1;

	while (f && fgets(line, sizeof(line), f) &&
	       fgets(values, sizeof(values), f)) {
		if (strncmp(line, names, strlen(names)))
			continue;
		for (const char *c = line; *c; c++)
			n += *c == ' ';
		for (const char *c = values; *c; c++)
			m += *c == ' ';
		t_is(names, n == m && !strncmp(line, values, tag));
	}
	t_is("snmp", n > 0);
	if (f)
		fclose(f);
}

/* The number behind word in the line of file that begins with tag. */
static long number(const char *file, const char *tag, const char *word)
{
	char line[1024];
	const char *at;
	long n = -1;
	FILE *f = fopen(file, "r");

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, tag, strlen(tag)) &&
		    (at = strstr(line, word)))
			n = atol(at + strlen(word));
	if (f)
		fclose(f);
	return n;
}

/* What lo has carried: bytes or packets, received or sent. */
static long lo_count(int column)
{
	unsigned long v[10] = {0};
	char line[512];
	FILE *f = fopen("/proc/net/dev", "r");

	while (f && fgets(line, sizeof(line), f))
		sscanf(line, " lo: %lu %lu %lu %lu %lu %lu %lu %lu %lu %lu",
		       &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7],
		       &v[8], &v[9]);
	if (f)
		fclose(f);
	return (long)v[column];
}

static void counters(void)
{
	struct sockaddr_in a = {AF_INET, htons(PORT), {htonl(0x7f000001)}, {0}};
	int r4 = socket(AF_INET, SOCK_RAW, 253), u, t;
	int r6 = socket(AF_INET6, SOCK_RAW, 253);
	long bytes = lo_count(0), packets = lo_count(9), used;
	char row[80];
	FILE *f;

	head("/proc/net/raw");
	head("/proc/net/raw6");
	rows("/proc/net/raw", ": 00000000:00FD");
	rows("/proc/net/raw6", ":00FD");
	snmp("Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors");
	snmp("Icmp: InMsgs InErrors InCsumErrors InDestUnreachs");
	snmp("Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens");
	snmp("Udp: InDatagrams NoPorts InErrors OutDatagrams");
	snmp("UdpLite: InDatagrams NoPorts");
	t_val("rto", number("/proc/net/snmp", "Tcp: 1", "Tcp: 1 "));
	t_val("raw", number("/proc/net/sockstat", "RAW:", "inuse "));
	t_val("raw6", number("/proc/net/sockstat6", "RAW6:", "inuse "));
	t_val("frag", number("/proc/net/sockstat", "FRAG:", "inuse "));
	t_val("frag6", number("/proc/net/sockstat6", "FRAG6:", "memory "));
	used = number("/proc/net/sockstat", "sockets:", "used ");
	u = socket(AF_INET, SOCK_DGRAM, 0);
	t = socket(AF_INET, SOCK_STREAM, 0);
	t_val("used", number("/proc/net/sockstat", "sockets:", "used ") - used);
	t_ret("bind", bind(u, (struct sockaddr *)&a, sizeof(a)));
	t_val("udp", number("/proc/net/sockstat", "UDP:", "inuse "));
	used = number("/proc/net/sockstat", "TCP:", "inuse ");
	t_ret("bind", bind(t, (struct sockaddr *)&a, sizeof(a)));
	t_ret("listen", listen(t, 1));
	t_val("tcp", number("/proc/net/sockstat", "TCP:", "inuse ") - used);
	t_ret("send", sendto(u, row, 50, 0, (struct sockaddr *)&a, sizeof(a)));
	t_val("bytes", lo_count(0) - bytes);
	t_val("packets", lo_count(9) - packets);
	close(t);
	close(u);
	close(r4);
	close(r6);
	f = fopen("/proc/net/ipv6_route", "r");
	t_is("ipv6_route", f != NULL);
	while (f && fgets(row, sizeof(row), f))
		if (!strncmp(row, "00000000000000000000000000000001 80 ", 36))
			t_str("ipv6_route", row);
	if (f)
		fclose(f);
}

int main(void)
{
	char link[64] = "";

	readlink("/proc/net", link, sizeof(link) - 1);
	t_str("link", link);
	head("/proc/net/dev");
	head("/proc/net/tcp");
	head("/proc/net/tcp6");
	head("/proc/net/udp6");
	head("/proc/net/udp");
	head("/proc/net/unix");
	head("/proc/net/route");
	t_cat("if_inet6", "/proc/net/if_inet6");
	t_cat("somaxconn", "/proc/sys/net/core/somaxconn");
	t_cat("ports", "/proc/sys/net/ipv4/ip_local_port_range");
	t_ret("missing", open("/proc/net/nothing", O_RDONLY));
	counters();
	tcp();
	udp();
	unix_names();
	return 0;
}
