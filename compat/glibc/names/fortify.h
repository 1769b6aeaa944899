/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fortified functions (_FORTIFY_SOURCE; feature_test_macros(7)) have
 * in common. gcc calls NAME_chk with one argument more: the size of the object
 * that is written to, or SIZE_MAX when it is not known. A function that would
 * write more says so and ends the program by abort(3), in glibc's words.
 */
#ifndef GLIBC_NAMES_FORTIFY_H
#define GLIBC_NAMES_FORTIFY_H

#include <stddef.h>
#include <wchar.h>

/*
 * Each writes its message to descriptor 2 and aborts: the first
 * "*** buffer overflow detected ***: terminated", the second the same with
 * what for the first words, the third its text as it is.
 */
_Noreturn void __chk_fail(void);
_Noreturn void __fortify_fail(const char *what);
_Noreturn void __libc_fatal(const char *text);

/*
 * Refuse a format that could be an attacker's: %n in memory that can be
 * written, positions (%N$) with one missing. Only where flag, an argument of
 * the fortified printf functions, is above zero.
 */
void __px_check_format(int flag, const char *format);
void __px_check_wformat(int flag, const wchar_t *format);

static inline void need_room(size_t want, size_t have)
{
	if (want > have)
		__chk_fail();
}

#endif
