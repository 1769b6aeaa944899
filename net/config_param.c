/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of ip= and ip6= (config.h). */
#include <lwip/def.h>
#include <posixen/lib.h>
#include "config.h"

#define FIELDS	 10
#define TEXT_MAX 256

/* Cut a copy of text at each sep: how many parts, or -EINVAL for too many. */
static int cut(const char *text, char sep, char copy[TEXT_MAX], char **parts,
	       int max)
{
	int n = 0;

	if (strlcpy(copy, text, TEXT_MAX) >= TEXT_MAX)
		return -EINVAL;
	for (;;) {
		char *end = strchr(copy, sep);

		if (n == max)
			return -EINVAL;
		parts[n++] = copy;
		if (!end)
			return n;
		*end = '\0';
		copy = end + 1;
	}
}

/* 0, 1 for "do not configure", 2 for "ask": autoconf in nfsroot.rst. RARP and
 * BOOTP are asked for by DHCP too, which is their successor. */
static int autoconf(const char *s)
{
	static const char *const ask[] = {"on",	   "any",  "dhcp",
					  "bootp", "both", "rarp"};

	if (strcmp(s, "off") == 0 || strcmp(s, "none") == 0)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(ask); i++)
		if (strcmp(s, ask[i]) == 0)
			return 2;
	return 0;
}

/* "" leaves *a as it is. */
static bool address(const char *s, ip4_addr_t *a)
{
	return !*s || ip4addr_aton(s, a);
}

/* The mask of an address's class, as Linux takes it when none is given. */
static void default_mask(struct ip_param *p)
{
	uint8_t first = ip4_addr1(&p->addr);

	if (!ip4_addr_isany(&p->mask))
		return;
	if (first < 128)
		IP4_ADDR(&p->mask, 255, 0, 0, 0);
	else if (first < 192)
		IP4_ADDR(&p->mask, 255, 255, 0, 0);
	else
		IP4_ADDR(&p->mask, 255, 255, 255, 0);
}

static int fields(char **f, struct ip_param *p, const char **why)
{
	ip4_addr_t unused;
	int how = autoconf(f[6]);

	*why = "a field is not an IPv4 address";
	if (!address(f[0], &p->addr) || !address(f[1], &unused) ||
	    !address(f[2], &p->gw) || !address(f[3], &p->mask) ||
	    !address(f[7], &p->dns[0]) || !address(f[8], &p->dns[1]) ||
	    !address(f[9], &unused))
		return -EINVAL;
	*why = "the mask is not one";
	if (!ip4_addr_netmask_valid(p->mask.addr))
		return -EINVAL;
	*why = "the hostname or the device is too long";
	if (strlcpy(p->hostname, f[4], sizeof(p->hostname)) >=
		    sizeof(p->hostname) ||
	    strlcpy(p->device, f[5], sizeof(p->device)) >= sizeof(p->device))
		return -EINVAL;
	*why = "the seventh field is none of off, none, on, any, dhcp";
	if (*f[6] && !how)
		return -EINVAL;
	*why = NULL;
	if (ip4_addr_isany(&p->addr)) {
		p->off = how == 1;
		p->dhcp = !p->off;
	} else {
		default_mask(p);
	}
	return 0;
}

int ip_param_parse(const char *text, struct ip_param *out, const char **why)
{
	char copy[TEXT_MAX], *f[FIELDS];
	int n, how = autoconf(text);

	memset(out, 0, sizeof(*out));
	*why = NULL;
	if (how || !*text) {
		out->off = how == 1;
		out->dhcp = how != 1;
		return 0;
	}
	*why = "it has more than ten fields";
	n = cut(text, ':', copy, f, FIELDS);
	if (n < 0)
		return n;
	while (n < FIELDS)
		f[n++] = "";
	return fields(f, out, why);
}

static bool prefix_len(const char *s, unsigned int *len)
{
	unsigned int n = 0;

	for (const char *c = s; *c; c++) {
		if (*c < '0' || *c > '9' || n > 128)
			return false;
		n = n * 10 + (unsigned int)(*c - '0');
	}
	*len = n;
	return n >= 64 && n <= 128;
}

int ip6_param_parse(const char *text, struct ip6_param *out, const char **why)
{
	char copy[TEXT_MAX], *f[3], *len;
	int n;

	memset(out, 0, sizeof(*out));
	*why = "it has more than three parts";
	n = cut(text, ',', copy, f, 3);
	if (n < 0)
		return n;
	*why = NULL;
	out->off = strcmp(f[0], "off") == 0;
	out->automatic = strcmp(f[0], "auto") == 0;
	if (!out->off && !out->automatic) {
		len = strchr(f[0], '/');
		if (len)
			*len++ = '\0';
		*why = "the address is not an IPv6 address";
		if (!ip6addr_aton(f[0], &out->addr))
			return -EINVAL;
		/* lwIP asks for neighbours only in the /64 of its address. */
		*why = "the length of the prefix is not from 64 to 128";
		out->len = 64;
		if (len && !prefix_len(len, &out->len))
			return -EINVAL;
		*why = "the gateway is not an IPv6 address";
		if (n > 1 && *f[1] && !ip6addr_aton(f[1], &out->gw))
			return -EINVAL;
		*why = "the gateway is not in the same /64 or link-local";
		if (!ip6_addr_isany(&out->gw) &&
		    !ip6_addr_islinklocal(&out->gw) &&
		    !ip6_addr_netcmp_zoneless(&out->gw, &out->addr))
			return -EINVAL;
		f[1] = f[2];
		n--;
	}
	*why = "the device is none or too long";
	if (n > 2 ||
	    (n == 2 && strlcpy(out->device, f[1], sizeof(out->device)) >=
			       sizeof(out->device)))
		return -EINVAL;
	*why = NULL;
	return 0;
}
