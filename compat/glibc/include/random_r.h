/* SPDX-License-Identifier: BSD-2-Clause */
/* random_r(3) and drand48_r(3): the states, as glibc's <stdlib.h> lays out. */
#ifndef GLIBC_RANDOM_R_H
#define GLIBC_RANDOM_R_H

#include <stddef.h>
#include <stdint.h>

struct random_data {
	int32_t *fptr;
	int32_t *rptr;
	int32_t *state;
	int rand_type;
	int rand_deg;
	int rand_sep;
	int32_t *end_ptr;
};

struct drand48_data {
	unsigned short x[3];
	unsigned short old_x[3];
	unsigned short c;
	unsigned short init;
	unsigned long long a;
};

#endif
