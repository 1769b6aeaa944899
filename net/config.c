/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.c: addresses of interfaces: by ip= and ip6= on the command line, else
 * by DHCP (RFC 2131) and router advertisements (RFC 4862). lwIP does the
 * protocols; here is decided which of them runs where, and said on the console
 * what came of it.
 */
#include <hooks.h>
#include <lwip/dhcp.h>
#include <lwip/nd6.h>
#include <lwip/priv/nd6_priv.h>
#include <posixen/klog.h>
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/sysinfo.h>
#include <posixen/waitq.h>
#include "config.h"
#include "netdev.h"
#include "stack.h"
#include "timers.h"

#define PARAMS_MAX   8
#define WAIT_DEFAULT 10 /* seconds */
#define WAIT_MAX     1000000000ULL
#define GIVEN	     1 /* slot of the address of ip6= */

struct config {
	struct ip_param v4;
	struct ip6_param v6;
	uint64_t since; /* when the link came */
	bool asked;	/* DHCP runs */
	ip4_addr_t told_addr, told_gw;
	uint32_t told6; /* a bit for each IPv6 address that was announced */
};

static struct ip_param ip_params[PARAMS_MAX];
static struct ip6_param ip6_params[PARAMS_MAX];
static unsigned int nr_ip, nr_ip6;
static struct waitq changed;

static void read_ip(const char *text)
{
	const char *why;

	if (nr_ip == PARAMS_MAX)
		return;
	if (ip_param_parse(text, &ip_params[nr_ip], &why) == 0)
		nr_ip++;
	else
		klog("ip=%s is ignored: %s\n", text, why);
}

static void read_ip6(const char *text)
{
	const char *why;

	if (nr_ip6 == PARAMS_MAX)
		return;
	if (ip6_param_parse(text, &ip6_params[nr_ip6], &why) == 0)
		nr_ip6++;
	else
		klog("ip6=%s is ignored: %s\n", text, why);
}

static void read_param(void *arg, const char *name, const char *value)
{
	if (strcmp(name, "ip") == 0)
		read_ip(value);
	else if (strcmp(name, "ip6") == 0)
		read_ip6(value);
}

/* What a parameter says about an interface: one that names it, else one that
 * names none, which is about the first. Without any parameter: ask. With some,
 * but none about this one: leave it alone, as Linux does. */
static void choose(struct config *c, struct iface *i)
{
	char name[16];
	bool first = i->link.prev == &ifaces;

	stack_netif_name(&i->netif, name);
	c->v4 = (struct ip_param){.dhcp = !nr_ip, .off = nr_ip};
	c->v6 = (struct ip6_param){.automatic = true};
	for (unsigned int k = nr_ip; k-- > 0;)
		if (!strcmp(ip_params[k].device, name) ||
		    (!*ip_params[k].device && first))
			c->v4 = ip_params[k];
	for (unsigned int k = nr_ip6; k-- > 0;)
		if (!strcmp(ip6_params[k].device, name) ||
		    (!*ip6_params[k].device && first))
			c->v6 = ip6_params[k];
}

/* The interface for what has no other route: the first with a gateway, else
 * the first. */
static void choose_default(void)
{
	struct netif *best = NULL;

	list_for_each (pos, &ifaces) {
		struct netif *n = &list_entry(pos, struct iface, link)->netif;

		if (!best || (ip4_addr_isany(netif_ip4_gw(best)) &&
			      !ip4_addr_isany(netif_ip4_gw(n))))
			best = n;
	}
	netif_set_default(best);
}

static void add_dns(const ip4_addr_t *a)
{
	ip_addr_t server;

	if (ip4_addr_isany(a))
		return;
	ip_addr_copy_from_ip4(server, *a);
	config_dns_static(&server);
}

static void start_static(struct iface *i)
{
	struct config *c = i->config;

	add_dns(&c->v4.dns[0]);
	add_dns(&c->v4.dns[1]);
	if (*c->v4.hostname)
		config_files_hostname(c->v4.hostname);
	if (!c->v4.off && !c->v4.dhcp)
		netif_set_addr(&i->netif, &c->v4.addr, &c->v4.mask, &c->v4.gw);
}

static void start_ip6(struct iface *i)
{
	struct netif *n = &i->netif;
	struct config *c = i->config;

	if (c->v6.off)
		return;
	netif_create_ip6_linklocal_address(n, 1);
	netif_set_ip6_autoconfig_enabled(n, c->v6.automatic);
	if (c->v6.automatic)
		return;
	netif_ip6_addr_set(n, GIVEN, &c->v6.addr);
	/* To lwIP all of a static address's /64 is on the link. Of one that
	 * lasts for ever but counts as not static nothing is, and it asks:
	 * net_ip6_gateway(), net_ip6_route(). */
	if (c->v6.len != 64) {
		netif_ip6_addr_set_valid_life(n, GIVEN, IP6_ADDR_LIFE_INFINITE);
		netif_ip6_addr_set_pref_life(n, GIVEN, IP6_ADDR_LIFE_INFINITE);
	}
	netif_ip6_addr_set_state(n, GIVEN, IP6_ADDR_TENTATIVE);
}

