/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random bytes: ChaCha20 (RFC 8439, 2.3) as a generator whose key is replaced
 * by its own output after each request, so that what was given out cannot be
 * found from the state. The platform's entropy is mixed into the key at first
 * use and again every megabyte.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/random.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <linux/random.h>

#define RESEED_BYTES (1u << 20)
#define BLOCK	     64

static uint32_t key[8];
static size_t until_reseed;

static uint32_t rotl(uint32_t x, int n)
{
	return x << n | x >> (32 - n);
}

static void quarter_round(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d)
{
	*a += *b, *d = rotl(*d ^ *a, 16);
	*c += *d, *b = rotl(*b ^ *c, 12);
	*a += *b, *d = rotl(*d ^ *a, 8);
	*c += *d, *b = rotl(*b ^ *c, 7);
}

static void chacha_block(const uint32_t k[8], uint64_t counter,
			 uint32_t out[16])
{
	uint32_t in[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
	uint32_t *x = out;

	memcpy(in + 4, k, 32);
	in[12] = (uint32_t)counter;
	in[13] = (uint32_t)(counter >> 32);
	memcpy(x, in, sizeof(in));
	for (int i = 0; i < 10; i++) {
		quarter_round(x + 0, x + 4, x + 8, x + 12);
		quarter_round(x + 1, x + 5, x + 9, x + 13);
		quarter_round(x + 2, x + 6, x + 10, x + 14);
		quarter_round(x + 3, x + 7, x + 11, x + 15);
		quarter_round(x + 0, x + 5, x + 10, x + 15);
		quarter_round(x + 1, x + 6, x + 11, x + 12);
		quarter_round(x + 2, x + 7, x + 8, x + 13);
		quarter_round(x + 3, x + 4, x + 9, x + 14);
	}
	for (int i = 0; i < 16; i++)
		x[i] += in[i];
}

static void reseed(void)
{
	uint32_t fresh[8];

	plat_entropy(fresh, sizeof(fresh));
	for (int i = 0; i < 8; i++)
		key[i] ^= fresh[i];
	until_reseed = RESEED_BYTES;
}

void random_bytes(void *buf, size_t n)
{
	uint32_t block[16], next_key[8];
	uint64_t counter = 0;
	char *to = buf;

	if (until_reseed < n)
		reseed();
	until_reseed -= MIN(n, until_reseed);
	chacha_block(key, counter++, block);
	memcpy(next_key, block, sizeof(next_key));
	while (n) {
		size_t m = MIN(n, (size_t)BLOCK);

		chacha_block(key, counter++, block);
		memcpy(to, block, m);
		to += m;
		n -= m;
	}
	memcpy(key, next_key, sizeof(key));
	memset(block, 0, sizeof(block));
	barrier(); /* the wipe stays */
}

long sys_getrandom(void *ubuf, size_t n, unsigned int flags)
{
	uint8_t chunk[256];
	size_t done = 0;

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if ((flags & GRND_INSECURE) && (flags & GRND_RANDOM))
		return -EINVAL;
	n = MIN(n, (size_t)INT_MAX);
	while (done < n) {
		size_t m = MIN(n - done, sizeof(chunk));

		random_bytes(chunk, m);
		if (copy_out((char *)ubuf + done, chunk, m))
			return done ? (long)done : -EFAULT;
		done += m;
	}
	return (long)done;
}
