/* SPDX-License-Identifier: BSD-2-Clause */
/* Segments become large packets: a device that cuts them again must give what
 * lwIP sent, to the byte. */
#include <stdlib.h>
#include <string.h>
#include "../../../net/checksum.h"
#include "../../../net/gso.h"
#include "../../../net/tcp_segment.h"
#include "net.h"

#define MSS	1460
#define PACKETS 64

static struct {
	uint8_t bytes[70000];
	unsigned int len, flags, gso_size, frags;
} out[PACKETS];
static unsigned int nr_out, flushes, full, room = PACKETS;

static int xmit(struct netdev *d, const struct net_tx *t)
{
	unsigned int at = 0;

	if (full || nr_out == room)
		return -EAGAIN;
	for (unsigned int i = 0; i < t->nr; i++) {
		uintptr_t a = (uintptr_t)t->frags[i].data;

		/* Each part within one page. */
		CHECK(t->frags[i].len &&
		      a / 4096 == (a + t->frags[i].len - 1) / 4096);
		memcpy(out[nr_out].bytes + at, t->frags[i].data,
		       t->frags[i].len);
		at += t->frags[i].len;
	}
	CHECK(at == t->len && t->nr <= NET_FRAGS_MAX);
	out[nr_out].len = at;
	out[nr_out].flags = t->flags;
	out[nr_out].gso_size = t->gso_size;
	out[nr_out++].frags = t->nr;
	return 0;
}

static void flush(struct netdev *d)
{
	flushes++;
}

static const struct netdev_ops ops = {.xmit = xmit, .flush = flush};
static struct netdev dev = {
	.ops = &ops,
	.mtu = 1520,
	.features = NET_CSUM_BLANK | NET_GSO_TCP4 | NET_GSO_TCP6,
};
static struct gso gso;
static _Alignas(4096) uint8_t data[1 << 17];

/* A segment as lwIP makes it: headers in one pbuf, payload by reference. */
static struct pbuf *segment(int v6, uint16_t port, uint32_t seq,
			    unsigned int len, uint8_t flags)
{
	unsigned int l4 = v6 ? 54 : 34;
	struct pbuf *p = pbuf_alloc(PBUF_RAW, l4 + 20, PBUF_RAM), *q;
	uint8_t *f = p->payload;

	memset(f, 0, l4 + 20);
	f[12] = v6 ? 0x86 : 8, f[13] = v6 ? 0xdd : 0;
	f[14] = v6 ? 0x60 : 0x45;
	if (v6) {
		f[18] = (20 + len) >> 8, f[19] = 20 + len;
		f[20] = 6, f[21] = 64;
		f[22] = 0xfe, f[38] = 0xfd;
	} else {
		f[16] = (40 + len) >> 8, f[17] = 40 + len;
		f[18] = seq >> 10; /* identification differs */
		f[22] = 64, f[23] = 6;
		f[26] = 10, f[30] = 10, f[33] = 2;
	}
	f[l4] = 0, f[l4 + 1] = 80;
	f[l4 + 2] = port >> 8, f[l4 + 3] = port;
	f[l4 + 4] = seq >> 24, f[l4 + 5] = seq >> 16;
	f[l4 + 6] = seq >> 8, f[l4 + 7] = seq;
	f[l4 + 12] = 0x50, f[l4 + 13] = flags;
	if (len) {
		q = pbuf_alloc(PBUF_RAW, len, PBUF_ROM);
		q->payload = data + seq % (1 << 16);
		pbuf_cat(p, q);
	}
	return p;
}

static err_t emit(int v6, uint16_t port, uint32_t seq, unsigned int len,
		  uint8_t flags)
{
	struct pbuf *p = segment(v6, port, seq, len, flags);
	err_t err = gso_output(&gso, p);

	pbuf_free(p);
	return err;
}

static void begin(void)
{
	nr_out = flushes = 0;
}

/* The pseudo-header's sum must be there, of the whole packet's length. */
static int blank_ok(unsigned int i)
{
	const uint8_t *f = out[i].bytes;
	int v6 = f[12] == 0x86;
	unsigned int l4 = v6 ? 54 : 34, n = out[i].len - l4;
	uint8_t pseudo[4] = {n >> 8, n, 0, 6};
	uint64_t sum = checksum_add(0, pseudo, 4);
	uint16_t have;

	sum = v6 ? checksum_add(sum, f + 22, 32) : checksum_add(sum, f + 26, 8);
	memcpy(&have, f + l4 + 16, 2);
	return have == checksum_fold(sum);
}

