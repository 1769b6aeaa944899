/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen/store_wire.c: messages into a ring from each of its places and in each
 * split, and out of a stream in each split; names of errors; what no store
 * says.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "unit.h"
#include "../../xen/store_wire.h"

#define SIZE XENSTORE_RING_SIZE
#define HEAD sizeof(struct xsd_sockmsg)

static struct {
	char before[16], ring[SIZE], after[16];
} m;
static char flat[8192];

static char at(uint32_t index)
{
	return m.ring[index % SIZE];
}

static void message(struct store_out *out, uint32_t id)
{
	memset(out, 0, sizeof(*out));
	out->head.type = XS_WRITE;
	out->head.req_id = id;
	out->head.tx_id = 77;
	store_out_add(out, "device/vif/0", 12);
	store_out_add(out, "/", 1);
	store_out_add(out, "state", 6); /* with its NUL */
	store_out_add(out, "", 0);
	store_out_add(out, "4", 1);
}

static size_t flatten(const struct store_out *out)
{
	memcpy(flat, &out->head, HEAD);
	memcpy(flat + HEAD, "device/vif/0/state\0004", 20);
	return HEAD + 20;
}

/* At every place of the ring, index wrap at 2^32 included, whole and with every
 * amount of room for the first piece. */
static void put(void)
{
	struct store_out out;
	size_t n, bad = 0;
	char mark[16];

	memset(mark, 0x5a, sizeof(mark));
	for (uint32_t start = UINT32_MAX - SIZE; start != SIZE; start++) {
		for (uint32_t room = 0; room < 40; room++) {
			uint32_t got;

			memset(&m, 0x5a, sizeof(m));
			message(&out, start);
			n = flatten(&out);
			got = store_out_put(&out, m.ring, start, room);
			bad += got != (room < n ? room : n);
			bad += store_out_sent(&out) != (room >= n);
			got += store_out_put(&out, m.ring, start + got, SIZE);
			bad += got != n || !store_out_sent(&out);
			bad += store_out_put(&out, m.ring, start + got, SIZE);
			for (uint32_t i = 0; i < n; i++)
				bad += at(start + i) != flat[i];
			for (uint32_t i = n; i < SIZE; i++)
				bad += at(start + i) != 0x5a;
			bad += memcmp(m.before, mark, 16) != 0;
			bad += memcmp(m.after, mark, 16) != 0;
		}
	}
	CHECK(bad == 0);
}

/* A message longer than the ring: by as much as there is room for. */
static void put_long(void)
{
	static char value[4000], seen[5000];
	struct store_out out = {.head = {.type = XS_WRITE}};
	uint32_t prod = UINT32_MAX - 700, n = 0;

	for (size_t i = 0; i < sizeof(value); i++)
		value[i] = (char)(i * 7);
	store_out_add(&out, "a", 2);
	store_out_add(&out, value, sizeof(value));
	while (!store_out_sent(&out)) {
		uint32_t got =
			store_out_put(&out, m.ring, prod, n % 5 ? 1024 : 3);

		for (uint32_t i = 0; i < got; i++)
			seen[n++] = at(prod + i);
		prod += got;
	}
	CHECK(n == HEAD + 2 + sizeof(value));
	CHECK(memcmp(seen, &out.head, HEAD) == 0);
	CHECK(memcmp(seen + HEAD + 2, value, sizeof(value)) == 0);
}

static char place[XENSTORE_PAYLOAD_MAX + 1];
static int refuse; /* bodies of this length have no place */
static unsigned int ends;
static char said[65536];

static char *begin(const struct xsd_sockmsg *head)
{
	return (int)head->len == refuse ? NULL : place;
}

static void end(const struct xsd_sockmsg *head, char *body)
{
	char text[64];

	ends++;
	if (body && body[head->len])
		CHECK(!"a NUL behind the body");
	snprintf(text, sizeof(text), "%u.%u:%.20s;", head->type, head->req_id,
		 body ? body : "-");
	strcat(said, text);
}

static const struct store_sink sink = {begin, end};

static uint32_t add(uint32_t n, uint32_t id, const char *body)
{
	struct xsd_sockmsg head = {XS_READ, id, 0, (uint32_t)strlen(body)};

	memcpy(flat + n, &head, HEAD);
	memcpy(flat + n + HEAD, body, head.len);
	return n + HEAD + head.len;
}

