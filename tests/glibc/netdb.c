/* SPDX-License-Identifier: BSD-2-Clause */
/* The reentrant functions of <netdb.h>, over the files in /etc. */
#define _GNU_SOURCE
#include "test.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

static char buf[1024];

static void list(char **names)
{
	for (; *names; names++)
		printf(" %s", *names);
	printf("\n");
}

static void protocols(void)
{
	struct protoent p, *result;
	int n = 0;

	SHOW(getprotobyname_r("tcp", &p, buf, sizeof(buf), &result));
	printf("%s %d", p.p_name, p.p_proto);
	list(p.p_aliases);
	SHOW(getprotobyname_r("UDP", &p, buf, sizeof(buf), &result));
	printf("%s %d", p.p_name, p.p_proto);
	list(p.p_aliases);
	SHOW(getprotobynumber_r(58, &p, buf, sizeof(buf), &result));
	printf("%s %d", p.p_name, p.p_proto);
	list(p.p_aliases);
	SHOW(getprotobyname_r("none", &p, buf, sizeof(buf), &result));
	SHOW(result == NULL);
	SHOW(getprotobynumber_r(253, &p, buf, sizeof(buf), &result));
	SHOW(result == NULL);
	SHOW(getprotobyname_r("tcp", &p, buf, 4, &result));
	SHOW(result == NULL);
	setprotoent(1);
	SHOW(getprotoent_r(&p, buf, 4, &result));
	while (!getprotoent_r(&p, buf, sizeof(buf), &result)) {
		printf("%s %d", p.p_name, p.p_proto);
		list(p.p_aliases);
		n++;
	}
	SHOW(n);
	SHOW(getprotoent_r(&p, buf, sizeof(buf), &result));
	endprotoent();
	SHOW(getprotobynumber(6)->p_proto);
	SHOW_STRING(getprotobyname("ICMP")->p_name);
	SHOW(getprotobyname("none") == NULL);
	SHOW_STRING(getprotoent()->p_name);
	endprotoent();
}

static void services(void)
{
	struct servent s, *result;
	long sum = 0;
	int n = 0;

	setservent(0);
	while (!getservent_r(&s, buf, sizeof(buf), &result)) {
		if (n < 10) {
			printf("%s %d %s", s.s_name, ntohs(s.s_port),
			       s.s_proto);
			list(s.s_aliases);
		}
		sum += ntohs(s.s_port);
		n++;
	}
	SHOW(n);
	SHOW(sum);
	endservent();
	SHOW(getservent_r(&s, buf, 4, &result));
	SHOW(getservent_r(&s, buf, sizeof(buf), &result));
	SHOW_STRING(s.s_name);
	endservent();
	SHOW_STRING(getservent()->s_name);
	endservent();
}

static void networks(void)
{
	struct netent n, *result;
	int err = 0;

	while (!getnetent_r(&n, buf, sizeof(buf), &result, &err)) {
		printf("%s %x %d", n.n_name, n.n_net, n.n_addrtype);
		list(n.n_aliases);
	}
	endnetent();
	SHOW(getnetbyname_r("loopback", &n, buf, sizeof(buf), &result, &err));
	printf("%s %x %d\n", n.n_name, n.n_net, n.n_addrtype);
	SHOW(getnetbyname_r("none", &n, buf, sizeof(buf), &result, &err));
	SHOW(result == NULL);
	SHOW(err);
	SHOW(getnetbyaddr_r(0x7f000000, AF_INET, &n, buf, sizeof(buf), &result,
			    &err));
	SHOW_STRING(result ? n.n_name : "none");
	SHOW(getnetbyname_r("loopback", &n, buf, 2, &result, &err));
	SHOW(result == NULL);
}

static void hosts(void)
{
	struct hostent h, *result;
	char text[64];
	int err = 0;

	sethostent(0);
	while (!gethostent_r(&h, buf, sizeof(buf), &result, &err)) {
		inet_ntop(h.h_addrtype, h.h_addr_list[0], text, sizeof(text));
		printf("%s %d %s more %d", h.h_name, h.h_length, text,
		       h.h_addr_list[1] != NULL);
		list(h.h_aliases);
	}
	endhostent();
}

void test_netdb(void)
{
	protocols();
	services();
	networks();
	hosts();
	SHOW(innetgr("nobody", "host", "user", "domain"));
}
