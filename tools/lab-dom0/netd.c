/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netd INTERFACE ADDRESS: what the lab's guests ask a router for and busybox
 * does not answer: router advertisements (RFC 4861, 4862) with the prefix of
 * ADDRESS/64 and ADDRESS as name server (RFC 8106), and names (RFC 1035, over
 * UDP):
 *
 *	dom0.lab, client.lab	the two ends of the lab's network
 *
 * and no other name exists. One process, one loop, no memory of who asked.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define INTERVAL_MS 30000 /* between advertisements that nobody asked for */
#define ROUTER_S    1800
#define DNS_PORT    53

static unsigned int interface;
static unsigned char mac[6];
static struct in6_addr address;

static int fail(const char *what)
{
	fprintf(stderr, "netd: %s: %s\n", what, strerror(errno));
	return 1;
}

/* Router advertisements. */

static int open_icmp(void)
{
	struct icmp6_filter filter;
	struct ipv6_mreq routers = {.ipv6mr_interface = interface};
	int hops = 255, fd = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);

	if (fd < 0)
		return -1;
	ICMP6_FILTER_SETBLOCKALL(&filter);
	ICMP6_FILTER_SETPASS(ND_ROUTER_SOLICIT, &filter);
	inet_pton(AF_INET6, "ff02::2", &routers.ipv6mr_multiaddr);
	if (setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter,
		       sizeof(filter)) < 0 ||
	    setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops,
		       sizeof(hops)) < 0 ||
	    setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &routers,
		       sizeof(routers)) < 0)
		return -1;
	return fd;
}

static void advertise(int fd)
{
	struct {
		struct nd_router_advert head;
		struct nd_opt_prefix_info prefix;
		struct {
			uint8_t type, len, mac[6];
		} source;
		struct {
			uint8_t type, len;
			uint16_t reserved;
			uint32_t lifetime;
			struct in6_addr server;
		} rdnss;
	} ra = {
		.head = {.nd_ra_type = ND_ROUTER_ADVERT,
			 .nd_ra_curhoplimit = 64,
			 .nd_ra_router_lifetime = htons(ROUTER_S)},
		.prefix = {.nd_opt_pi_type = ND_OPT_PREFIX_INFORMATION,
			   .nd_opt_pi_len = sizeof(ra.prefix) / 8,
			   .nd_opt_pi_prefix_len = 64,
			   .nd_opt_pi_flags_reserved =
				   ND_OPT_PI_FLAG_ONLINK | ND_OPT_PI_FLAG_AUTO,
			   .nd_opt_pi_valid_time = htonl(86400),
			   .nd_opt_pi_preferred_time = htonl(14400)},
		.source = {ND_OPT_SOURCE_LINKADDR, 1, {0}},
		.rdnss = {25, sizeof(ra.rdnss) / 8, 0, htonl(ROUTER_S),
			  address},
	};
	struct sockaddr_in6 to = {.sin6_family = AF_INET6,
				  .sin6_scope_id = interface};

	memcpy(&ra.prefix.nd_opt_pi_prefix, &address, 8);
	memcpy(ra.source.mac, mac, sizeof(mac));
	inet_pton(AF_INET6, "ff02::1", &to.sin6_addr);
	/* Fails while the bridge's own address is not ready: the next will
	 * not. */
	(void)!sendto(fd, &ra, sizeof(ra), 0, (struct sockaddr *)&to,
		      sizeof(to));
}

/* Names. */

static const struct host {
	const char *name; /* as on the wire: length, label, ..., 0 */
	const char *a, *aaaa;
} hosts[] = {
	{"\4dom0\3lab", "10.93.0.1", "fd93::1"},
	{"\6client\3lab", "10.93.0.2", "fd93::2"},
};

/* The length of the name at p with its final 0, or 0: not a plain name. */
static size_t name_length(const unsigned char *p, size_t left)
{
	size_t n = 0;

	while (n < left && p[n] != 0 && p[n] < 64)
		n += p[n] + 1;
	return n < left && p[n] == 0 ? n + 1 : 0;
}

