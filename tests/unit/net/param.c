/* SPDX-License-Identifier: BSD-2-Clause */
/* ip= and ip6=. */
#include <string.h>
#include "../../../net/config.h"
#include "net.h"

static int is4(const ip4_addr_t *a, int b0, int b1, int b2, int b3)
{
	return ip4_addr1(a) == b0 && ip4_addr2(a) == b1 && ip4_addr3(a) == b2 &&
	       ip4_addr4(a) == b3;
}

static void ip4(void)
{
	const char *why;
	struct ip_param p;

	CHECK(!ip_param_parse("dhcp", &p, &why) && p.dhcp && !p.off);
	CHECK(!ip_param_parse("any", &p, &why) && p.dhcp);
	CHECK(!ip_param_parse("", &p, &why) && p.dhcp);
	CHECK(!ip_param_parse("off", &p, &why) && p.off && !p.dhcp);
	CHECK(!ip_param_parse("none", &p, &why) && p.off);
	CHECK(!ip_param_parse(":::::eth1:dhcp", &p, &why) && p.dhcp &&
	      !strcmp(p.device, "eth1"));
	CHECK(!ip_param_parse("::::joe::off", &p, &why) && p.off && !p.dhcp &&
	      !strcmp(p.hostname, "joe"));
	CHECK(!ip_param_parse("192.168.1.7:192.168.1.1:192.168.1.254:"
			      "255.255.255.128:web:eth2:none:9.9.9.9:1.1.1.1:"
			      "192.168.1.2",
			      &p, &why));
	CHECK(!p.off && !p.dhcp);
	CHECK(is4(&p.addr, 192, 168, 1, 7) && is4(&p.gw, 192, 168, 1, 254));
	CHECK(is4(&p.mask, 255, 255, 255, 128));
	CHECK(is4(&p.dns[0], 9, 9, 9, 9) && is4(&p.dns[1], 1, 1, 1, 1));
	CHECK(!strcmp(p.hostname, "web") && !strcmp(p.device, "eth2"));
	/* Masks by class. */
	CHECK(!ip_param_parse("10.1.2.3", &p, &why) &&
	      is4(&p.mask, 255, 0, 0, 0) && !p.dhcp);
	CHECK(!ip_param_parse("172.16.2.3", &p, &why) &&
	      is4(&p.mask, 255, 255, 0, 0));
	CHECK(!ip_param_parse("192.168.2.3::", &p, &why) &&
	      is4(&p.mask, 255, 255, 255, 0));
	/* What is wrong is told. */
	CHECK(ip_param_parse("10.0.0.999", &p, &why) == -EINVAL && why);
	CHECK(ip_param_parse("1.2.3.4:::255.0.255.0", &p, &why) && why);
	CHECK(ip_param_parse("1.2.3.4::::::maybe", &p, &why) && why);
	CHECK(ip_param_parse("1:2:3:4:5:6:7:8:9:10:11", &p, &why) && why);
	CHECK(ip_param_parse("::::::averyverylongname:", &p, &why) && why);
}

static void ip6(void)
{
	struct ip6_param p;
	const char *why;

	CHECK(!ip6_param_parse("auto", &p, &why) && p.automatic && !p.off);
	CHECK(!ip6_param_parse("off,eth1", &p, &why) && p.off &&
	      !strcmp(p.device, "eth1"));
	CHECK(!ip6_param_parse("2001:db8::7/64", &p, &why) && !p.automatic &&
	      p.addr.addr[3] == __builtin_bswap32(7) && !p.gw.addr[0]);
	CHECK(!ip6_param_parse("2001:db8::7/64,fe80::1,eth0", &p, &why) &&
	      p.gw.addr[0] == __builtin_bswap32(0xfe800000) &&
	      !strcmp(p.device, "eth0"));
	CHECK(!ip6_param_parse("2001:db8::7,,eth3", &p, &why) &&
	      !p.gw.addr[0] && !strcmp(p.device, "eth3"));
	CHECK(p.len == 64);
	CHECK(!ip6_param_parse("2001:db8::7/65", &p, &why) && p.len == 65);
	CHECK(!ip6_param_parse("2001:db8::7/128", &p, &why) && p.len == 128);
	CHECK(ip6_param_parse("2001:db8::7/63", &p, &why) && why);
	CHECK(ip6_param_parse("2001:db8::7/129", &p, &why) && why);
	CHECK(ip6_param_parse("2001:db8::7/99999999999", &p, &why) && why);
	CHECK(ip6_param_parse("2001:db8::7,2001:db8:0:1::1", &p, &why) && why);
	CHECK(ip6_param_parse("2001:db8::7/", &p, &why) && why);
	CHECK(ip6_param_parse("2001:db8::7/6x", &p, &why) && why);
	CHECK(ip6_param_parse("hello", &p, &why) && why);
	CHECK(ip6_param_parse("2001:db8::7,zz", &p, &why) && why);
	CHECK(ip6_param_parse("auto,eth0,eth1", &p, &why) && why);
}

void test_param(void)
{
	ip4();
	ip6();
}
