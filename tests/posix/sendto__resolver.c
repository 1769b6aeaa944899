/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a C library does with sockets to find a host (getaddrinfo(3),
 * gethostbyname(3)): /etc/hosts, then a server of names, which is a thread here
 * on port 53 of the loopback interface. t: alone, because it has an /etc of its
 * own.
 */
#include "inet.h"
#include <netdb.h>
#include <pthread.h>
#include <sys/mount.h>

static int server;

/* The question behind the header: its type; *end behind it; text: the name. */
static int question(const unsigned char *b, int n, char *text, int *end)
{
	int at = 12, to = 0;

	while (at < n && b[at]) {
		for (int i = 1; i <= b[at]; i++)
			text[to++] = b[at + i];
		text[to++] = '.';
		at += b[at] + 1;
	}
	text[to] = 0;
	*end = at + 5;
	return b[at + 1] << 8 | b[at + 2];
}

/* An answer of that many addresses; type 1: A, 28: AAAA. */
static int answer(unsigned char *b, int at, int type, int nr, int last)
{
	int len = type == 1 ? 4 : 16;

	for (int i = 0; i < nr; i++) {
		memcpy(b + at, "\xc0\x0c\0\0\0\1\0\0\0\5\0", 11);
		b[at + 3] = type;
		b[at + 11] = len;
		at += 12;
		memset(b + at, 0, len);
		b[at] = type == 1 ? 192 : 0x20;
		b[at + 1] = type == 1 ? 0 : 1;
		b[at + 2] = 2;
		b[at + len - 1] = last + i;
		at += len;
	}
	b[2] |= 0x84; /* an answer with authority */
	b[3] = 0x80;
	b[7] = nr;
	b[11] = 0; /* nothing additional */
	return at;
}

static void *serve(void *arg)
{
	unsigned char b[1500];
	union in_addr_any from;
	char name[256];
	int n, end, type, lost = 0;

	for (;;) {
		socklen_t len = sizeof(from);

		n = recvfrom(server, b, 512, 0, &from.sa, &len);
		if (n < 12)
			return NULL;
		type = question(b, n, name, &end);
		if (!strcmp(name, "v4.test."))
			end = answer(b, end, type, type == 1, 1);
		else if (!strcmp(name, "v6.test."))
			end = answer(b, end, type, type == 28, 2);
		else if (!strcmp(name, "both.test."))
			end = answer(b, end, type, 1, 3);
		else if (!strcmp(name, "many.test."))
			end = answer(b, end, type, type == 1 ? 20 : 0, 10);
		else if (!strcmp(name, "lost.test.")) {
			/* Asked again after a second. */
			if (lost++ < 2)
				continue;
			end = answer(b, end, type, type == 1, 4);
		} else {
			end = answer(b, end, type, 0, 0);
			b[3] |= 3; /* no such name */
		}
		sendto(server, b, end, 0, &from.sa, len);
	}
}

static void look(const char *name, int family, int flags)
{
	struct addrinfo hints = {.ai_family = family,
				 .ai_socktype = SOCK_STREAM,
				 .ai_flags = flags},
			*all, *i;
	int err = getaddrinfo(name, "80", &hints, &all), n = 0, sum = 0;
	char text[64] = "";

	t_say("%s, family %d: ", name, family);
	if (err) {
		t_say("%s\n", err == EAI_NONAME || err == EAI_NODATA ? "no such"
			      : err == EAI_AGAIN		     ? "again"
								     : "error");
		return;
	}
	for (i = all; i; i = i->ai_next) {
		union in_addr_any *a = (void *)i->ai_addr;

		n++;
		if (i->ai_family == AF_INET)
			sum += ntohl(a->v4.sin_addr.s_addr) & 255;
		inet_ntop(i->ai_family,
			  i->ai_family == AF_INET ? (void *)&a->v4.sin_addr
						  : (void *)&a->v6.sin6_addr,
			  text, sizeof(text));
	}
	if (n > 1)
		t_say("%d, sum %d\n", n, sum);
	else
		t_say("%s port %d\n", text,
		      ntohs(((struct sockaddr_in *)all->ai_addr)->sin_port));
	freeaddrinfo(all);
}

static void by_name(const char *name)
{
	struct hostent *h = gethostbyname(name);

	t_say("gethostbyname %s: ", name);
	if (!h)
		t_say("%s\n", h_errno == HOST_NOT_FOUND ? "no such" : "error");
	else
		t_say("%s, %d bytes, %s\n", h->h_name, h->h_length,
		      inet_ntoa(*(struct in_addr *)h->h_addr_list[0]));
}

/* On Linux the file is this process's alone: see tests/posix/run. */
static void etc(const char *name, const char *text)
{
	char path[64];

	snprintf(path, sizeof(path), "/etc/%s", name);
#ifdef __GLIBC__
	t_file(name, text);
	if (mount(name, path, NULL, MS_BIND, NULL) < 0)
		t_skip("no file of its own below /etc");
#else
	mkdir("/etc", 0755);
	unlink(path);
	t_file(path, text);
#endif
}

int main(void)
{
	union in_addr_any a;
	pthread_t t;

	etc("hosts", "127.0.0.1 localhost\nfd00::7 six.test\n"
		     "10.1.2.3 web.test web # a comment\n");
	etc("resolv.conf", "nameserver 127.0.0.1\n"
			   "options timeout:1 attempts:4\n");
	server = socket(AF_INET, SOCK_DGRAM, 0);
	t_val("port 53", VAL(bind(server, &a.sa, in_lo(AF_INET, 53, &a))));
	pthread_create(&t, NULL, serve, NULL);
	look("127.0.0.1", AF_UNSPEC, AI_NUMERICHOST);
	look("web.test", AF_INET, 0);
	look("web", AF_UNSPEC, 0);
	look("localhost", AF_INET, 0);
	look("six.test", AF_INET6, 0);
	by_name("web.test");
	by_name("web");
	look("v4.test", AF_INET, 0);
	look("v4.test", AF_UNSPEC, 0);
	look("v6.test", AF_INET6, 0);
	look("both.test", AF_INET, 0);
	look("both.test", AF_INET6, 0);
	look("many.test", AF_INET, 0);
	look("none.test", AF_UNSPEC, 0);
	look("lost.test", AF_INET, 0);
	by_name("v4.test");
	by_name("none.test");
	/* The server's socket gone, each question is refused at once. */
	shutdown(server, SHUT_RDWR);
	pthread_join(t, NULL);
	close(server);
	look("v4.test", AF_INET, 0);
	return 0;
}
