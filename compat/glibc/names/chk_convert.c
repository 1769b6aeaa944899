/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fortified conversions between multibyte and wide strings. Where to is NULL
 * the function counts and writes nothing, but gcc then gives SIZE_MAX as room.
 */
#include "names/fortify.h"
#include <stdlib.h>
#include <wchar.h>

size_t __mbstowcs_chk(wchar_t *to, const char *from, size_t n, size_t room)
{
	need_room(n, room);
	return mbstowcs(to, from, n);
}

size_t __mbsrtowcs_chk(wchar_t *to, const char **from, size_t n,
		       mbstate_t *state, size_t room)
{
	need_room(n, room);
	return mbsrtowcs(to, from, n, state);
}

size_t __mbsnrtowcs_chk(wchar_t *to, const char **from, size_t max, size_t n,
			mbstate_t *state, size_t room)
{
	need_room(n, room);
	return mbsnrtowcs(to, from, max, n, state);
}

size_t __wcstombs_chk(char *to, const wchar_t *from, size_t n, size_t room)
{
	need_room(n, room);
	return wcstombs(to, from, n);
}

size_t __wcsrtombs_chk(char *to, const wchar_t **from, size_t n,
		       mbstate_t *state, size_t room)
{
	need_room(n, room);
	return wcsrtombs(to, from, n, state);
}

size_t __wcsnrtombs_chk(char *to, const wchar_t **from, size_t max, size_t n,
			mbstate_t *state, size_t room)
{
	need_room(n, room);
	return wcsnrtombs(to, from, max, n, state);
}

/* These may write MB_CUR_MAX bytes, whatever the character. */
size_t __wcrtomb_chk(char *to, wchar_t c, mbstate_t *state, size_t room)
{
	need_room(MB_CUR_MAX, room);
	return wcrtomb(to, c, state);
}

int __wctomb_chk(char *to, wchar_t c, size_t room)
{
	need_room(MB_CUR_MAX, room);
	return wctomb(to, c);
}
