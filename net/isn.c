/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isn.c: numbers nobody outside shall guess: initial sequence numbers by
 * RFC 6528 (a clock plus a keyed hash of the connection), and lwIP's random
 * numbers.
 */
#include <posixen/platform.h>
#include <posixen/random.h>
#include <lwip/ip_addr.h>
#include <hooks.h>

static uint64_t key[2];

static inline uint64_t rotl(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

/* SipHash (Aumasson and Bernstein, 2012): one round on v. */
static void round(uint64_t v[4])
{
	v[0] += v[1], v[1] = rotl(v[1], 13) ^ v[0], v[0] = rotl(v[0], 32);
	v[2] += v[3], v[3] = rotl(v[3], 16) ^ v[2];
	v[0] += v[3], v[3] = rotl(v[3], 21) ^ v[0];
	v[2] += v[1], v[1] = rotl(v[1], 17) ^ v[2], v[2] = rotl(v[2], 32);
}

/* SipHash-2-4 of n whole words. */
static uint64_t siphash(const uint64_t *m, size_t n)
{
	uint64_t v[4] = {
		key[0] ^ 0x736f6d6570736575,
		key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261,
		key[1] ^ 0x7465646279746573,
	};
	uint64_t last = (uint64_t)(n * 8) << 56;

	for (size_t i = 0; i <= n; i++) {
		uint64_t w = i < n ? m[i] : last;

		v[3] ^= w;
		round(v), round(v);
		v[0] ^= w;
	}
	v[2] ^= 0xff;
	for (int i = 0; i < 4; i++)
		round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static void put_address(uint64_t w[2], const ip_addr_t *a)
{
	if (IP_IS_V6(a))
		__builtin_memcpy(w, ip_2_ip6(a)->addr, 16);
	else
		w[0] = ip_2_ip4(a)->addr, w[1] = 0;
}

/*
 * The clock ticks every 64 ns, as Linux's, not every 4 microseconds: a name
 * that comes back at once shall begin beyond what its last connection sent, up
 * to 15 MB/s; and the numbers come round after 274 s, two MSL of RFC 9293 and
 * more.
 */
#define TICK_NS 64

uint32_t net_initial_seq(const ip_addr_t *local, uint16_t local_port,
			 const ip_addr_t *remote, uint16_t remote_port)
{
	uint64_t w[5];

	if (!key[0])
		random_bytes(key, sizeof(key));
	put_address(w, local);
	put_address(w + 2, remote);
	w[4] = (uint32_t)local_port << 16 | remote_port;
	return siphash(w, 5) + plat_monotonic_ns() / TICK_NS;
}

uint32_t net_random(void)
{
	uint32_t n;

	random_bytes(&n, sizeof(n));
	return n;
}
