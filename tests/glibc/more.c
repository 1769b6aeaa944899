/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * on_exit(3), RFC 3542's headers, /etc/fstab, digits of numbers, trees walked
 * with an argument.
 */
#define _GNU_SOURCE
#include "test.h"
#include <fstab.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

void twalk_r(const void *, void (*)(const void *, VISIT, void *), void *);

static void at_exit(void)
{
	printf("at exit\n");
}

static void on_exit_with(int status, void *argument)
{
	printf("on exit with %d: %s\n", status, (char *)argument);
}

static void exits(void)
{
	SHOW(on_exit(on_exit_with, "first"));
	SHOW(atexit(at_exit));
	for (int i = 0; i < 40; i++)
		if (on_exit(on_exit_with, "many"))
			printf("refused\n");
	SHOW(on_exit(on_exit_with, "last"));
}

static void dump(const char *what, const unsigned char *p, int n)
{
	printf("%s:", what);
	for (int i = 0; i < n; i++)
		printf(" %02x", p[i]);
	printf("\n");
}

static void options(void)
{
	unsigned char buf[64];
	unsigned value = 0x01020304;
	socklen_t length;
	uint8_t type;
	void *data;
	int at;

	memset(buf, 0xee, sizeof(buf));
	SHOW(inet6_opt_init(NULL, 0));
	SHOW(inet6_opt_init(buf, 12));
	SHOW(at = inet6_opt_init(buf, 32));
	SHOW(inet6_opt_append(NULL, 0, at, 5, 4, 4, NULL));
	SHOW(inet6_opt_append(buf, 32, at, 0, 4, 4, &data));
	SHOW(inet6_opt_append(buf, 32, at, 5, 2, 4, &data));
	SHOW(inet6_opt_append(buf, 32, at, 5, 4, 3, &data));
	SHOW(inet6_opt_append(buf, 32, 1, 5, 4, 4, &data));
	SHOW(at = inet6_opt_append(buf, 32, at, 0xc2, 4, 4, &data));
	SHOW(inet6_opt_set_val(data, 0, &value, sizeof(value)));
	SHOW(at = inet6_opt_append(buf, 32, at, 0x1e, 8, 8, &data));
	SHOW(inet6_opt_append(buf, 32, at, 7, 12, 1, &data));
	memset(data, 0x55, 8);
	SHOW(at = inet6_opt_append(buf, 32, at, 7, 1, 1, &data));
	memset(data, 0x66, 1);
	SHOW(at = inet6_opt_finish(buf, 32, at));
	SHOW(inet6_opt_finish(buf, 32, 1));
	dump("options", buf + 1, 31);
	for (at = 0;
	     (at = inet6_opt_next(buf, 32, at, &type, &length, &data)) > 0;)
		printf("%d: type %d, %d bytes at %d\n", at, type, length,
		       (int)((unsigned char *)data - buf));
	SHOW(inet6_opt_find(buf, 32, 0, 0x1e, &length, &data));
	SHOW(length);
	SHOW(inet6_opt_find(buf, 32, 0, 0x77, &length, &data));
	value = 0;
	inet6_opt_find(buf, 32, 0, 0xc2, &length, &data);
	SHOW(inet6_opt_get_val(data, 0, &value, sizeof(value)));
	SHOW(value);
}

static void routes(void)
{
	struct in6_addr address = IN6ADDR_LOOPBACK_INIT;
	_Alignas(8) unsigned char buf[80], back[80];

	SHOW(inet6_rth_space(IPV6_RTHDR_TYPE_0, 3));
	SHOW(inet6_rth_space(IPV6_RTHDR_TYPE_0, 128));
	SHOW(inet6_rth_space(7, 1));
	SHOW(inet6_rth_init(buf, 40, IPV6_RTHDR_TYPE_0, 3) != NULL);
	SHOW(inet6_rth_init(buf, 80, IPV6_RTHDR_TYPE_0, 3) == buf);
	for (int i = 0; i < 4; i++) {
		address.s6_addr[0] = i + 1;
		SHOW(inet6_rth_add(buf, &address));
	}
	dump("header", buf + 1, 55);
	SHOW(inet6_rth_segments(buf));
	SHOW(inet6_rth_reverse(buf, back));
	dump("back", back + 1, 55);
	SHOW(inet6_rth_reverse(buf, buf));
	SHOW(memcmp(buf + 1, back + 1, 55));
	SHOW(inet6_rth_getaddr(buf, 1)->s6_addr[0]);
	SHOW(inet6_rth_getaddr(buf, 3) == NULL);
}

static void digits(void)
{
	/* None that gets a digit more by rounding: glibc's ecvt() sees to that
	 * by multiplications, whose own roundings show. */
	static const double numbers[] = {
		0,   1,	       123.5,  0.00123,	 -9.25,	     1e15, 0.001,
		0.5, 12345.25, 0.0925, INFINITY, 1234567.25, NAN};
	char buf[64];
	int point, sign;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		double x = numbers[i];

		for (int n = 0; n < 16; n += 1 + n / 2) {
			char *s = ecvt(x, n, &point, &sign);

			printf("%g, %d: %s %d %d", x, n, s, point, !!sign);
			s = fcvt(x, n, &point, &sign);
			printf("; %s %d %d", s, point, !!sign);
			s = qecvt(x, n, &point, &sign);
			printf("; %s %d %d", s, point, !!sign);
			printf("; %s\n", qgcvt(x, n ? n : 1, buf));
		}
	}
	memset(buf, 0, sizeof(buf));
	SHOW(fcvt_r(3.14159, 4, &point, &sign, buf, 4));
	SHOW(ecvt_r(3.14159, 4, &point, &sign, buf, 8));
	SHOW_STRING(buf);
}

static void count(const void *node, VISIT when, void *argument)
{
	if (when == leaf || when == postorder) {
		printf("%s ", *(char *const *)node);
		++*(int *)argument;
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void trees(void)
{
	static const char *const words[] = {"pear", "fig", "apple", "plum"};
	void *root = NULL;
	int n = 0;

	for (int i = 0; i < 4; i++)
		tsearch(words[i], &root, compare);
	twalk_r(root, count, &n);
	printf("%d\n", n);
}

static void table(void)
{
	struct fstab *f;
	int n = 0;

	/* The file's lines are the machine's own affair. */
	while ((f = getfsent()))
		n++;
	endfsent();
	SHOW(getfsfile("/no/such/place") == NULL);
	SHOW(getfsspec("nothing") == NULL);
	endfsent();
}

void test_more(void)
{
	exits();
	options();
	routes();
	digits();
	trees();
	table();
}