static void feed(void)
{
	static const char want[] = "2.1:one;2.2:;2.3:-;2.4:four;";
	uint32_t n = add(0, 1, "one");

	refuse = 5;
	n = add(n, 2, "");
	n = add(n, 3, "three");
	n = add(n, 4, "four");
	for (uint32_t a = 0; a <= n; a++) {
		for (uint32_t b = a; b <= n; b++) {
			struct store_in in = {.have = 0};

			said[0] = '\0';
			if (store_in_feed(&in, flat, a, &sink) ||
			    store_in_feed(&in, flat + a, b - a, &sink) ||
			    store_in_feed(&in, flat + b, n - b, &sink) ||
			    strcmp(said, want) != 0)
				CHECK_STR(said, want);
		}
	}
	/* And byte by byte. */
	struct store_in in = {.have = 0};

	said[0] = '\0';
	for (uint32_t i = 0; i < n; i++)
		store_in_feed(&in, flat + i, 1, &sink);
	CHECK_STR(said, want);
	refuse = -1;
}

static void garbage(void)
{
	struct xsd_sockmsg head = {XS_READ, 1, 0, XENSTORE_PAYLOAD_MAX};
	struct store_in in = {.have = 0};
	char bytes[300];

	ends = 0;
	CHECK(store_in_feed(&in, (char *)&head, HEAD, &sink) == 0);
	memset(place, 0, sizeof(place));
	CHECK(ends == 0);
	head.len++;
	memset(&in, 0, sizeof(in));
	CHECK(store_in_feed(&in, (char *)&head, HEAD, &sink) == -EIO);
	/* Halves of heads whose length, half written, would wrap around. */
	head.len = (uint32_t)-2;
	for (uint32_t i = 0; i < HEAD; i++) {
		memset(&in, 0, sizeof(in));
		in.head = head;
		CHECK(store_in_feed(&in, (char *)&head, i, &sink) == 0);
		CHECK(ends == 0);
	}
	for (int i = 0; i < 100000; i++) {
		uint32_t n = rand() % sizeof(bytes);

		for (uint32_t k = 0; k < n; k++)
			bytes[k] = rand() % 8 ? 0 : rand();
		if (in.have >= HEAD && in.head.len > XENSTORE_PAYLOAD_MAX)
			memset(&in, 0, sizeof(in));
		said[0] = '\0';
		if (store_in_feed(&in, bytes, n, &sink))
			memset(&in, 0, sizeof(in));
	}
}

static void errors(void)
{
	for (size_t i = 0; i < sizeof(xsd_errors) / sizeof(xsd_errors[0]); i++)
		CHECK(store_error(xsd_errors[i].errstring) ==
		      -xsd_errors[i].errnum);
	CHECK(store_error("") == -EIO);
	CHECK(store_error("ENOEN") == -EIO && store_error("ENOENTX") == -EIO);
	CHECK(store_error("enoent") == -EIO);
}

static bool event(const char *body, uint32_t len, const char *path,
		  const char *token)
{
	const char *p, *t;

	memset(flat, 'x', 100);
	memcpy(flat, body, len);
	flat[len] = '\0';
	return store_event_parse(flat, len, &p, &t) && strcmp(p, path) == 0 &&
	       strcmp(t, token) == 0;
}

static void events(void)
{
	CHECK(event("a/b\0tok", 8, "a/b", "tok"));
	CHECK(event("a\0\0", 3, "a", ""));
	CHECK(event("\0t", 3, "", "t"));
	/* More behind it is left alone: newer stores may say more. */
	CHECK(event("a/b\0tok\0more", 13, "a/b", "tok"));
	CHECK(!event("a/b\0tok", 7, "a/b", "tok"));
	CHECK(!event("a/b", 4, "a/b", ""));
	CHECK(!event("a/b", 3, "a/b", ""));
	CHECK(!event("", 0, "", ""));
	CHECK(!event("", 1, "", ""));
}

int main(void)
{
	srand(1);
	put();
	put_long();
	feed();
	garbage();
	errors();
	events();
	return unit_done();
}
