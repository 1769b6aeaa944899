/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a fortified printf refuses in a format (fortify.h). The same text is
 * read twice, for char and for wchar_t: check_format.inc.
 */
#include "names/fortify.h"
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Of tools/image.ld.in: the image's pages that no program writes. */
extern const char __text_start[], __rodata_end[];

/* True if one of the process's mappings holds p and may be written. */
static bool mapped_writable(uintptr_t p)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[256];
	bool writable = maps != NULL;

	/* Without /proc nobody can tell; glibc too lets it pass then. */
	while (maps && fgets(line, sizeof(line), maps)) {
		unsigned long from, to;
		char mode[5];

		if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) == 3 &&
		    from <= p && p < to) {
			writable = mode[1] == 'w';
			break;
		}
	}
	if (maps)
		fclose(maps);
	return writable;
}

static void refuse_if_writable(const void *format)
{
	const char *p = format;

	if (p >= __text_start && p < __rodata_end)
		return;
	if (mapped_writable((uintptr_t)p))
		__libc_fatal("*** %n in writable segment detected ***\n");
}

/* The arguments that a format with positions speaks of, by their numbers. */
struct positions {
	unsigned char seen[(NL_ARGMAX + 7) / 8];
	unsigned highest;
};

static void mark_position(struct positions *pos, unsigned n)
{
	if (!n || n > NL_ARGMAX)
		return;
	n--;
	pos->seen[n / 8] |= 1 << n % 8;
	if (n + 1 > pos->highest)
		pos->highest = n + 1;
}

/* One left out has no type, so those behind it cannot be found. */
static void refuse_gaps(const struct positions *pos)
{
	for (unsigned i = 0; i < pos->highest; i++)
		if (!(pos->seen[i / 8] & 1 << i % 8))
			__libc_fatal("*** invalid %N$ use detected ***\n");
}

#define CHAR	  char
#define LIT(s)	  s
#define FIND	  strchr
#define CHECK	  __px_check_format
#define DIRECTIVE directive
#define NUMBER	  number
#include "names/check_format.inc"
#undef CHAR
#undef LIT
#undef FIND
#undef CHECK
#undef DIRECTIVE
#undef NUMBER

#define CHAR	  wchar_t
#define LIT(s)	  L##s
#define FIND	  wcschr
#define CHECK	  __px_check_wformat
#define DIRECTIVE wdirective
#define NUMBER	  wnumber
#include "names/check_format.inc"
