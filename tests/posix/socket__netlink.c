/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket(AF_NETLINK, ...): see netlink(7) and rtnetlink(7). What interfaces
 * there are differs; lo is everywhere.
 */
#include "t.h"
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

static char buf[65536] __attribute__((aligned(8)));
static struct {
	struct nlmsghdr h;
	struct ifinfomsg i;
	struct rtattr a;
	char name[8];
} q;

static void ask(int s, int type, int flags, int family)
{
	memset(&q, 0, sizeof(q));
	q.h.nlmsg_len = NLMSG_LENGTH(sizeof(q.i));
	q.h.nlmsg_type = type;
	q.h.nlmsg_flags = flags;
	q.h.nlmsg_seq = 77;
	q.i.ifi_family = family;
	t_ret("send", send(s, &q, q.h.nlmsg_len, 0));
}

/* Read until NLMSG_DONE; say what concerns lo. */
static void dump(int s, int type, int family)
{
	int done = 0, datagrams = 0, lo = 0;

	ask(s, type, NLM_F_REQUEST | NLM_F_DUMP, family);
	while (!done) {
		ssize_t n = recv(s, buf, sizeof(buf), 0);
		struct nlmsghdr *h = (void *)buf;

		if (n <= 0) {
			t_ret("recv", n);
			return;
		}
		datagrams++;
		for (; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			struct ifinfomsg *i = NLMSG_DATA(h);
			struct ifaddrmsg *a = NLMSG_DATA(h);

			if (h->nlmsg_seq != 77 ||
			    !(h->nlmsg_flags & NLM_F_MULTI))
				t_say("bad head\n");
			if (h->nlmsg_type == NLMSG_DONE) {
				done = 1;
			} else if (h->nlmsg_type == RTM_NEWLINK &&
				   i->ifi_index == 1) {
				lo++;
				t_say("link type %d loopback %d up %d\n",
				      i->ifi_type,
				      !!(i->ifi_flags & IFF_LOOPBACK),
				      !!(i->ifi_flags & IFF_UP));
			} else if (h->nlmsg_type == RTM_NEWADDR &&
				   a->ifa_index == 1 &&
				   a->ifa_family == AF_INET) {
				lo++;
				t_say("addr /%d scope %d flags %#x\n",
				      a->ifa_prefixlen, a->ifa_scope,
				      a->ifa_flags);
			}
		}
	}
	t_val("of lo", lo);
	t_is("datagrams", datagrams >= 1);
}

static void errors(void)
{
	struct sockaddr_nl a = {.nl_family = AF_NETLINK}, b;
	int s, t;
	socklen_t len = sizeof(b);

	t_val("type", socket(AF_NETLINK, SOCK_STREAM, 0));
	t_val("protocol", socket(AF_NETLINK, SOCK_RAW, 31));
	t_val("negative", socket(AF_NETLINK, SOCK_RAW, -1));
	s = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	t_val("short name", bind(s, (void *)&a, 5));
	a.nl_family = AF_INET;
	t_val("other family", bind(s, (void *)&a, sizeof(a)));
	a.nl_family = AF_NETLINK;
	t_ret("bind", bind(s, (void *)&a, sizeof(a)));
	t_val("getsockname", getsockname(s, (void *)&b, &len));
	t_val("length", len);
	t_is("the process", b.nl_pid == (unsigned int)getpid());
	t_ret("again", bind(s, (void *)&a, sizeof(a)));
	t_val("other port",
	      bind(s, (void *)&(struct sockaddr_nl){AF_NETLINK, 0, 5, 0},
		   sizeof(a)));
	t = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_ROUTE);
	t_val("port in use", bind(t, (void *)&b, sizeof(b)));
	t_ret("its own", bind(t, (void *)&a, sizeof(a)));
	getsockname(t, (void *)&b, &len);
	t_is("another", b.nl_pid != (unsigned int)getpid());
	t_val("listen", listen(s, 1));
	t_val("accept", accept(s, NULL, NULL));
	t_val("shutdown", shutdown(s, SHUT_RD));
	t_val("getpeername", getpeername(s, (void *)&b, &len));
	t_val("nothing", recv(s, buf, 10, MSG_DONTWAIT));
	close(s);
	close(t);
}

static void answer(const char *what, int s)
{
	ssize_t n = recv(s, buf, sizeof(buf), MSG_DONTWAIT);
	struct nlmsghdr *h = (void *)buf;
	struct nlmsgerr *e = NLMSG_DATA(h);
	struct ifinfomsg *i = NLMSG_DATA(h);

	t_ret(what, n);
	if (n < 0)
		return;
	if (h->nlmsg_type == NLMSG_ERROR)
		t_say("error %s, of type %d, seq %d\n",
		      e->error ? t_errno_name(-e->error) : "none",
		      e->msg.nlmsg_type, e->msg.nlmsg_seq);
	else
		t_say("type %d index %d\n", h->nlmsg_type, i->ifi_index);
}

