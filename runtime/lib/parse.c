/* SPDX-License-Identifier: BSD-2-Clause */
/* parse.c: numbers out of boot parameters and the like (lib.h). */
#include <posixen/lib.h>

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

int parse_u64(const char *s, uint64_t *val, const char **end)
{
	int base = 10;
	uint64_t v = 0;
	const char *first;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	} else if (s[0] == '0') {
		base = 8;
	}
	for (first = s; digit_value(*s) < base; s++) {
		if (__builtin_mul_overflow(v, (uint64_t)base, &v) ||
		    __builtin_add_overflow(v, (uint64_t)digit_value(*s), &v))
			return -EINVAL;
	}
	if (s == first)
		return -EINVAL;
	if (end)
		*end = s;
	else if (*s)
		return -EINVAL;
	*val = v;
	return 0;
}

int parse_size(const char *s, uint64_t *val)
{
	const char *end;
	unsigned int shift = 0;
	int err = parse_u64(s, val, &end);

	if (err)
		return err;
	switch (*end) {
	case 'G':
	case 'g':
		shift += 10;
		/* fall through */
	case 'M':
	case 'm':
		shift += 10;
		/* fall through */
	case 'K':
	case 'k':
		shift += 10;
		end++;
	}
	if (*end || (*val << shift) >> shift != *val)
		return -EINVAL;
	*val <<= shift;
	return 0;
}
