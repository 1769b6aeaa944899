/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions of compat/musl/src/string under names of their own, so that
 * they can be compared with plain loops on the build machine.
 */
#ifndef TESTS_UNIT_STRINGS_H
#define TESTS_UNIT_STRINGS_H

#include <stddef.h>
#include <stdio.h>

void *px_memcpy(void *, const void *, size_t);
void *px_memmove(void *, const void *, size_t);
void *px_memset(void *, int, size_t);
int px_memcmp(const void *, const void *, size_t);
void *px_memchr(const void *, int, size_t);
void *px_memrchr(const void *, int, size_t);
size_t px_strlen(const char *);
char *px_strchrnul(const char *, int);
int px_strcmp(const char *, const char *);
int px_strncmp(const char *, const char *, size_t);
char *px_stpcpy(char *, const char *);
size_t px_strcspn(const char *, const char *);

/* Three pages of which only the middle ones, PAGES of them, may be touched:
 * edge_start is the first byte, edge_end is one past the last. */
#define PAGES 2
extern unsigned char *edge_start, *edge_end;
/* A second one like it. */
extern unsigned char *edge2_start, *edge2_end;

extern long passed, failed;

/* A failure is said once for each line; the rest is counted. */
#define CHECK(cond, ...)                                                       \
	do {                                                                   \
		static int said;                                               \
		if (cond) {                                                    \
			passed++;                                              \
		} else {                                                       \
			failed++;                                              \
			if (!said++) {                                         \
				printf("FAIL %s:%d: %s: ", __FILE__, __LINE__, \
				       #cond);                                 \
				printf(__VA_ARGS__);                           \
				printf("\n");                                  \
			}                                                      \
		}                                                              \
	} while (0)

unsigned next_random(void);
static inline int sign(int x)
{
	return (x > 0) - (x < 0);
}

void test_copy(void);
void test_compare(void);
void test_search(void);

#endif
