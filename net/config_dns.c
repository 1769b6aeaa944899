/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config_dns.c: the servers of names that DHCP and router advertisements told
 * of. lwIP hands them to its resolver (lwip/dns.h), whose place this takes:
 * programs resolve names by their C library, which reads /etc/resolv.conf.
 */
#include <lwip/dns.h>

static ip_addr_t servers[DNS_MAX_SERVERS];

void dns_init(void)
{
}

void dns_setserver(u8_t i, const ip_addr_t *server)
{
	if (i < DNS_MAX_SERVERS)
		servers[i] = server ? *server : *IP_ADDR_ANY;
}

const ip_addr_t *dns_getserver(u8_t i)
{
	return i < DNS_MAX_SERVERS ? &servers[i] : IP_ADDR_ANY;
}
