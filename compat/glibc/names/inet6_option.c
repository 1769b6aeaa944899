/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RFC 3542: headers of IPv6 in a program's buffer. inet6_opt_*() (section 10)
 * write and read hop-by-hop and destination options, inet6_rth_*() (section 7)
 * routing headers of type 0. All return -1, 0 or NULL for what is not valid.
 */
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <string.h>

#define HEAD 2 /* of an extension header, and of an option */

int inet6_opt_init(void *buf, socklen_t size)
{
	if (buf) {
		if (!size || size % 8 || size > 256 * 8)
			return -1;
		((unsigned char *)buf)[1] = size / 8 - 1;
	}
	return HEAD;
}

/* Fill with an option that says nothing. */
static void pad(unsigned char *at, int n)
{
	if (n == 1)
		*at = IP6OPT_PAD1;
	if (n < 2)
		return;
	memset(at, 0, n);
	at[0] = IP6OPT_PADN;
	at[1] = n - HEAD;
}

int inet6_opt_append(void *buf, socklen_t size, int offset, uint8_t type,
		     socklen_t length, uint8_t align, void **data)
{
	int more;

	if (offset < HEAD || type == IP6OPT_PAD1 || type == IP6OPT_PADN ||
	    length > 255)
		return -1;
	if (!align || align > 8 || align & (align - 1) || align > length)
		return -1;
	more = (align - (offset + HEAD) % align) & (align - 1);
	if (buf) {
		unsigned char *at = (unsigned char *)buf + offset;

		if (offset + more + HEAD + length > size)
			return -1;
		pad(at, more);
		at[more] = type;
		at[more + 1] = length;
		*data = at + more + HEAD;
	}
	return offset + more + HEAD + length;
}

int inet6_opt_finish(void *buf, socklen_t size, int offset)
{
	int more = -offset & 7;

	if (offset < HEAD)
		return -1;
	if (buf) {
		if ((socklen_t)(offset + more) > size)
			return -1;
		pad((unsigned char *)buf + offset, more);
	}
	return offset + more;
}

int inet6_opt_set_val(void *data, int offset, void *value, socklen_t length)
{
	memcpy((char *)data + offset, value, length);
	return offset + length;
}

int inet6_opt_get_val(void *data, int offset, void *value, socklen_t length)
{
	memcpy(value, (char *)data + offset, length);
	return offset + length;
}

/* The option behind offset, of the wanted type or of any (-1). */
static int next(void *buf, socklen_t size, int offset, int wanted,
		uint8_t *type, socklen_t *length, void **data)
{
	unsigned char *bytes = buf;

	if (!offset)
		offset = HEAD;
	else if (offset < HEAD)
		return -1;
	while ((socklen_t)offset < size) {
		int kind = bytes[offset], n;

		if (kind == IP6OPT_PAD1) {
			offset++;
			continue;
		}
		if ((socklen_t)offset + HEAD > size)
			return -1;
		n = bytes[offset + 1];
		offset += HEAD + n;
		if (kind == IP6OPT_PADN || (wanted >= 0 && kind != wanted))
			continue;
		if ((socklen_t)offset > size)
			return -1;
		if (type)
			*type = kind;
		*length = n;
		*data = bytes + offset - n;
		return offset;
	}
	return -1;
}

int inet6_opt_next(void *buf, socklen_t size, int offset, uint8_t *type,
		   socklen_t *length, void **data)
{
	return next(buf, size, offset, -1, type, length, data);
}

int inet6_opt_find(void *buf, socklen_t size, int offset, uint8_t type,
		   socklen_t *length, void **data)
{
	return next(buf, size, offset, type, NULL, length, data);
}

/* A routing header of type 0: 8 bytes, then addresses. */
static struct in6_addr *addresses(const void *header)
{
	return (struct in6_addr *)((char *)header + sizeof(struct ip6_rthdr0));
}

static int count(const struct ip6_rthdr *header)
{
	return header->ip6r_len / 2;
}

socklen_t inet6_rth_space(int type, int segments)
{
	if (type != IPV6_RTHDR_TYPE_0 || segments < 0 || segments > 127)
		return 0;
	return sizeof(struct ip6_rthdr0) + segments * sizeof(struct in6_addr);
}

void *inet6_rth_init(void *buf, socklen_t size, int type, int segments)
{
	socklen_t need = inet6_rth_space(type, segments);
	struct ip6_rthdr *header = buf;

	if (!need || size < need)
		return NULL;
	memset(buf, 0, need);
	header->ip6r_len = segments * 2;
	header->ip6r_type = type;
	return buf;
}

int inet6_rth_add(void *buf, const struct in6_addr *address)
{
	struct ip6_rthdr *header = buf;

	if (header->ip6r_type != IPV6_RTHDR_TYPE_0 ||
	    header->ip6r_segleft >= count(header))
		return -1;
	addresses(buf)[header->ip6r_segleft++] = *address;
	return 0;
}

/* The way back; both may be the same buffer. */
int inet6_rth_reverse(const void *in, void *out)
{
	const struct ip6_rthdr *from = in;
	struct ip6_rthdr *to = out;
	int n = count(from);

	if (from->ip6r_type != IPV6_RTHDR_TYPE_0)
		return -1;
	memmove(out, in, sizeof(struct ip6_rthdr0));
	for (int i = 0; i < (n + 1) / 2; i++) {
		struct in6_addr first = addresses(in)[i];

		addresses(out)[i] = addresses(in)[n - 1 - i];
		addresses(out)[n - 1 - i] = first;
	}
	to->ip6r_segleft = n;
	return 0;
}

int inet6_rth_segments(const void *buf)
{
	const struct ip6_rthdr *header = buf;

	return header->ip6r_type == IPV6_RTHDR_TYPE_0 ? count(header) : -1;
}

struct in6_addr *inet6_rth_getaddr(const void *buf, int index)
{
	const struct ip6_rthdr *header = buf;

	if (header->ip6r_type != IPV6_RTHDR_TYPE_0 || index < 0 ||
	    index >= count(header))
		return NULL;
	return &addresses(buf)[index];
}