static void single(int s)
{
	struct pollfd p = {s, POLLIN | POLLOUT, 0};

	poll(&p, 1, 0);
	t_say("events %#x\n", p.revents);
	ask(s, RTM_GETLINK, NLM_F_REQUEST, AF_UNSPEC);
	poll(&p, 1, 0);
	t_say("events %#x\n", p.revents);
	answer("no interface", s);
	memset(&q, 0, sizeof(q));
	q.h.nlmsg_len = NLMSG_LENGTH(sizeof(q.i));
	q.h.nlmsg_type = RTM_GETLINK;
	q.h.nlmsg_flags = NLM_F_REQUEST;
	q.i.ifi_index = 1;
	send(s, &q, q.h.nlmsg_len, 0);
	answer("index 1", s);
	q.i.ifi_index = 99999;
	send(s, &q, q.h.nlmsg_len, 0);
	answer("no such index", s);
	q.i.ifi_index = 0;
	q.a.rta_len = RTA_LENGTH(3);
	q.a.rta_type = IFLA_IFNAME;
	strcpy(q.name, "lo");
	q.h.nlmsg_len = sizeof(q);
	send(s, &q, sizeof(q), 0);
	answer("lo", s);
	ask(s, 999, NLM_F_REQUEST, 0);
	answer("unknown type", s);
	ask(s, NLMSG_NOOP, NLM_F_REQUEST | NLM_F_ACK, 0);
	answer("acknowledged", s);
	ask(s, RTM_GETLINK, 0, 0);
	answer("no request", s);
	t_ret("too short", send(s, &q, 10, 0));
	answer("no answer", s);
}

static void peeking(int s)
{
	struct sockaddr_nl from;
	socklen_t len = sizeof(from);
	ssize_t n;

	q.i.ifi_index = 1;
	q.h.nlmsg_len = NLMSG_LENGTH(sizeof(q.i));
	q.h.nlmsg_type = RTM_GETLINK;
	q.h.nlmsg_flags = NLM_F_REQUEST;
	send(s, &q, q.h.nlmsg_len, 0);
	n = recvfrom(s, NULL, 0, MSG_PEEK | MSG_TRUNC, (void *)&from, &len);
	t_is("real length", n > 40);
	t_val("name", len);
	t_say("family %d pid %u groups %u\n", from.nl_family, from.nl_pid,
	      from.nl_groups);
	t_is("all of it", recv(s, buf, sizeof(buf), 0) == n);
	t_val("then none", recv(s, buf, 1, MSG_DONTWAIT));
}

static void libc(void)
{
	struct if_nameindex *all = if_nameindex(), *i;
	struct ifaddrs *ifa, *a;
	char name[IF_NAMESIZE];

	for (i = all; i && i->if_index; i++)
		if (i->if_index == 1)
			t_str("if_nameindex", i->if_name);
	if_freenameindex(all);
	t_val("if_nametoindex", if_nametoindex("lo"));
	t_val("of none", if_nametoindex("nonesuch"));
	t_str("if_indextoname", if_indextoname(1, name) ? name : "none");
	t_is("of none", !if_indextoname(9999, name));
	t_ret("why", -1);
	t_ret("getifaddrs", getifaddrs(&ifa));
	for (a = ifa; a; a = a->ifa_next) {
		struct sockaddr_in *in = (void *)a->ifa_addr;

		if (strcmp(a->ifa_name, "lo") || !in ||
		    in->sin_family != AF_INET)
			continue;
		t_say("lo: %#x", ntohl(in->sin_addr.s_addr));
		in = (void *)a->ifa_netmask;
		t_say(" mask %#x loopback %d\n", ntohl(in->sin_addr.s_addr),
		      !!(a->ifa_flags & IFF_LOOPBACK));
	}
	freeifaddrs(ifa);
}

static void ioctls(int family)
{
	static struct ifreq r, many[20];
	struct ifconf c = {.ifc_len = sizeof(many)};
	int s = socket(family, SOCK_DGRAM, 0);

	t_say("-- ioctl, family %d\n", family);
	strcpy(r.ifr_name, "lo");
	t_val("SIOCGIFINDEX", ioctl(s, SIOCGIFINDEX, &r));
	t_val("index", r.ifr_ifindex);
	t_val("SIOCGIFFLAGS", ioctl(s, SIOCGIFFLAGS, &r));
	t_val("up, loopback, running", r.ifr_flags & 0x49);
	t_val("SIOCGIFHWADDR", ioctl(s, SIOCGIFHWADDR, &r));
	t_val("type", r.ifr_hwaddr.sa_family);
	t_val("SIOCGIFMTU", ioctl(s, SIOCGIFMTU, &r));
	t_val("SIOCGIFADDR", ioctl(s, SIOCGIFADDR, &r));
	if (family == AF_INET)
		t_bytes("address", &r.ifr_addr, 8);
	t_val("SIOCGIFNETMASK", ioctl(s, SIOCGIFNETMASK, &r));
	if (family == AF_INET)
		t_bytes("mask", &r.ifr_addr, 8);
	t_val("bad address", ioctl(s, SIOCGIFINDEX, T_BAD));
	strcpy(r.ifr_name, "nonesuch");
	t_val("no such", ioctl(s, SIOCGIFINDEX, &r));
	r.ifr_ifindex = 1;
	t_val("SIOCGIFNAME", ioctl(s, SIOCGIFNAME, &r));
	t_str("name", r.ifr_name);
	c.ifc_req = many;
	t_val("SIOCGIFCONF", ioctl(s, SIOCGIFCONF, &c));
	t_is("whole entries", c.ifc_len > 0 && c.ifc_len % 40 == 0);
	t_str("first", many[0].ifr_name);
	c.ifc_len = 39;
	t_val("no room", ioctl(s, SIOCGIFCONF, &c));
	t_val("length", c.ifc_len);
	t_val("unknown", ioctl(s, 0x8999, &r));
	close(s);
}

int main(void)
{
	int s;

	errors();
	s = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	dump(s, RTM_GETLINK, AF_UNSPEC);
	dump(s, RTM_GETADDR, AF_UNSPEC);
	dump(s, RTM_GETADDR, AF_INET);
	dump(s, RTM_GETROUTE, AF_INET);
	single(s);
	peeking(s);
	libc();
	ioctls(AF_INET);
	ioctls(AF_UNIX);
	return 0;
}
