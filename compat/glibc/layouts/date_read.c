/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strptime(3) as GNU's: with %z, %Z, %s, %k, %l, %u, %G and the modifiers E
 * and O, which musl refuses, and with the day of the week and of the year,
 * which musl does not compute.
 */
#include <ctype.h>
#include <langinfo.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "layouts.h"

char *__glibc_strptime(const char *s, const char *format, struct tm *tm);
char *__glibc_strptime_l(const char *s, const char *format, struct tm *tm,
			 locale_t locale);

/* What has been read so far. */
struct reading {
	struct tm *tm;
	bool hour_of_12, afternoon, with_century, date;
	bool month, day, weekday, yearday, weeks_from_sunday, weeks_from_monday;
	int century, week; /* -1: none */
};

static const char *read(struct reading *r, const char *s, const char *format);

/* A number of so many digits at most: spaces may stand before it. */
static const char *number(const char *s, int from, int to, int digits,
			  int *value)
{
	int n = 0;

	while (*s == ' ')
		s++;
	if (!isdigit((unsigned char)*s))
		return NULL;
	do
		n = n * 10 + (*s++ - '0');
	while (--digits > 0 && n * 10 <= to && isdigit((unsigned char)*s));
	if (n < from || n > to)
		return NULL;
	*value = n;
	return s;
}

/* A name of those that begin at the item, in any case; the longer forms. */
static const char *name(const char *s, int long_form, int short_form, int count,
			int *value)
{
	for (int form = 0; form < 2; form++) {
		for (int i = 0; i < count; i++) {
			const char *text = nl_langinfo(
				(form ? short_form : long_form) + i);

			if (strncasecmp(s, text, strlen(text)))
				continue;
			*value = i;
			return s + strlen(text);
		}
	}
	return NULL;
}

static const char *half(struct reading *r, const char *s)
{
	for (int i = 0; i < 2; i++) {
		const char *text = nl_langinfo(i ? PM_STR : AM_STR);

		if (strncasecmp(s, text, strlen(text)))
			continue;
		r->afternoon = i;
		return s + strlen(text);
	}
	return NULL;
}

