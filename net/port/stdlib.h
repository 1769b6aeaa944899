/* SPDX-License-Identifier: BSD-2-Clause */
/* stdlib.h: of it lwIP uses atoi(), for the number in an interface's name. */
#ifndef NET_PORT_STDLIB_H
#define NET_PORT_STDLIB_H
static inline int atoi(const char *s)
{
	int n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + (*s++ - '0');
	return n;
}
#endif
