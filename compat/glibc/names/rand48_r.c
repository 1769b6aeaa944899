/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drand48_r(3): 48 bits of x = a x + c (POSIX, drand48()), the state in the
 * caller's hands. a and c are the standard's until lcong48_r() sets them.
 */
#include <random_r.h>
#include <string.h>

#define STANDARD_A 0x5deece66dULL
#define STANDARD_C 0xb
#define LOW_WORD   0x330e

static void set_standard(struct drand48_data *d)
{
	d->a = STANDARD_A;
	d->c = STANDARD_C;
	d->init = 1;
}

static uint64_t step(unsigned short x[3], struct drand48_data *d)
{
	uint64_t value = x[0] | (uint64_t)x[1] << 16 | (uint64_t)x[2] << 32;

	if (!d->init)
		set_standard(d);
	value = (value * d->a + d->c) & 0xffffffffffffULL;
	x[0] = value;
	x[1] = value >> 16;
	x[2] = value >> 32;
	return value;
}

int erand48_r(unsigned short x[3], struct drand48_data *d, double *result)
{
	*result = step(x, d) * 0x1p-48;
	return 0;
}

int nrand48_r(unsigned short x[3], struct drand48_data *d, long *result)
{
	*result = step(x, d) >> 17;
	return 0;
}

int jrand48_r(unsigned short x[3], struct drand48_data *d, long *result)
{
	*result = (int32_t)(step(x, d) >> 16);
	return 0;
}

int drand48_r(struct drand48_data *d, double *result)
{
	return erand48_r(d->x, d, result);
}

int lrand48_r(struct drand48_data *d, long *result)
{
	return nrand48_r(d->x, d, result);
}

int mrand48_r(struct drand48_data *d, long *result)
{
	return jrand48_r(d->x, d, result);
}

int srand48_r(long seed, struct drand48_data *d)
{
	d->x[2] = seed >> 16;
	d->x[1] = seed;
	d->x[0] = LOW_WORD;
	set_standard(d);
	return 0;
}

int seed48_r(unsigned short x[3], struct drand48_data *d)
{
	memcpy(d->old_x, d->x, sizeof(d->x));
	memcpy(d->x, x, sizeof(d->x));
	set_standard(d);
	return 0;
}

int lcong48_r(unsigned short parameters[7], struct drand48_data *d)
{
	memcpy(d->x, parameters, sizeof(d->x));
	d->a = parameters[3] | (uint64_t)parameters[4] << 16 |
	       (uint64_t)parameters[5] << 32;
	d->c = parameters[6];
	d->init = 1;
	return 0;
}
