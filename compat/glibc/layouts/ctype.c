/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables that glibc's inline toupper(3) and tolower(3) read, from -128 to
 * 255. What has no other case stands for itself in glibc's; in musl's, which
 * knows that its own headers do not look there, it is 0 outside of ASCII, and
 * a byte of UTF-8 would become a null byte.
 */
#include <locale.h>
#include <stdint.h>

#define ROW(n)                                                                 \
	(n) + 0, (n) + 1, (n) + 2, (n) + 3, (n) + 4, (n) + 5, (n) + 6, (n) + 7
#define ROW_16(n) ROW(n), ROW((n) + 8)
#define ROW_64(n)                                                              \
	ROW_16(n), ROW_16((n) + 16), ROW_16((n) + 32), ROW_16((n) + 48)
/* As char and as unsigned char; -1 is EOF. */
#define NEGATIVE                                                               \
	ROW_64(128), ROW_16(192), ROW_16(208), ROW_16(224), ROW(240), 248,     \
		249, 250, 251, 252, 253, 254, -1
#define LETTERS(n) ROW_16(n), ROW((n) + 16), (n) + 24, (n) + 25

static const int32_t lower[384] = {
	NEGATIVE, ROW_64(0), 64,  LETTERS('a'), 91,	      92,
	93,	  94,	     95,  96,		LETTERS('a'), 123,
	124,	  125,	     126, 127,		ROW_64(128),  ROW_64(192),
};
static const int32_t upper[384] = {
	NEGATIVE, ROW_64(0), 64,  LETTERS('A'), 91,	      92,
	93,	  94,	     95,  96,		LETTERS('A'), 123,
	124,	  125,	     126, 127,		ROW_64(128),  ROW_64(192),
};

static const int32_t *const lower_table = lower + 128;
static const int32_t *const upper_table = upper + 128;

const int32_t **__glibc___ctype_tolower_loc(void);
const int32_t **__glibc___ctype_toupper_loc(void);

const int32_t **__glibc___ctype_tolower_loc(void)
{
	return (const int32_t **)&lower_table;
}

const int32_t **__glibc___ctype_toupper_loc(void)
{
	return (const int32_t **)&upper_table;
}

/* The functions themselves, which take a char as the tables do. */
#define CONVERT(name, table)                                                   \
	int __glibc_##name(int c);                                             \
	int __glibc_##name##_l(int c, locale_t locale);                        \
	int __glibc_##name(int c)                                              \
	{                                                                      \
		return c >= -128 && c < 256 ? (table)[c] : c;                  \
	}                                                                      \
	int __glibc_##name##_l(int c, locale_t locale)                         \
	{                                                                      \
		return __glibc_##name(c);                                      \
	}

CONVERT(tolower, lower_table)
CONVERT(toupper, upper_table)
