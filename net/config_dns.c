/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config_dns.c: the servers of names that parameters, DHCP and router
 * advertisements told of. lwIP hands them to its resolver (lwip/dns.h), whose
 * place this takes: programs resolve names by their C library, which reads
 * /etc/resolv.conf.
 */
#include <lwip/dns.h>
#include "config.h"

static ip_addr_t given[2]; /* by parameters */
static ip_addr_t told[DNS_MAX_SERVERS];

void dns_init(void)
{
}

void dns_setserver(u8_t i, const ip_addr_t *server)
{
	ip_addr_t now = server ? *server : *IP_ADDR_ANY;

	if (i >= DNS_MAX_SERVERS || ip_addr_cmp(&told[i], &now))
		return;
	told[i] = now;
	config_files_dns_changed();
}

const ip_addr_t *dns_getserver(u8_t i)
{
	return i < DNS_MAX_SERVERS ? &told[i] : IP_ADDR_ANY;
}

void config_dns_static(const ip_addr_t *server)
{
	for (size_t i = 0; i < ARRAY_SIZE(given); i++)
		if (ip_addr_isany(&given[i])) {
			given[i] = *server;
			return;
		}
}

const ip_addr_t *config_dns_server(unsigned int i)
{
	for (size_t k = 0; k < ARRAY_SIZE(given); k++)
		if (!ip_addr_isany(&given[k]) && !i--)
			return &given[k];
	for (size_t k = 0; k < ARRAY_SIZE(told); k++)
		if (!ip_addr_isany(&told[k]) && !i--)
			return &told[k];
	return NULL;
}
