/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * param.h: boot parameters (runtime/param.c).
 *
 * On Xen they stand before "--" on the domain's command line, on the host in
 * the environment variable POSIXEN; name=value separated by spaces, quoting as
 * in the shell. What follows "--" are the program's arguments.
 */
#ifndef POSIXEN_PARAM_H
#define POSIXEN_PARAM_H

#include <posixen/types.h>

void param_init(const char *cmdline);
/* The value of name, or NULL; "" for a name without "=". */
const char *param_get(const char *name);
bool param_bool(const char *name);
uint64_t param_u64(const char *name, uint64_t otherwise);
/* All parameters that start with prefix ("env."), in order. */
void param_each(const char *prefix,
		void (*fn)(void *arg, const char *name, const char *value),
		void *arg);
/* Program arguments after "--": count, and the i-th. */
int param_argc(void);
const char *param_argv(int i);

#endif