static const char *spaces(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

/* +hh, +hhmm, +hh:mm or Z: seconds east of Greenwich. */
static const char *zone(const char *s, struct tm *tm)
{
	int sign, digits = 0, n = 0;

	s = spaces(s);
	if (*s == 'Z') {
		tm->tm_gmtoff = 0;
		return s + 1;
	}
	if (*s != '+' && *s != '-')
		return NULL;
	sign = *s++ == '-' ? -1 : 1;
	while (digits < 4 && isdigit((unsigned char)*s)) {
		n = n * 10 + (*s++ - '0');
		if (++digits == 2 && *s == ':' && isdigit((unsigned char)s[1]))
			s++;
	}
	if (digits == 2)
		n *= 100;
	else if (digits != 4 || n % 100 >= 60)
		return NULL;
	tm->tm_gmtoff = sign * (n / 100 * 3600 + n % 100 * 60);
	return s;
}

static const char *seconds(const char *s, struct tm *tm)
{
	time_t t = 0;

	if (!isdigit((unsigned char)*s))
		return NULL;
	while (isdigit((unsigned char)*s))
		t = t * 10 + (*s++ - '0');
	return localtime_r(&t, tm) ? s : NULL;
}

static const char *convert(struct reading *r, const char *s, char conversion)
{
	struct tm *tm = r->tm;
	int n = 0;

	switch (conversion) {
	case '%':
		return *s == '%' ? s + 1 : NULL;
	case 'a':
	case 'A':
		r->weekday = true;
		return name(s, DAY_1, ABDAY_1, 7, &tm->tm_wday);
	case 'b':
	case 'B':
	case 'h':
		r->month = r->date = true;
		return name(s, MON_1, ABMON_1, 12, &tm->tm_mon);
	case 'c':
		r->date = true;
		return read(r, s, nl_langinfo(D_T_FMT));
	case 'C':
		r->date = true;
		return number(s, 0, 99, 2, &r->century);
	case 'd':
	case 'e':
		r->day = r->date = true;
		return number(s, 1, 31, 2, &tm->tm_mday);
	case 'F':
		r->date = true;
		return read(r, s, "%Y-%m-%d");
	case 'x':
	case 'D':
		r->date = true;
		return read(r, s, "%m/%d/%y");
	case 'H':
	case 'k':
		r->hour_of_12 = false;
		return number(s, 0, 23, 2, &tm->tm_hour);
	case 'I':
	case 'l':
		r->hour_of_12 = true;
		s = number(s, 1, 12, 2, &n);
		if (s)
			tm->tm_hour = n % 12;
		return s;
	case 'j':
		r->yearday = true;
		s = number(s, 1, 366, 3, &n);
		if (s)
			tm->tm_yday = n - 1;
		return s;
	case 'm':
		r->month = r->date = true;
		s = number(s, 1, 12, 2, &n);
		if (s)
			tm->tm_mon = n - 1;
		return s;
	case 'M':
		return number(s, 0, 59, 2, &tm->tm_min);
	case 'n':
	case 't':
		return spaces(s);
	case 'p':
		return half(r, s);
	case 'r':
		return read(r, s, "%I:%M:%S %p");
	case 'R':
		return read(r, s, "%H:%M");
	case 's':
		return seconds(s, tm);
	case 'S':
		return number(s, 0, 61, 2, &tm->tm_sec);
	case 'X':
	case 'T':
		return read(r, s, "%H:%M:%S");
	case 'u':
		r->weekday = true;
		s = number(s, 1, 7, 1, &n);
		if (s)
			tm->tm_wday = n % 7;
		return s;
	case 'w':
		r->weekday = true;
		return number(s, 0, 6, 1, &tm->tm_wday);
	case 'g':
		return number(s, 0, 99, 2, &n);
	case 'G':
		if (!isdigit((unsigned char)*s))
			return NULL;
		while (isdigit((unsigned char)*s))
			s++;
		return s;
	case 'U':
		r->weeks_from_sunday = true;
		return number(s, 0, 53, 2, &r->week);
	case 'W':
		r->weeks_from_monday = true;
		return number(s, 0, 53, 2, &r->week);
	case 'V':
		return number(s, 0, 53, 2, &n);
	case 'y':
		r->with_century = r->date = true;
		s = number(s, 0, 99, 2, &n);
		if (s)
			tm->tm_year = n >= 69 ? n : n + 100;
		return s;
	case 'Y':
		r->with_century = false;
		r->century = -1;
		r->date = true;
		s = number(s, 0, 9999, 4, &n);
		if (s)
			tm->tm_year = n - 1900;
		return s;
	case 'z':
		return zone(s, tm);
	case 'Z':
		/* Read and not used: a name says little. */
		s = spaces(s);
		while (*s && !isspace((unsigned char)*s))
			s++;
		return s;
	}
	return NULL;
}

static const char *read(struct reading *r, const char *s, const char *format)
{
	while (s && *format) {
		if (isspace((unsigned char)*format)) {
			s = spaces(s);
			format++;
			continue;
		}
		if (*format != '%') {
			if (*format++ != *s++)
				return NULL;
			continue;
		}
		format++;
		while (*format && strchr("_-0^#", *format))
			format++;
		if ((*format == 'E' &&
		     (!format[1] || !strchr("cCYxX", format[1]))) ||
		    (*format == 'O' &&
		     (!format[1] || !strchr("bBdeHImMSUVwWy", format[1]))))
			return NULL;
		if (*format == 'E' || *format == 'O')
			format++;
		if (!*format)
			return NULL;
		s = convert(r, s, *format++);
	}
	return s;
}

static const short before_month[2][13] = {
	{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
	{0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366},
};

static const short *months(const struct tm *tm)
{
	int year = tm->tm_year + 1900;

	return before_month[year % 4 == 0 &&
			    (year % 100 != 0 || year % 400 == 0)];
}

/* From the year, month and day; the first of January 1 was a Monday. */
static int weekday_of(const struct tm *tm)
{
	long long years = tm->tm_year + 1899LL;
	long long days = years * 365 + years / 4 - years / 100 + years / 400 +
			 months(tm)[tm->tm_mon] + tm->tm_mday;

	return (int)((days % 7 + 7) % 7);
}

static void month_from_yearday(struct reading *r)
{
	const short *before = months(r->tm);
	int month = 0;

	while (month < 12 && before[month + 1] <= r->tm->tm_yday)
		month++;
	if (!r->month)
		r->tm->tm_mon = month;
	if (!r->day)
		r->tm->tm_mday = r->tm->tm_yday - before[month] + 1;
}

static void from_week(struct reading *r)
{
	struct tm *tm = r->tm, first = *tm;
	int monday = !r->weeks_from_sunday;

	first.tm_mon = 0;
	first.tm_mday = 1;
	if (!r->yearday)
		tm->tm_yday = (7 - (weekday_of(&first) - monday)) % 7 +
			      (r->week - 1) * 7 +
			      (tm->tm_wday - monday + 7) % 7;
	if (!r->month || !r->day)
		month_from_yearday(r);
}

/* What follows from what was read. */
static void complete(struct reading *r)
{
	struct tm *tm = r->tm;

	if (r->hour_of_12 && r->afternoon)
		tm->tm_hour += 12;
	if (r->century >= 0)
		tm->tm_year = (r->with_century ? tm->tm_year % 100 : 0) +
			      (r->century - 19) * 100;
	if (r->date && !r->weekday) {
		if (!(r->month && r->day) && r->yearday) {
			month_from_yearday(r);
			r->month = r->day = true;
		}
		if (tm->tm_mon >= 0 && tm->tm_mon < 12)
			tm->tm_wday = weekday_of(tm);
	}
	if (r->date && !r->yearday && tm->tm_mon >= 0 && tm->tm_mon < 12)
		tm->tm_yday = months(tm)[tm->tm_mon] + tm->tm_mday - 1;
	if ((r->weeks_from_sunday || r->weeks_from_monday) && r->weekday)
		from_week(r);
}

char *__glibc_strptime(const char *s, const char *format, struct tm *tm)
{
	struct reading r = {.tm = tm, .century = -1};

	s = read(&r, s, format);
	if (s)
		complete(&r);
	return (char *)s;
}

char *__glibc_strptime_l(const char *s, const char *format, struct tm *tm,
			 locale_t locale)
{
	return __glibc_strptime(s, format, tm);
}
