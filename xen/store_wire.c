/* SPDX-License-Identifier: BSD-2-Clause */
/* store_wire.c: see store_wire.h. */
#include "store_wire.h"
#include "ring.h"

#define HEAD ((uint32_t)sizeof(struct xsd_sockmsg))

static uint32_t min(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t length(const char *s)
{
	uint32_t n = 0;

	while (s[n])
		n++;
	return n;
}

static bool equal(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

void store_out_add(struct store_out *m, const char *p, uint32_t n)
{
	m->parts[m->nr].p = p;
	m->parts[m->nr++].n = n;
	m->head.len += n;
}

uint32_t store_out_put(struct store_out *m, char *ring, uint32_t prod,
		       uint32_t room)
{
	const char *p = (const char *)&m->head;
	uint32_t n = HEAD, skip = m->sent, put = 0;

	for (unsigned int i = 0;; i++) {
		uint32_t off = min(skip, n), k = min(n - off, room - put);

		ring_put(ring, XENSTORE_RING_SIZE, prod + put, p + off, k);
		put += k;
		skip -= off;
		if (i == m->nr)
			break;
		p = m->parts[i].p;
		n = m->parts[i].n;
	}
	m->sent += put;
	return put;
}

int store_in_feed(struct store_in *in, const char *p, uint32_t n,
		  const struct store_sink *sink)
{
	while (n > 0) {
		uint32_t k;

		if (in->have < HEAD) {
			k = min(n, HEAD - in->have);
			__builtin_memcpy((char *)&in->head + in->have, p, k);
			in->have += k;
			if (in->have == HEAD) {
				if (in->head.len > XENSTORE_PAYLOAD_MAX)
					return -EIO;
				in->body = sink->begin(&in->head);
			}
		} else {
			uint32_t at = in->have - HEAD;

			k = min(n, in->head.len - at);
			if (in->body)
				__builtin_memcpy(in->body + at, p, k);
			in->have += k;
		}
		p += k;
		n -= k;
		if (in->have == HEAD + in->head.len && in->have >= HEAD) {
			if (in->body)
				in->body[in->head.len] = '\0';
			in->have = 0;
			sink->end(&in->head, in->body);
		}
	}
	return 0;
}

/* The ABI's table, xsd_errors, half as large: this is in every image. The unit
 * test holds it against that. */
#define ERROR(e)                                                               \
	{                                                                      \
		e, #e                                                          \
	}
static const struct {
	uint8_t number;
	char name[10];
} error_names[] = {
	ERROR(EINVAL), ERROR(EACCES), ERROR(EEXIST),	ERROR(EISDIR),
	ERROR(ENOENT), ERROR(ENOMEM), ERROR(ENOSPC),	ERROR(EIO),
	ERROR(ENOSYS), ERROR(EROFS),  ERROR(ENOTEMPTY), ERROR(EBUSY),
	ERROR(EAGAIN), ERROR(E2BIG),  ERROR(EISCONN),	ERROR(EPERM),
};

int store_error(const char *name)
{
	for (unsigned int i = 0;
	     i < sizeof(error_names) / sizeof(error_names[0]); i++)
		if (equal(error_names[i].name, name))
			return -error_names[i].number;
	return -EIO;
}

bool store_event_parse(const char *body, uint32_t len, const char **path,
		       const char **token)
{
	uint32_t n = length(body) + 1;

	*path = body;
	*token = body + n;
	/* Both end within what came. */
	return n < len && n + length(*token) < len;
}