static void bulk(int v6)
{
	unsigned int l4 = v6 ? 54 : 34;

	begin();
	for (int i = 0; i < 100; i++)
		emit(v6, 1000, i * MSS, MSS, i % 10 == 9 ? 0x18 : 0x10);
	gso_flush(&gso);
	gso_flush(&gso);
	CHECK(flushes == 1);
	CHECK(nr_out == 3);
	for (unsigned int i = 0, at = 0; i < nr_out; i++) {
		int n = (int)out[i].len - (int)l4 - 20;

		CHECK(out[i].gso_size == MSS);
		CHECK(out[i].flags & (v6 ? NET_GSO_TCP6 : NET_GSO_TCP4));
		CHECK(out[i].len - 14 <= 65535);
		CHECK(blank_ok(i));
		if (v6)
			CHECK((out[i].bytes[18] << 8 | out[i].bytes[19]) ==
			      20 + n);
		else
			CHECK((out[i].bytes[16] << 8 | out[i].bytes[17]) ==
				      40 + n &&
			      checksum_fold(checksum_add(0, out[i].bytes + 14,
							 20)) == 0xffff);
		for (int k = 0; k < n; k += MSS)
			CHECK(!memcmp(out[i].bytes + l4 + 20 + k,
				      data + (at + k) % (1 << 16), MSS));
		at += n;
	}
}

static void borders(void)
{
	/* A short segment, or FIN, is the last. */
	begin();
	emit(0, 1000, 0, MSS, 0x10);
	emit(0, 1000, MSS, 100, 0x18);
	emit(0, 1000, MSS + 100, MSS, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 2 && out[0].len == 54 + MSS + 100);
	CHECK(out[0].bytes[34 + 13] == 0x18);
	CHECK(out[1].gso_size == 0 && out[1].flags == NET_CSUM_BLANK);
	begin();
	emit(0, 1000, 0, MSS, 0x10);
	emit(0, 1000, MSS, MSS, 0x11);
	emit(0, 1000, 2 * MSS, 0, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 2 && out[0].bytes[34 + 13] == 0x11);
	CHECK(out[1].len == 54);
	/* A gap, another port, another family, a longer one after a shorter. */
	begin();
	emit(0, 1000, 0, MSS, 0x10);
	emit(0, 1000, 2 * MSS, MSS, 0x10);
	emit(0, 1001, 3 * MSS, MSS, 0x10);
	emit(1, 1001, 4 * MSS, MSS, 0x10);
	emit(0, 1001, 4 * MSS, 100, 0x10);
	emit(0, 1001, 4 * MSS + 100, MSS, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 6);
	for (unsigned int i = 0; i < nr_out; i++)
		CHECK(out[i].gso_size == 0 && blank_ok(i));
	/* Nothing waits behind an acknowledgement. */
	begin();
	emit(0, 1000, 0, 0, 0x10);
	emit(0, 1000, 0, 0, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 2);
	/* Without the feature packets stay apart. */
	dev.features = NET_CSUM_BLANK;
	begin();
	emit(0, 1000, 0, MSS, 0x10);
	emit(0, 1000, MSS, MSS, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 2 && blank_ok(0) && blank_ok(1));
	dev.features = 0;
	begin();
	emit(0, 1000, 0, MSS, 0x10);
	emit(0, 1000, MSS, MSS, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 2 && out[0].flags == 0);
	dev.features = NET_CSUM_BLANK | NET_GSO_TCP4 | NET_GSO_TCP6;
}

static uint16_t id(unsigned int i)
{
	return out[i].bytes[18] << 8 | out[i].bytes[19];
}

/* No two packets on the wire have the same identification. */
static void identities(void)
{
	begin();
	tcp_sending_mss = MSS;
	emit(0, 1000, 0, 10 * MSS + 1, 0x10);
	emit(0, 1001, 0, 1, 0x10);
	emit(0, 1002, 0, 2 * MSS, 0x10);
	emit(0, 1003, 0, 0, 0x10);
	tcp_sending_mss = 0;
	gso_flush(&gso);
	CHECK(nr_out == 4 && id(1) == (uint16_t)(id(0) + 11));
	CHECK(id(2) == (uint16_t)(id(1) + 1));
	CHECK(id(3) == (uint16_t)(id(2) + 2));
	for (unsigned int i = 0; i < nr_out; i++)
		CHECK(checksum_fold(checksum_add(0, out[i].bytes + 14, 20)) ==
		      0xffff);
}

