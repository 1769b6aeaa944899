/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random_r(3): the additive feedback generator of random(3) with its state in
 * the caller's hands. Programs save states and compare runs, so the numbers
 * are those of glibc: x[i] = x[i - degree] + x[i - (degree - separation)].
 */
#include <errno.h>
#include <random_r.h>

/* The state's first word tells its kind and position: position * 5 + kind. */
enum { KINDS = 5, LINEAR = 0 };

static const struct kind {
	size_t bytes; /* the smallest state of this kind */
	int degree, separation;
} kinds[KINDS] = {
	{8, 0, 0}, {32, 7, 3}, {64, 15, 1}, {128, 31, 3}, {256, 63, 1},
};

static int refuse(void)
{
	errno = EINVAL;
	return -1;
}

/* Write the position to where setstate_r() will look for it. */
static void save_position(struct random_data *d)
{
	int at = d->rand_type == LINEAR ? 0 : d->rptr - d->state;

	d->state[-1] = at * KINDS + d->rand_type;
}

static void use_state(struct random_data *d, int32_t *words, int kind, int at)
{
	const struct kind *k = &kinds[kind];

	d->state = words + 1;
	d->rand_type = kind;
	d->rand_deg = k->degree;
	d->rand_sep = k->separation;
	d->end_ptr = d->state + k->degree;
	d->rptr = d->state + at;
	d->fptr = d->state;
	if (kind != LINEAR)
		d->fptr += (at + k->separation) % k->degree;
}

int random_r(struct random_data *d, int32_t *result)
{
	if (!d || !result)
		return refuse();
	if (d->rand_type == LINEAR) {
		*result = (d->state[0] * 1103515245U + 12345U) & 0x7fffffff;
		d->state[0] = *result;
		return 0;
	}
	*d->fptr = (uint32_t)*d->fptr + (uint32_t)*d->rptr;
	*result = (uint32_t)*d->fptr >> 1;
	if (++d->fptr == d->end_ptr)
		d->fptr = d->state;
	if (++d->rptr == d->end_ptr)
		d->rptr = d->state;
	return 0;
}

/* The minimal standard generator: 16807 x modulo 2^31 - 1. */
static int32_t next_seed(int32_t x)
{
	int64_t product = 16807 * (int64_t)x % 2147483647;

	return product < 0 ? product + 2147483647 : product;
}

int srandom_r(unsigned seed, struct random_data *d)
{
	int32_t unused;

	if (!d || d->rand_type < 0 || d->rand_type >= KINDS)
		return refuse();
	d->state[0] = seed ? seed : 1;
	if (d->rand_type == LINEAR)
		return 0;
	for (int i = 1; i < d->rand_deg; i++)
		d->state[i] = next_seed(d->state[i - 1]);
	d->fptr = d->state + d->rand_sep;
	d->rptr = d->state;
	/* What came straight from the seeding is not random enough. */
	for (int i = 0; i < 10 * d->rand_deg; i++)
		random_r(d, &unused);
	return 0;
}

int initstate_r(unsigned seed, char *state, size_t size, struct random_data *d)
{
	int kind = KINDS - 1;

	if (!d || size < kinds[0].bytes)
		return refuse();
	if (d->state)
		save_position(d);
	while (size < kinds[kind].bytes)
		kind--;
	use_state(d, (int32_t *)(void *)state, kind, 0);
	srandom_r(seed, d);
	save_position(d);
	return 0;
}

int setstate_r(char *state, struct random_data *d)
{
	int32_t *words = (int32_t *)(void *)state;
	int kind, at;

	if (!state || !d)
		return refuse();
	save_position(d);
	kind = words[0] % KINDS;
	at = words[0] / KINDS;
	if (kind < 0 || (kind != LINEAR && at >= kinds[kind].degree))
		return refuse();
	use_state(d, words, kind, at);
	return 0;
}
