/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strftime(3) with GNU's flags, widths and conversions, at which musl gives
 * up: it returns 0 and leaves the buffer undefined. And asctime(3) of years
 * behind 9999, at which musl ends the program.
 */
#include <ctype.h>
#include <errno.h>
#include <langinfo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "layouts.h"

size_t __glibc_strftime(char *buf, size_t size, const char *format,
			const struct tm *tm);
size_t __glibc_strftime_l(char *buf, size_t size, const char *format,
			  const struct tm *tm, locale_t locale);
size_t __glibc_wcsftime(wchar_t *buf, size_t size, const wchar_t *format,
			const struct tm *tm);
size_t __glibc_wcsftime_l(wchar_t *buf, size_t size, const wchar_t *format,
			  const struct tm *tm, locale_t locale);
char *__glibc_asctime(const struct tm *tm);
char *__glibc_asctime_r(const struct tm *tm, char *buf);
char *__glibc_ctime(const time_t *t);
char *__glibc_ctime_r(const time_t *t, char *buf);

/* One conversion: %[flags][width][E or O]conversion. */
struct conversion {
	char pad; /* 0, _ - or 0: what numbers are filled with */
	bool upper, other_case, lower;
	int width;
	char modifier, name;
	const char *text, *end; /* as it stands in the format */
};

struct out {
	char *at;
	size_t room; /* with the null byte */
};

static bool fill(struct out *o, char c, int n)
{
	if (n <= 0)
		return true;
	if ((size_t)n >= o->room)
		return false;
	memset(o->at, c, n);
	o->at += n;
	o->room -= n;
	return true;
}

/* Text, filled up on its left, in the case that the flags say. */
static bool put(struct out *o, const struct conversion *c, const char *text,
		size_t n)
{
	if (!fill(o, c->pad == '0' ? '0' : ' ', c->width - (int)n) ||
	    n >= o->room)
		return false;
	for (size_t i = 0; i < n; i++) {
		int one = (unsigned char)text[i];

		o->at[i] = c->lower   ? tolower(one)
			   : c->upper ? toupper(one)
				      : one;
	}
	o->at += n;
	o->room -= n;
	return true;
}

static bool put_text(struct out *o, const struct conversion *c,
		     const char *text)
{
	return put(o, c, text, strlen(text));
}

/* A number of at least so many digits; pad: if the flags say nothing. */
static bool put_number(struct out *o, const struct conversion *given,
		       int digits, long long value, char pad)
{
	struct conversion c = *given;
	char text[24];
	int n = sprintf(text, "%lld", value < 0 ? -value : value);
	int sign = value < 0;

	if (c.pad)
		pad = c.pad;
	if (c.width > digits)
		digits = c.width;
	if (pad == '-')
		digits = 0;
	c.width = pad == '-' ? c.width : 0;
	if (pad == '_' && !fill(o, ' ', digits - n - sign))
		return false;
	if (sign) {
		struct conversion plain = {.width = c.width - n};

		if (!put(o, &plain, "-", 1))
			return false;
		c.width = 0;
	}
	if (pad == '0' && !fill(o, '0', digits - n - sign))
		return false;
	return put(o, &c, text, n);
}

/* Leap years of the Gregorian calendar, before it was made too. */
static int days_of(long long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366
								     : 365;
}

/* The week of ISO 8601 and its year. */
static int iso_week(const struct tm *tm, long long *year)
{
	/* The Thursday of the week says which year the week is of. */
	int thursday = tm->tm_yday - (tm->tm_wday + 6) % 7 + 3;

	*year = tm->tm_year + 1900LL;
	if (thursday < 0) {
		--*year;
		thursday += days_of(*year);
	} else if (thursday >= days_of(*year)) {
		thursday -= days_of(*year);
		++*year;
	}
	return thursday / 7 + 1;
}

static bool put_zone(struct out *o, const struct conversion *c,
		     const struct tm *tm)
{
	long minutes = tm->tm_gmtoff / 60;

	if (tm->tm_isdst < 0)
		return true;
	if (!put_text(o, c, tm->tm_gmtoff < 0 ? "-" : "+"))
		return false;
	minutes = labs(minutes);
	return put_number(o, c, 4, minutes / 60 * 100 + minutes % 60, '0');
}

static const char *name_of(int first, int count, int n)
{
	return n < 0 || n >= count ? "?" : nl_langinfo(first + n);
}

static bool run(struct out *o, const char *format, const struct tm *tm);

/* A conversion that stands for several. */
static bool put_several(struct out *o, const struct conversion *c,
			const char *format, const struct tm *tm)
{
	char text[256];
	struct out inner = {text, sizeof(text)};

	return run(&inner, format, tm) &&
	       put(o, c, text, (size_t)(inner.at - text));
}