/* Segments longer than the MSS, which only the device cuts. */
static void long_ones(void)
{
	begin();
	tcp_sending_mss = MSS;
	emit(0, 1000, 0, 10 * MSS, 0x10);
	emit(0, 1000, 10 * MSS, 2 * MSS, 0x10);
	emit(0, 1000, 12 * MSS, MSS, 0x10);
	emit(0, 1000, 13 * MSS, 2 * MSS + 7, 0x18);
	emit(0, 1000, 15 * MSS + 7, MSS, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 2 && out[0].len == 54 + 15 * MSS + 7);
	CHECK(out[0].gso_size == MSS && out[0].flags & NET_GSO_TCP4);
	CHECK(!memcmp(out[0].bytes + 54, data, 15 * MSS + 7));
	CHECK(blank_ok(0) && out[1].gso_size == 0);
	/* Behind a packet of other sizes they do not fit. */
	begin();
	emit(0, 1000, 0, 100, 0x10);
	emit(0, 1000, 100, 3 * MSS, 0x10);
	emit(0, 1000, 3 * MSS + 100, 40 * MSS, 0x10);
	emit(0, 1000, 43 * MSS + 100, 3 * MSS, 0x10);
	gso_flush(&gso);
	CHECK(nr_out == 3 && out[0].gso_size == 0);
	CHECK(out[1].len == 54 + 43 * MSS && out[2].len == 54 + 3 * MSS);
	CHECK(out[1].gso_size == MSS && out[2].gso_size == MSS);
	/* Nothing says what size they are to be cut to. */
	tcp_sending_mss = 0;
	begin();
	CHECK(emit(0, 1000, 0, 3 * MSS, 0x10) == ERR_OK);
	gso_flush(&gso);
	CHECK(nr_out == 0);
}

/* A full device: packets wait, in order; TCP is refused after a while. */
static void waiting(void)
{
	unsigned int taken = 0, sent = 0;

	begin();
	full = 1;
	while (taken < 1000 && emit(0, 1000 + taken, taken, 10, 0x10) == ERR_OK)
		taken++;
	CHECK(taken > 32 && taken < 1000);
	CHECK(gso.refused && nr_out == 0);
	/* What is neither TCP's data nor in the way may still wait. */
	CHECK(emit(0, 1000 + taken, taken, 0, 0x10) == ERR_OK);
	taken++;
	gso_flush(&gso);
	full = 0;
	room = 10;
	while (gso.waiting) {
		nr_out = 0;
		gso_ready(&gso);
		CHECK(nr_out && nr_out <= room);
		for (unsigned int i = 0; i < nr_out; i++, sent++)
			CHECK((out[i].bytes[36] << 8 | out[i].bytes[37]) ==
			      (int)(1000 + sent));
	}
	CHECK(sent == taken);
	room = PACKETS;
	/* The device goes: nothing stays behind. */
	full = 1;
	emit(0, 1000, 0, MSS, 0x10);
	emit(0, 1000, 0, MSS, 0x10);
	gso.refused = true;
	gso_stop(&gso);
	CHECK(gso.waiting == 0 && !gso.refused);
	full = 0;
}

/* What raw sockets may send: headers that say they are shorter than headers
 * are. They go as they came, and are not joined. */
static void short_headers(void)
{
	begin();
	for (int i = 0; i < 2; i++) {
		struct pbuf *p = segment(0, 1000, i * (20 + MSS), MSS, 0x10);

		((uint8_t *)p->payload)[34 + 12] = i << 4;
		CHECK(gso_output(&gso, p) == ERR_OK);
		CHECK(gso_output(&gso, p) == ERR_OK);
		pbuf_free(p);
	}
	gso_flush(&gso);
	CHECK(nr_out == 4);
	for (unsigned int i = 0; i < nr_out; i++)
		CHECK(out[i].flags == 0 && out[i].len == 54 + MSS);
}

void test_gso(void)
{
	long before;

	for (size_t i = 0; i < sizeof(data) / 2; i++)
		data[i] = data[i + sizeof(data) / 2] = rand();
	gso_init(&gso, &dev);
	bulk(0);
	before = frames_out;
	bulk(0);
	bulk(1);
	borders();
	long_ones();
	short_headers();
	identities();
	waiting();
	CHECK(frames_out <= before + 4);
}
