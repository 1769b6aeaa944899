/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gethostent(3) and getnetent(3): /etc/hosts and /etc/networks from beginning
 * to end, and the search for a network. Stands in for musl's
 * src/network/ent.c, which finds nothing.
 */
#include "names/netdb.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

/* Of glibc's <netdb.h>: see errno. */
#define NETDB_INTERNAL -1

static struct px_netdb hosts = {"/etc/hosts", NULL, NULL};
static struct px_netdb networks = {"/etc/networks", NULL, NULL};

/* IPv4 alone, as glibc's; the loopback address of IPv6 counts as IPv4's. */
static bool read_address(const char *text, struct in_addr *to)
{
	struct in6_addr long_one;

	if (inet_pton(AF_INET, text, to) == 1)
		return true;
	if (inet_pton(AF_INET6, text, &long_one) != 1 ||
	    !IN6_IS_ADDR_LOOPBACK(&long_one))
		return false;
	to->s_addr = htonl(INADDR_LOOPBACK);
	return true;
}

static int next_host(struct hostent *h, struct px_room room)
{
	struct in_addr address, *to;
	char **words, **list;
	struct px_room left;
	int err;

	do {
		left = room;
		err = px_netdb_next(&hosts, 2, &left, &words);
		if (err)
			return err;
	} while (!read_address(words[0], &address));
	to = px_room_take(&left, sizeof(*to));
	list = px_room_take(&left, 2 * sizeof(*list));
	if (!to || !list)
		return ERANGE;
	*to = address;
	list[0] = (char *)to;
	list[1] = NULL;
	*h = (struct hostent){words[1], words + 2, AF_INET, sizeof(*to), list};
	return 0;
}

static int give(int err, int *h_err)
{
	if (err)
		*h_err = err == ENOENT ? HOST_NOT_FOUND : NETDB_INTERNAL;
	return err;
}

int gethostent_r(struct hostent *h, char *buf, size_t len,
		 struct hostent **result, int *h_err)
{
	off_t start = 0;
	int err;

	px_netdb_lock();
	if (hosts.file)
		start = ftello(hosts.file);
	err = next_host(h, (struct px_room){buf, len});
	if (err == ERANGE && hosts.file)
		fseeko(hosts.file, start, SEEK_SET);
	px_netdb_unlock();
	*result = err ? NULL : h;
	return give(err, h_err);
}

static int next_net(struct px_netdb *from, struct netent *n, char *buf,
		    size_t len)
{
	struct px_room room = {buf, len};
	char **words;
	int err = px_netdb_next(from, 2, &room, &words);

	if (!err)
		*n = (struct netent){words[0], words + 2, AF_INET,
				     inet_network(words[1])};
	return err;
}

int getnetent_r(struct netent *n, char *buf, size_t len, struct netent **result,
		int *h_err)
{
	int err;

	px_netdb_lock();
	err = next_net(&networks, n, buf, len);
	px_netdb_unlock();
	*result = err ? NULL : n;
	return give(err, h_err);
}

/* By name, or where that is NULL by number; not to be found is no error. */
static int search(const char *name, uint32_t net, int type, struct netent *n,
		  char *buf, size_t len, struct netent **result, int *h_err)
{
	struct px_netdb own = {networks.path, NULL, NULL};
	int err;

	do {
		err = next_net(&own, n, buf, len);
	} while (!err && !(name ? px_netdb_named(name, n->n_name, n->n_aliases)
				: net == n->n_net && (type == AF_UNSPEC ||
						      type == AF_INET)));
	px_netdb_close(&own);
	*result = err ? NULL : n;
	give(err, h_err);
	return err == ENOENT ? 0 : err;
}

int getnetbyname_r(const char *name, struct netent *n, char *buf, size_t len,
		   struct netent **result, int *h_err)
{
	return search(name, 0, 0, n, buf, len, result, h_err);
}

int getnetbyaddr_r(uint32_t net, int type, struct netent *n, char *buf,
		   size_t len, struct netent **result, int *h_err)
{
	return search(NULL, net, type, n, buf, len, result, h_err);
}

static struct hostent shared_host, *found_host;
static struct netent shared_net, *found_net;

static int shared_next_host(void *unused, char *buf, size_t len)
{
	return gethostent_r(&shared_host, buf, len, &found_host, &h_errno);
}

static int shared_next_net(void *unused, char *buf, size_t len)
{
	return getnetent_r(&shared_net, buf, len, &found_net, &h_errno);
}

struct hostent *gethostent(void)
{
	static char *buf;
	static size_t len;
	int err = px_netdb_grow(shared_next_host, NULL, &buf, &len);

	return err ? NULL : found_host;
}

struct netent *getnetent(void)
{
	static char *buf;
	static size_t len;
	int err = px_netdb_grow(shared_next_net, NULL, &buf, &len);

	return err ? NULL : found_net;
}

static void start_again(struct px_netdb *db)
{
	px_netdb_lock();
	px_netdb_rewind(db);
	px_netdb_unlock();
}

static void stop(struct px_netdb *db)
{
	px_netdb_lock();
	px_netdb_close(db);
	px_netdb_unlock();
}

void sethostent(int stay_open)
{
	start_again(&hosts);
}

void setnetent(int stay_open)
{
	start_again(&networks);
}

void endhostent(void)
{
	stop(&hosts);
}

void endnetent(void)
{
	stop(&networks);
}