void config_add(struct iface *i)
{
	struct config *c = kzalloc(sizeof(*c));

	if (!c) {
		klog("no memory to configure an interface\n");
		return;
	}
	i->config = c;
	i->netif.hostname = system_hostname();
	choose(c, i);
	choose_default();
	start_static(i);
	start_ip6(i);
}

void config_remove(struct iface *i)
{
	if (netif_dhcp_data(&i->netif)) {
		dhcp_stop(&i->netif);
		dhcp_cleanup(&i->netif);
	}
	kfree(i->config);
	i->config = NULL;
	if (netif_default == &i->netif)
		netif_set_default(NULL);
}

static bool same_prefix(const ip6_addr_t *a, const ip6_addr_t *b,
			unsigned int len)
{
	const uint8_t *x = (const uint8_t *)a->addr;
	const uint8_t *y = (const uint8_t *)b->addr;
	unsigned int bytes = len / 8, rest = len % 8;

	return __builtin_memcmp(x, y, bytes) == 0 &&
	       (!rest || (x[bytes] ^ y[bytes]) >> (8 - rest) == 0);
}

/* Is an address on the link of the prefix that ip6= gave? */
static bool given_prefix(const struct config *c, const ip6_addr_t *to)
{
	return c && !c->v6.automatic && !c->v6.off &&
	       same_prefix(&c->v6.addr, to, c->v6.len);
}

bool config_ip6_given(struct netif *n, int slot)
{
	struct iface *i = netif_iface(n);

	return netif_ip6_addr_isstatic(n, slot) ||
	       (i && i->config && slot == GIVEN && !i->config->v6.automatic);
}

unsigned int config_ip6_len(struct netif *n, int slot)
{
	struct iface *i = netif_iface(n);

	if (!i)
		return 128; /* lo */
	return i->config && slot == GIVEN && !i->config->v6.automatic
		       ? i->config->v6.len
		       : 64;
}

/* lwIP asks for the interface to an address: LWIP_HOOK_IP6_ROUTE. NULL: it
 * finds one itself. */
struct netif *net_ip6_route(const ip6_addr_t *to)
{
	list_for_each (pos, &ifaces) {
		struct iface *i = list_entry(pos, struct iface, link);

		if (given_prefix(i->config, to) && netif_is_link_up(&i->netif))
			return &i->netif;
	}
	return NULL;
}

/* lwIP asks for the next hop to an address that is not on the link as far as it
 * knows: LWIP_HOOK_ND6_GET_GW. NULL: a router that advertises itself. */
const ip6_addr_t *net_ip6_gateway(struct netif *n, const ip6_addr_t *to)
{
	struct iface *i = netif_iface(n);
	struct config *c = i ? i->config : NULL;

	if (to && given_prefix(c, to))
		return to;
	if (!c || c->v6.automatic || ip6_addr_isany(&c->v6.gw))
		return NULL;
	if (ip6_addr_islinklocal(&c->v6.gw))
		ip6_addr_assign_zone(&c->v6.gw, IP6_UNICAST, n);
	return &c->v6.gw;
}

static unsigned int mask_bits(uint32_t mask)
{
	uint32_t m = __builtin_bswap32(mask);

	return m ? 32 - __builtin_ctz(m) : 0;
}

static unsigned long since_ms(const struct config *c)
{
	return c->since ? (plat_monotonic_ns() - c->since) / 1000000 : 0;
}

static void tell_ip4(struct iface *i)
{
	struct config *c = i->config;
	struct netif *n = &i->netif;
	char name[16], addr[16], gw[16];

	if (!c->since || ip4_addr_isany(netif_ip4_addr(n)) ||
	    (ip4_addr_cmp(netif_ip4_addr(n), &c->told_addr) &&
	     ip4_addr_cmp(netif_ip4_gw(n), &c->told_gw)))
		return;
	c->told_addr = *netif_ip4_addr(n);
	c->told_gw = *netif_ip4_gw(n);
	stack_netif_name(n, name);
	ip4addr_ntoa_r(netif_ip4_addr(n), addr, sizeof(addr));
	ip4addr_ntoa_r(netif_ip4_gw(n), gw, sizeof(gw));
	klog("%s: %s/%u%s%s by %s in %lu ms\n", name, addr,
	     mask_bits(netif_ip4_netmask(n)->addr),
	     c->told_gw.addr ? " gateway " : "", c->told_gw.addr ? gw : "",
	     c->v4.dhcp ? "DHCP" : "ip=", since_ms(c));
}

