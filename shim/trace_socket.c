/* SPDX-License-Identifier: BSD-2-Clause */
/* trace_socket.c: addresses of sockets, and messages. */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/un.h>
#include <posixen/lib.h>
#include <posixen/uaccess.h>
#include "trace.h"

static unsigned int swap16(uint16_t v)
{
	return (uint16_t)(v << 8 | v >> 8);
}

static void put_ipv4(struct trace *t, const unsigned char *a)
{
	unsigned int i;

	for (i = 0; i < 4; i++) {
		if (i)
			put_char(t, '.');
		put_udec(t, a[i]);
	}
}

/* RFC 5952: the longest run of two or more zero groups becomes "::". */
static void put_ipv6(struct trace *t, const uint16_t *group)
{
	int i, j, at = -1, run = 1;

	for (i = 0; i < 8; i++) {
		for (j = i; j < 8 && !group[j]; j++)
			;
		if (j - i > run) {
			at = i;
			run = j - i;
		}
	}
	for (i = 0; i < 8; i++) {
		if (i == at) {
			put(t, "::");
			i += run - 1;
			continue;
		}
		if (i && i != at + run)
			put_char(t, ':');
		/* Without the 0x that put_hex adds. */
		for (j = 12; j > 0 && !(swap16(group[i]) >> j); j -= 4)
			;
		for (; j >= 0; j -= 4)
			put_char(
				t,
				"0123456789abcdef"[swap16(group[i]) >> j & 15]);
	}
}

static void put_sockaddr(struct trace *t, unsigned long p, unsigned int len)
{
	union {
		unsigned short family;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		struct sockaddr_un un;
	} a;

	memset(&a, 0, sizeof(a));
	if (!p || len < 2 ||
	    copy_in(&a, (void *)p, MIN(len, (unsigned int)sizeof(a))) < 0) {
		put_addr(t, p);
		return;
	}
	put(t, "{sa_family=");
	put_name(t, &names_family, a.family);
	if (a.family == 1 && len > 2) {
		put(t, ", sun_path=");
		if (!a.un.sun_path[0]) {
			put_char(t, '@');
			put_quoted(t, a.un.sun_path + 1, len - 3);
		} else {
			put_quoted(t, a.un.sun_path,
				   MIN(len - 2, (unsigned int)UNIX_PATH_MAX));
		}
	} else if (a.family == 2 && len >= sizeof(a.in)) {
		put_field(t, ", sin_port=htons(", swap16(a.in.sin_port));
		put(t, "), sin_addr=inet_addr(\"");
		put_ipv4(t, (unsigned char *)&a.in.sin_addr);
		put(t, "\")");
	} else if (a.family == 10 && len >= sizeof(a.in6)) {
		put_field(t, ", sin6_port=htons(", swap16(a.in6.sin6_port));
		put_field(t, "), sin6_flowinfo=htonl(",
			  __builtin_bswap32(a.in6.sin6_flowinfo));
		put(t, "), inet_pton(AF_INET6, \"");
		put_ipv6(t, a.in6.sin6_addr.s6_addr16);
		put_field(t, "\", &sin6_addr), sin6_scope_id=",
			  a.in6.sin6_scope_id);
	}
	put_char(t, '}');
}

void put_sockaddr_in(struct trace *t, unsigned long p, unsigned int i)
{
	put_sockaddr(t, p, trace_arg(t, i + 1));
}

/* The length lies in memory, and no more than there was room for is there. */
void put_sockaddr_out(struct trace *t, unsigned long p, unsigned int i)
{
	unsigned int len = 0;

	if (copy_in(&len, (void *)trace_arg(t, i + 1), sizeof(len)) < 0)
		len = 0;
	put_sockaddr(t, p, MIN(len, (unsigned int)t->word[i + 1]));
}

static void put_msghdr(struct trace *t, unsigned long p, long len)
{
	/* The kernel's struct user_msghdr. */
	struct {
		unsigned long name;
		unsigned int namelen;
		unsigned long iov, iovlen, control, controllen;
		unsigned int flags;
	} m;

	if (!trace_in(t, &m, p, sizeof(m)))
		return;
	if (t->done && t->ret < 0) {
		put_field(t, "{msg_namelen=", m.namelen);
		put_char(t, '}');
		return;
	}
	put(t, "{msg_name=");
	put_sockaddr(t, m.name, m.namelen);
	put_field(t, ", msg_namelen=", m.namelen);
	put(t, ", msg_iov=");
	put_iov(t, m.iov, m.iovlen, len);
	put_field(t, ", msg_iovlen=", m.iovlen);
	if (m.control && m.controllen) {
		put(t, ", msg_control=");
		put_addr(t, m.control);
	}
	put_field(t, ", msg_controllen=", m.controllen);
	put(t, ", msg_flags=");
	put_flags(t, &names_msg, m.flags);
	put_char(t, '}');
}

void put_msghdr_in(struct trace *t, unsigned long p, unsigned int i)
{
	put_msghdr(t, p, LONG_MAX);
}

void put_msghdr_out(struct trace *t, unsigned long p, unsigned int i)
{
	put_msghdr(t, p, t->ret);
}