/* Those that write numbers; false if c is none of them. */
static bool number_of(const struct tm *tm, char c, long long *value,
		      int *digits, char *pad)
{
	long long year = tm->tm_year + 1900LL, iso;
	int hour = tm->tm_hour % 12, week = iso_week(tm, &iso);

	*pad = strchr("ekl", c) ? '_' : '0';
	*digits = strchr("CYGuws", c) ? 1 : c == 'j' ? 3 : 2;
	switch (c) {
	case 'C':
		*value = year / 100 - (year % 100 < 0);
		return true;
	case 'd':
	case 'e':
		*value = tm->tm_mday;
		return true;
	case 'H':
	case 'k':
		*value = tm->tm_hour;
		return true;
	case 'I':
	case 'l':
		*value = hour ? hour : 12;
		return true;
	case 'j':
		*value = tm->tm_yday + 1;
		return true;
	case 'M':
		*value = tm->tm_min;
		return true;
	case 'm':
		*value = tm->tm_mon + 1;
		return true;
	case 'S':
		*value = tm->tm_sec;
		return true;
	case 'u':
		*value = (tm->tm_wday + 6) % 7 + 1;
		return true;
	case 'w':
		*value = tm->tm_wday;
		return true;
	case 'U':
		*value = (tm->tm_yday - tm->tm_wday + 7) / 7;
		return true;
	case 'W':
		*value = (tm->tm_yday - (tm->tm_wday + 6) % 7 + 7) / 7;
		return true;
	case 'V':
		*value = week;
		return true;
	case 'g':
		*value = (iso % 100 + 100) % 100;
		return true;
	case 'G':
		*value = iso;
		return true;
	case 'y':
		*value = (year % 100 + 100) % 100;
		return true;
	case 'Y':
		*value = year;
		return true;
	}
	return false;
}

/* Which conversions take E or O: strftime(3). */
static bool takes(char modifier, char name)
{
	if (!modifier)
		return true;
	return strchr(modifier == 'E' ? "cCxXyYzsgGpPZu"
				      : "CdeHIklmMSuUVwWyjbhBzspPgGZ",
		      name) != NULL;
}

static bool put_one(struct out *o, struct conversion *c, const struct tm *tm)
{
	long long value;
	char seconds[24], pad;
	struct tm copy = *tm;
	int digits;

	if (!c->name || !takes(c->modifier, c->name))
		return put(o, c, c->text, c->end - c->text);
	if (number_of(tm, c->name, &value, &digits, &pad))
		return put_number(o, c, digits, value, pad);
	if (c->other_case && strchr("aAbBh", c->name))
		c->upper = true;
	if ((c->other_case && strchr("pZ", c->name)) || c->name == 'P') {
		c->upper = false;
		c->lower = true;
	}
	switch (c->name) {
	case '%':
		return put_text(o, c, "%");
	case 'n':
		return put_text(o, c, "\n");
	case 't':
		return put_text(o, c, "\t");
	case 'a':
		return put_text(o, c, name_of(ABDAY_1, 7, tm->tm_wday));
	case 'A':
		return put_text(o, c, name_of(DAY_1, 7, tm->tm_wday));
	case 'b':
	case 'h':
		return put_text(o, c, name_of(ABMON_1, 12, tm->tm_mon));
	case 'B':
		return put_text(o, c, name_of(MON_1, 12, tm->tm_mon));
	case 'p':
	case 'P':
		return put_text(
			o, c, nl_langinfo(tm->tm_hour > 11 ? PM_STR : AM_STR));
	case 'c':
		return put_several(o, c, nl_langinfo(D_T_FMT), tm);
	case 'x':
		return put_several(o, c, nl_langinfo(D_FMT), tm);
	case 'X':
		return put_several(o, c, nl_langinfo(T_FMT), tm);
	case 'r':
		return put_several(o, c, nl_langinfo(T_FMT_AMPM), tm);
	case 'D':
		return put_several(o, c, "%m/%d/%y", tm);
	case 'F':
		return put_several(o, c, "%Y-%m-%d", tm);
	case 'R':
		return put_several(o, c, "%H:%M", tm);
	case 'T':
		return put_several(o, c, "%H:%M:%S", tm);
	case 's':
		sprintf(seconds, "%lld", (long long)mktime(&copy));
		return put_text(o, c, seconds);
	case 'z':
		return put_zone(o, c, tm);
	case 'Z':
		return put_text(o, c, tm->tm_zone ? tm->tm_zone : "");
	}
	return put(o, c, c->text, c->end - c->text);
}

