/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parser and the help of argp both ask of an option. */
#ifndef GLIBC_NAMES_ARGP_OPTIONS_H
#define GLIBC_NAMES_ARGP_OPTIONS_H

#include <argp.h>
#include <ctype.h>
#include <stdbool.h>

static inline bool option_is_last(const struct argp_option *o)
{
	return !o->key && !o->name && !o->doc && !o->group;
}

static inline bool option_is_doc(const struct argp_option *o)
{
	return o->flags & OPTION_DOC;
}

static inline bool option_is_visible(const struct argp_option *o)
{
	return !(o->flags & OPTION_HIDDEN);
}

static inline bool option_is_short(const struct argp_option *o)
{
	return !option_is_doc(o) && o->key > 0 && o->key < 256 &&
	       isprint(o->key);
}

/*
 * The input that the parser of argp was given in this parse, or NULL; and the
 * last part of the program's name.
 */
void *__px_argp_input(const struct argp *argp, const struct argp_state *state);
char *__px_argp_program_name(void);

#endif
