/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lib.h: the small part of a C library that the runtime uses (runtime/lib).
 * Names and meanings are C's; none of this is visible to the program.
 */
#ifndef POSIXEN_LIB_H
#define POSIXEN_LIB_H

#include <stdarg.h>
#include <posixen/types.h>

void *memcpy(void *d, const void *s, size_t n);
void *memmove(void *d, const void *s, size_t n);
void *memset(void *d, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
size_t strlcpy(char *d, const char *s, size_t size); /* length of s */

/* %d %i %u %x %X %o %c %s %p %% with flags - 0 + space #, width, precision
 * (also *), hh h l ll z t j. No floating point. C99 return value. */
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int vsnprintf(char *buf, size_t size, const char *fmt, va_list ap);
/* Decimal, 0x or 0 prefixed; -EINVAL on anything else. *end may be NULL, then
 * the whole string must be a number. */
int parse_u64(const char *s, uint64_t *val, const char **end);
/* parse_u64 with K, M, G suffix. */
int parse_size(const char *s, uint64_t *val);

#endif
