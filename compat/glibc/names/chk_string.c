/* SPDX-License-Identifier: BSD-2-Clause */
/* Fortified functions of <string.h> that find out how much they write. */
#include "names/fortify.h"
#include <string.h>

char *__strcpy_chk(char *to, const char *from, size_t room)
{
	size_t n = strlen(from) + 1;

	need_room(n, room);
	return memcpy(to, from, n);
}

char *__stpcpy_chk(char *to, const char *from, size_t room)
{
	size_t n = strlen(from) + 1;

	need_room(n, room);
	return (char *)mempcpy(to, from, n) - 1;
}

char *__strncpy_chk(char *to, const char *from, size_t n, size_t room)
{
	need_room(n, room);
	return strncpy(to, from, n);
}

char *__stpncpy_chk(char *to, const char *from, size_t n, size_t room)
{
	need_room(n, room);
	return stpncpy(to, from, n);
}

/* Of room bytes, how many does the string that is there leave? */
static size_t room_behind(const char *s, size_t room)
{
	size_t used = strnlen(s, room);

	need_room(used + 1, room);
	return room - used;
}

char *__strcat_chk(char *to, const char *from, size_t room)
{
	size_t left = room_behind(to, room);

	__strcpy_chk(to + (room - left), from, left);
	return to;
}

char *__strncat_chk(char *to, const char *from, size_t n, size_t room)
{
	size_t left = room_behind(to, room);
	size_t len = strnlen(from, n);
	char *end = to + (room - left);

	need_room(len + 1, left);
	*(char *)mempcpy(end, from, len) = '\0';
	return to;
}
