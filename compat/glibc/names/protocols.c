/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getprotoent(3) and getprotobyname_r(3): /etc/protocols, or without that file
 * the protocols that a program of ours can speak of. Stands in for all of
 * musl's src/network/proto.c, which has no reentrant functions.
 */
#include "names/netdb.h"
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>

static struct px_netdb db = {
	"/etc/protocols",
	"ip 0 IP\nicmp 1 ICMP\nigmp 2 IGMP\nggp 3 GGP\nipencap 4 IP-ENCAP\n"
	"st 5 ST\ntcp 6 TCP\negp 8 EGP\nigp 9 IGP\npup 12 PUP\nudp 17 UDP\n"
	"hmp 20 HMP\nxns-idp 22 XNS-IDP\nrdp 27 RDP\niso-tp4 29 ISO-TP4\n"
	"dccp 33 DCCP\nxtp 36 XTP\nddp 37 DDP\nidpr-cmtp 38 IDPR-CMTP\n"
	"ipv6 41 IPv6\nipv6-route 43 IPv6-Route\nipv6-frag 44 IPv6-Frag\n"
	"idrp 45 IDRP\nrsvp 46 RSVP\ngre 47 GRE\nesp 50 IPSEC-ESP\n"
	"ah 51 IPSEC-AH\nskip 57 SKIP\nipv6-icmp 58 IPv6-ICMP\n"
	"ipv6-nonxt 59 IPv6-NoNxt\nipv6-opts 60 IPv6-Opts\nrspf 73 RSPF CPHB\n"
	"vmtp 81 VMTP\neigrp 88 EIGRP\nospf 89 OSPFIGP\nipip 94 IPIP\n"
	"encap 98 ENCAP\npim 103 PIM\nvrrp 112 VRRP\nl2tp 115 L2TP\n"
	"sctp 132 SCTP\nudplite 136 UDPLite\nraw 255 RAW\n",
	NULL,
};

static int next(struct px_netdb *from, struct protoent *p, char *buf,
		size_t len)
{
	struct px_room room = {buf, len};
	char **words;
	int err = px_netdb_next(from, 2, &room, &words);

	if (!err)
		*p = (struct protoent){words[0], words + 2, atoi(words[1])};
	return err;
}

int getprotoent_r(struct protoent *p, char *buf, size_t len,
		  struct protoent **result)
{
	int err;

	px_netdb_lock();
	err = next(&db, p, buf, len);
	px_netdb_unlock();
	*result = err ? NULL : p;
	return err;
}

/* By name, or where that is NULL by number; not to be found is no error. */
static int search(const char *name, int number, struct protoent *p, char *buf,
		  size_t len, struct protoent **result)
{
	struct px_netdb own = {db.path, db.builtin, NULL};
	int err;

	do {
		err = next(&own, p, buf, len);
	} while (!err && !(name ? px_netdb_named(name, p->p_name, p->p_aliases)
				: number == p->p_proto));
	px_netdb_close(&own);
	*result = err ? NULL : p;
	return err == ENOENT ? 0 : err;
}

int getprotobyname_r(const char *name, struct protoent *p, char *buf,
		     size_t len, struct protoent **result)
{
	return search(name, 0, p, buf, len, result);
}

int getprotobynumber_r(int number, struct protoent *p, char *buf, size_t len,
		       struct protoent **result)
{
	return search(NULL, number, p, buf, len, result);
}

/* The functions that are not reentrant share one result. */
static struct protoent shared, *found;
static char *shared_buf;
static size_t shared_len;

static int shared_next(void *unused, char *buf, size_t len)
{
	return getprotoent_r(&shared, buf, len, &found);
}

static int shared_by_name(void *name, char *buf, size_t len)
{
	return search(name, 0, &shared, buf, len, &found);
}

static int shared_by_number(void *number, char *buf, size_t len)
{
	return search(NULL, *(int *)number, &shared, buf, len, &found);
}

static struct protoent *answer(int (*call)(void *, char *, size_t), void *arg)
{
	int err = px_netdb_grow(call, arg, &shared_buf, &shared_len);

	return err ? NULL : found;
}

struct protoent *getprotoent(void)
{
	return answer(shared_next, NULL);
}

struct protoent *getprotobyname(const char *name)
{
	return answer(shared_by_name, (void *)name);
}

struct protoent *getprotobynumber(int number)
{
	return answer(shared_by_number, &number);
}

void setprotoent(int stay_open)
{
	px_netdb_lock();
	px_netdb_rewind(&db);
	px_netdb_unlock();
}

void endprotoent(void)
{
	px_netdb_lock();
	px_netdb_close(&db);
	px_netdb_unlock();
}