/* Append the answer for one address behind m[at]; the new length. */
static size_t put_address(unsigned char *m, size_t at, int type,
			  const char *text)
{
	int family = type == 1 ? AF_INET : AF_INET6;
	size_t n = type == 1 ? 4 : 16;
	/* The name is the question's, at offset 12. One minute to live. */
	unsigned char head[] = {0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, n};

	memcpy(m + at, head, sizeof(head));
	inet_pton(family, text, m + at + sizeof(head));
	return at + sizeof(head) + n;
}

/* Turn the query m of n bytes into its answer; its length, 0 for none. */
static size_t answer(unsigned char *m, size_t n)
{
	size_t len = n > 12 ? name_length(m + 12, n - 12) : 0, at;
	const struct host *found = NULL;
	int type;

	if (len == 0 || 12 + len + 4 > n || m[2] & 0x80)
		return 0;
	at = 12 + len + 4;
	type = m[12 + len] << 8 | m[12 + len + 1];
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		if (len == strlen(hosts[i].name) + 1 &&
		    strncasecmp(hosts[i].name, (char *)m + 12, len) == 0)
			found = &hosts[i];
	m[2] = 0x84 | (m[2] & 0x79); /* response, authoritative */
	m[3] = found ? 0x80 : 0x83;  /* NXDOMAIN */
	/* One question; nothing of what followed it is kept. */
	memcpy(m + 4, "\0\1\0\0\0\0\0\0", 8);
	if (found && (type == 1 || type == 28)) {
		at = put_address(m, at, type,
				 type == 1 ? found->a : found->aaaa);
		m[7] = 1;
	}
	return at;
}

static void serve_names(int fd)
{
	unsigned char m[512 + 64];
	struct sockaddr_storage from;
	socklen_t size = sizeof(from);
	ssize_t n = recvfrom(fd, m, 512, MSG_DONTWAIT, (struct sockaddr *)&from,
			     &size);
	size_t len = n > 0 ? answer(m, n) : 0;

	if (len > 0)
		(void)!sendto(fd, m, len, 0, (struct sockaddr *)&from, size);
}

/* A socket for each family, so that an answer comes from where it was asked. */
static int open_names(int family)
{
	struct sockaddr_in in4 = {.sin_family = AF_INET,
				  .sin_port = htons(DNS_PORT)};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6,
				   .sin6_port = htons(DNS_PORT),
				   .sin6_addr = address};
	int fd = socket(family, SOCK_DGRAM, 0);
	int r = family == AF_INET
			? bind(fd, (struct sockaddr *)&in4, sizeof(in4))
			: bind(fd, (struct sockaddr *)&in6, sizeof(in6));

	return r < 0 ? -1 : fd;
}

int main(int argc, char **argv)
{
	struct ifreq ifr = {0};
	struct pollfd fds[3];

	if (argc != 3 || inet_pton(AF_INET6, argv[2], &address) != 1) {
		fprintf(stderr, "usage: netd INTERFACE ADDRESS\n");
		return 2;
	}
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", argv[1]);
	interface = if_nametoindex(argv[1]);
	fds[0] = (struct pollfd){open_icmp(), POLLIN, 0};
	fds[1] = (struct pollfd){open_names(AF_INET), POLLIN, 0};
	fds[2] = (struct pollfd){open_names(AF_INET6), POLLIN, 0};
	if (interface == 0 || fds[0].fd < 0 ||
	    ioctl(fds[0].fd, SIOCGIFHWADDR, &ifr) < 0)
		return fail(argv[1]);
	if (fds[1].fd < 0 || fds[2].fd < 0)
		return fail("port 53");
	memcpy(mac, ifr.ifr_hwaddr.sa_data, sizeof(mac));
	for (;;) {
		unsigned char drop[256];
		int n = poll(fds, 3, INTERVAL_MS);

		if (fds[0].revents)
			(void)!recv(fds[0].fd, drop, sizeof(drop),
				    MSG_DONTWAIT);
		if (n == 0 || fds[0].revents)
			advertise(fds[0].fd);
		for (int i = 1; i <= 2; i++)
			if (fds[i].revents)
				serve_names(fds[i].fd);
	}
}
