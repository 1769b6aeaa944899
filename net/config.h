/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.h: who gets which address (config.c), what the boot parameters say
 * about it (config_param.c), and the files in /etc that tell programs
 * (config_files.c).
 */
#ifndef NET_CONFIG_H
#define NET_CONFIG_H

#include <lwip/ip_addr.h>
#include <posixen/types.h>

#define CONFIG_DNS_MAX 3

/* ip=, one for each interface: Linux's Documentation/admin-guide/nfs/
 * nfsroot.rst. */
struct ip_param {
	bool off;  /* no IPv4 here */
	bool dhcp; /* no address was given */
	ip4_addr_t addr, mask, gw;
	ip4_addr_t dns[2];
	char hostname[65];
	char device[16]; /* "": the first interface */
};

/* ip6=ADDRESS[/LENGTH][,GATEWAY][,DEVICE], ip6=auto[,DEVICE] (router
 * advertisements, the default) or ip6=off[,DEVICE]. */
struct ip6_param {
	bool off, automatic;
	ip6_addr_t addr, gw;
	unsigned int len; /* of the prefix, 64 if none was given */
	char device[16];
};

/* 0, or -EINVAL with *why a clause that says what is wrong. */
int ip_param_parse(const char *text, struct ip_param *out, const char **why);
int ip6_param_parse(const char *text, struct ip6_param *out, const char **why);

struct iface;
/* An interface comes, goes, has or loses its link. Kernel context, any. */
void config_add(struct iface *i);
void config_remove(struct iface *i);
void config_link(struct iface *i);
/* Read the parameters; before there are interfaces. */
void config_start(void);
/* Wait until the interfaces have their addresses, then write files. In the
 * first thread; blocks. */
void config_wait(void);
void config_stop(void);

/* How many bits of an IPv6 address of n name the link; was it given by ip6=? */
struct netif;
unsigned int config_ip6_len(struct netif *n, int slot);
bool config_ip6_given(struct netif *n, int slot);

/* As RFC 5952 (4.3) has it: in small letters. */
void config_ip6_text(const ip6_addr_t *a, char text[IP6ADDR_STRLEN_MAX]);

/* config_files.c: hostname, hosts and resolv.conf, as far as the image has
 * none. In the first thread; blocks. */
void config_files_start(void);
void config_files_stop(void);
/* The servers of names changed: resolv.conf too, if it is ours. Any context. */
void config_files_dns_changed(void);
/* ip= names the machine. */
void config_files_hostname(const char *name);

/* config_dns.c: the i-th server, of the parameters first; NULL: no more. */
const ip_addr_t *config_dns_server(unsigned int i);
void config_dns_static(const ip_addr_t *server);

#endif
