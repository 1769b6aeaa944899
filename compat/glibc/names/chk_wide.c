/* SPDX-License-Identifier: BSD-2-Clause */
/* Fortified functions of <wchar.h>. All sizes are counts of wchar_t. */
#include "names/fortify.h"
#include <wchar.h>

wchar_t *__wmemcpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room)
{
	need_room(n, room);
	return wmemcpy(to, from, n);
}

wchar_t *__wmempcpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room)
{
	need_room(n, room);
	return wmemcpy(to, from, n) + n;
}

wchar_t *__wmemmove_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room)
{
	need_room(n, room);
	return wmemmove(to, from, n);
}

wchar_t *__wmemset_chk(wchar_t *to, wchar_t c, size_t n, size_t room)
{
	need_room(n, room);
	return wmemset(to, c, n);
}

wchar_t *__wcscpy_chk(wchar_t *to, const wchar_t *from, size_t room)
{
	size_t n = wcslen(from) + 1;

	need_room(n, room);
	return wmemcpy(to, from, n);
}

wchar_t *__wcpcpy_chk(wchar_t *to, const wchar_t *from, size_t room)
{
	size_t n = wcslen(from) + 1;

	need_room(n, room);
	return wmemcpy(to, from, n) + n - 1;
}

wchar_t *__wcsncpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room)
{
	need_room(n, room);
	return wcsncpy(to, from, n);
}

wchar_t *__wcpncpy_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room)
{
	need_room(n, room);
	return wcpncpy(to, from, n);
}

static size_t room_behind(const wchar_t *s, size_t room)
{
	size_t used = wcsnlen(s, room);

	need_room(used + 1, room);
	return room - used;
}

wchar_t *__wcscat_chk(wchar_t *to, const wchar_t *from, size_t room)
{
	size_t left = room_behind(to, room);

	__wcscpy_chk(to + (room - left), from, left);
	return to;
}

wchar_t *__wcsncat_chk(wchar_t *to, const wchar_t *from, size_t n, size_t room)
{
	size_t left = room_behind(to, room);
	size_t len = wcsnlen(from, n);
	wchar_t *end = to + (room - left);

	need_room(len + 1, left);
	wmemcpy(end, from, len);
	end[len] = L'\0';
	return to;
}