static const char *read_conversion(struct conversion *c, const char *s)
{
	*c = (struct conversion){.text = s++};
	for (;; s++) {
		if (*s == '_' || *s == '-' || *s == '0')
			c->pad = *s;
		else if (*s == '^')
			c->upper = true;
		else if (*s == '#')
			c->other_case = true;
		else
			break;
	}
	for (; isdigit((unsigned char)*s); s++)
		if (c->width < 1000000)
			c->width = c->width * 10 + (*s - '0');
	if (*s == 'E' || *s == 'O')
		c->modifier = *s++;
	c->name = *s;
	c->end = *s ? s + 1 : s;
	return c->end;
}

static bool run(struct out *o, const char *format, const struct tm *tm)
{
	while (*format) {
		const char *percent = strchrnul(format, '%');
		struct conversion c = {.pad = 0};

		if (!put(o, &c, format, percent - format))
			return false;
		if (!*percent)
			break;
		format = read_conversion(&c, percent);
		if (!put_one(o, &c, tm))
			return false;
	}
	return true;
}

size_t __glibc_strftime(char *buf, size_t size, const char *format,
			const struct tm *tm)
{
	struct out o = {buf, size};

	tzset();
	if (!size || !run(&o, format, tm))
		return 0;
	*o.at = 0;
	return o.at - buf;
}

size_t __glibc_strftime_l(char *buf, size_t size, const char *format,
			  const struct tm *tm, locale_t locale)
{
	return __glibc_strftime(buf, size, format, tm);
}

/* One conversion as wide characters; SIZE_MAX if there is no room for it. */
static size_t put_wide(wchar_t *to, size_t room, const wchar_t **format,
		       const struct tm *tm)
{
	char bytes[40] = "", *text;
	struct conversion c;
	size_t n = 0, size;
	struct out o;

	/* A conversion is ASCII; one that is longer than this is none. */
	while (n < sizeof(bytes) - 1 && (*format)[n] > 0 &&
	       (*format)[n] < 128) {
		bytes[n] = (char)(*format)[n];
		n++;
	}
	*format += read_conversion(&c, bytes) - bytes;
	size = (size_t)c.width * 2 + 300;
	o.at = text = malloc(size);
	o.room = size;
	if (!text)
		return SIZE_MAX;
	n = SIZE_MAX;
	if (put_one(&o, &c, tm)) {
		*o.at = 0;
		n = mbstowcs(NULL, text, 0);
		if (n < room)
			mbstowcs(to, text, room);
		else
			n = SIZE_MAX;
	}
	free(text);
	return n;
}

size_t __glibc_wcsftime(wchar_t *buf, size_t size, const wchar_t *format,
			const struct tm *tm)
{
	size_t n = 0;

	tzset();
	while (n < size && *format) {
		if (*format == L'%') {
			size_t more = put_wide(buf + n, size - n, &format, tm);

			if (more == SIZE_MAX)
				return 0;
			n += more;
		} else {
			buf[n++] = *format++;
		}
	}
	if (n >= size)
		return 0;
	buf[n] = 0;
	return n;
}

size_t __glibc_wcsftime_l(wchar_t *buf, size_t size, const wchar_t *format,
			  const struct tm *tm, locale_t locale)
{
	return __glibc_wcsftime(buf, size, format, tm);
}

static char *write_asctime(const struct tm *tm, char *buf, size_t size)
{
	int n;

	if (!tm) {
		errno = EINVAL;
		return NULL;
	}
	if (tm->tm_year > 2147483647 - 1900) {
		errno = EOVERFLOW;
		return NULL;
	}
	n = snprintf(buf, size, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n",
		     tm->tm_wday < 0 || tm->tm_wday >= 7
			     ? "???"
			     : nl_langinfo(ABDAY_1 + tm->tm_wday),
		     tm->tm_mon < 0 || tm->tm_mon >= 12
			     ? "???"
			     : nl_langinfo(ABMON_1 + tm->tm_mon),
		     tm->tm_mday, tm->tm_hour, tm->tm_min, tm->tm_sec,
		     1900 + tm->tm_year);
	if (n < 0 || (size_t)n >= size) {
		errno = EOVERFLOW;
		return NULL;
	}
	return buf;
}

/* asctime(3): the caller's buffer has 26 bytes, the function's own more. */
char *__glibc_asctime_r(const struct tm *tm, char *buf)
{
	return write_asctime(tm, buf, 26);
}

char *__glibc_asctime(const struct tm *tm)
{
	static char buf[114];

	return write_asctime(tm, buf, sizeof(buf));
}

char *__glibc_ctime(const time_t *t)
{
	struct tm *tm = localtime(t);

	return tm ? __glibc_asctime(tm) : NULL;
}

char *__glibc_ctime_r(const time_t *t, char *buf)
{
	struct tm tm;

	return localtime_r(t, &tm) ? __glibc_asctime_r(&tm, buf) : NULL;
}