/* The router that a packet to anywhere would take, for people to read. */
static const ip6_addr_t *some_router(struct iface *i)
{
	const ip6_addr_t *gw = net_ip6_gateway(&i->netif, NULL);

	for (int k = 0; !gw && k < LWIP_ND6_NUM_ROUTERS; k++) {
		struct nd6_router_list_entry *r = &default_router_list[k];

		if (r->neighbor_entry && r->invalidation_timer &&
		    r->neighbor_entry->netif == &i->netif)
			gw = &r->neighbor_entry->next_hop_address;
	}
	return gw;
}

void config_ip6_text(const ip6_addr_t *a, char text[IP6ADDR_STRLEN_MAX])
{
	ip6addr_ntoa_r(a, text, IP6ADDR_STRLEN_MAX);
	for (char *c = text; *c; c++)
		if (*c >= 'A' && *c <= 'F')
			*c += 'a' - 'A';
}

static void tell_ip6(struct iface *i, int k)
{
	struct config *c = i->config;
	const ip6_addr_t *gw = some_router(i);
	char name[16], addr[IP6ADDR_STRLEN_MAX],
		router[IP6ADDR_STRLEN_MAX] = "";

	if (!c->since || c->told6 & 1u << k ||
	    ip6_addr_islinklocal(netif_ip6_addr(&i->netif, k)))
		return;
	c->told6 |= 1u << k;
	stack_netif_name(&i->netif, name);
	config_ip6_text(netif_ip6_addr(&i->netif, k), addr);
	if (gw)
		config_ip6_text(gw, router);
	klog("%s: %s/%u%s%s by %s in %lu ms\n", name, addr,
	     config_ip6_len(&i->netif, k), gw ? " gateway " : "", router,
	     config_ip6_given(&i->netif, k) ? "ip6=" : "router advertisement",
	     since_ms(c));
}

void config_link(struct iface *i)
{
	struct config *c = i->config;

	if (!c || !i->dev->link)
		return;
	c->since = plat_monotonic_ns();
	tell_ip4(i);
	if (c->v4.dhcp && !c->asked) {
		i->netif.hostname = system_hostname();
		c->asked = dhcp_start(&i->netif) == ERR_OK;
	}
	timers_nd_now();
}

static void on_change(struct netif *n, netif_nsc_reason_t reason,
		      const netif_ext_callback_args_t *args)
{
	struct iface *i = netif_iface(n);

	if (!i || !i->config)
		return;
	if (reason &
	    (LWIP_NSC_IPV4_ADDRESS_CHANGED | LWIP_NSC_IPV4_GATEWAY_CHANGED |
	     LWIP_NSC_IPV4_SETTINGS_CHANGED | LWIP_NSC_LINK_CHANGED)) {
		choose_default();
		tell_ip4(i);
	}
	if (reason & LWIP_NSC_IPV6_ADDR_STATE_CHANGED) {
		int k = args->ipv6_addr_state_changed.addr_index;
		u8_t state = netif_ip6_addr_state(n, k);

		if (state == IP6_ADDR_TENTATIVE)
			timers_nd_now();
		else if (ip6_addr_ispreferred(state))
			tell_ip6(i, k);
		else if (ip6_addr_isinvalid(state))
			i->config->told6 &= ~(1u << k);
	}
	waitq_wake_all(&changed, ~0u);
}

void config_start(void)
{
	static netif_ext_callback_t callback;

	waitq_init(&changed);
	netif_add_ext_callback(&callback, on_change);
	param_each("ip", read_param, NULL);
}

/* Does an interface with a link still wait for DHCP's answer? */
static bool waiting(void)
{
	list_for_each (pos, &ifaces) {
		struct iface *i = list_entry(pos, struct iface, link);

		if (i->config && i->config->asked && i->dev->link &&
		    !dhcp_supplied_address(&i->netif))
			return true;
	}
	return false;
}

void config_wait(void)
{
	uint64_t wait = MIN(param_u64("net.wait", WAIT_DEFAULT), WAIT_MAX);
	uint64_t deadline = deadline_after(wait * NSEC_PER_SEC);
	int err = 0;

	/* A signal ends the wait too: it is about to end the program. */
	while (wait && !err && waiting())
		err = waitq_sleep(&changed, ~0u, deadline);
	if (err == -ETIMEDOUT)
		klog("no answer by DHCP in %lu s; starting without "
		     "(net.wait=SECONDS changes this)\n",
		     (unsigned long)wait);
	config_files_start();
}

void config_stop(void)
{
	config_files_stop();
}
