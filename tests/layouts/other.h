/* SPDX-License-Identifier: BSD-2-Clause */
/* other.h: what both.c calls of other.c. Of no library's types. */
#ifndef OTHER_H
#define OTHER_H

#include <stddef.h>

void other_match(const char *pattern, const char *text, int *match);
void other_execute(const void *re, const char *text, int *match);
void other_send(int fd, const char *text);
void other_receive(int fd, char *buf, size_t size);
int other_lock(void *mutex);
void other_error(int error, char *buf, size_t size);

#endif
