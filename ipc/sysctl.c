/* SPDX-License-Identifier: BSD-2-Clause */
/* sysctl.c: numbers written to files of /proc/sys. */
#include <posixen/lib.h>
#include "sysctl.h"

#define MAX_NUMBERS 4

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

ssize_t sysctl_read(const char *text, size_t len, uint64_t *val, unsigned int n,
		    uint64_t min, uint64_t max)
{
	uint64_t got[MAX_NUMBERS];
	const char *p = text;
	unsigned int i;

	for (i = 0; i < n; i++) {
		while (blank(*p))
			p++;
		if (!*p)
			break;
		if (parse_u64(p, &got[i], &p) || (*p && !blank(*p)) ||
		    got[i] < min || got[i] > max)
			return -EINVAL;
	}
	if (!i)
		return -EINVAL;
	memcpy(val, got, i * sizeof(got[0]));
	return (ssize_t)len;
}
