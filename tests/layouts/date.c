/* SPDX-License-Identifier: BSD-2-Clause */
/* strftime() and strptime() with GNU's conversions and flags. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

static const char *const formats[] = {
	"%k|%l|%P|%p",
	"%H:%M:%S %k:%M",
	"%^a %^A %^b %^B",
	"%#p %^p",
	"100%% %k%%",
	"%-d %_d %e %-H",
	"%F %T %j",
	"",
	"%a %A %b %B %h",
	"%y %Y %C %G %V %u",
	"no conversion",
	"%P%P%P%k",
	"%10Y|%010d|%_10d|%-m|%_m|%_y|%5H|%-5H|%^10a",
	"%C %d %D %e %g %I %M %n %r %R %S %t %U %w %W %x %X %c",
	"%Ec %EC %Ex %EX %Ey %EY %Od %Oe %OH %OI %Om %OM %OS %Ou %OV %Oy",
	"%+ %E| %Q %:z %L %O %5% %EOy %+C %Ed %OY",
	"%#Z %#a %#B %#p %#b %20c|%10F|%010T|%12D",
	"%z %_z %-z %10z %5e %05e %03k %_j %3C",
	"%",
};

/* What is read, and by what. */
static const char *const readings[][2] = {
	{"2023-11-14 22:13:20", "%Y-%m-%d %H:%M:%S"},
	{"2023-11-14T22:13:20+0100", "%FT%T%z"},
	{"Tue, 14 Nov 2023 22:13:20 GMT", "%a, %d %b %Y %H:%M:%S %Z"},
	{"+01:30", "%z"},
	{"-0530x", "%zx"},
	{"Z", "%z"},
	{"+05", "%z"},
	{"+0560", "%z"},
	{"GMT", "%z"},
	{"12:30 PM", "%I:%M %p"},
	{"12:30 am", "%I:%M %p"},
	{"86400", "%s"},
	{"23 318", "%y %j"},
	{"2023 318", "%Y %j"},
	{"69", "%y"},
	{"68", "%y"},
	{"20 05", "%C %y"},
	{"19", "%C"},
	{"november", "%B"},
	{"NOV", "%b"},
	{"tuesday", "%A"},
	{"1 2023", "%U %Y"},
	{"2023-W46-2", "%G-W%V-%u"},
	{"10:13:20 PM", "%r"},
	{"  5", "%e"},
	{"5", "%k"},
	{"a%b", "a%%b"},
	{"x", "  x"},
	{"1 2", "%n%d%t%m"},
	{"61", "%S"},
	{"62", "%S"},
	{"2023-02-31", "%Y-%m-%d"},
	{"12", "%Od"},
	{"23", "%Ey"},
	{"2023", "%EY"},
	{"0", "%w"},
	{"7", "%u"},
	{"8", "%u"},
	{"366", "%j"},
	{"45 2 2023", "%W %w %Y"},
	{"45 0 2024", "%U %w %Y"},
	{"20240229", "%Y%m%d"},
	{"Tue Nov 14 22:13:20 2023", "%c"},
	{"5 6", "%_d %-m"},
	{"-5", "%Y"},
	{"1", "%q"},
	{"1", "%"},
};

static void read_back(void)
{
	for (size_t i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
		struct tm tm = {.tm_isdst = -1};
		char *end = strptime(readings[i][0], readings[i][1], &tm);

		printf("%s as %s: ", readings[i][0], readings[i][1]);
		if (!end) {
			puts("NULL");
			continue;
		}
		printf("[%s] %d-%d-%d %d:%d:%d %d %d %ld\n", end, tm.tm_year,
		       tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		       tm.tm_wday, tm.tm_yday, tm.tm_gmtoff);
	}
}

/* Days at the turn of years, negative years, years of five digits. */
static void years(void)
{
	static const int some[][3] = {
		{104, 11, 31}, {105, 0, 1},   {108, 11, 29}, {110, 0, 3},
		{-1899, 0, 1}, {-1905, 5, 5}, {8100, 1, 1},  {70, 0, 1}};
	char buf[200];

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		struct tm tm = {.tm_year = some[i][0],
				.tm_mon = some[i][1],
				.tm_mday = some[i][2]};
		wchar_t wide[100];
		time_t t = timegm(&tm);
		char *text;

		strftime(buf, sizeof(buf),
			 "%G-%V-%u %g %C %y %Y %U %W %j %F %5Y %_5Y %-Y %s",
			 &tm);
		puts(buf);
		printf("%zu", wcsftime(wide, 100, L"%a \u20ac %k|%^B", &tm));
		text = asctime(&tm);
		printf(" %s", text ? text : "NULL\n");
		text = asctime_r(&tm, buf);
		printf("%s", text ? text : "NULL\n");
		text = ctime_r(&t, buf);
		printf("%s", text ? text : "NULL\n");
	}
}

void test_date(void)
{
	struct tm tm = {.tm_year = 126,
			.tm_mon = 10,
			.tm_mday = 5,
			.tm_min = 3,
			.tm_sec = 9,
			.tm_zone = "UTC",
			.tm_wday = 4,
			.tm_yday = 308};
	char buf[300];

	for (tm.tm_hour = 0; tm.tm_hour < 24; tm.tm_hour += 5) {
		for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]);
		     i++) {
			size_t n = strftime(buf, sizeof(buf), formats[i], &tm);

			printf("%zu [%s]\n", n, n ? buf : "");
		}
	}
	printf("%zu\n", strftime(buf, 3, "%k:%l", &tm));
	setenv("TZ", "UTC0", 1);
	read_back();
	years();
}
