/* SPDX-License-Identifier: BSD-2-Clause */
/* strftime() with GNU's conversions and flags. */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const formats[] = {
	"%k|%l|%P|%p",	  "%H:%M:%S %k:%M",    "%^a %^A %^b %^B", "%#p %^p",
	"100%% %k%%",	  "%-d %_d %e %-H",    "%F %T %j",	  "",
	"%a %A %b %B %h", "%y %Y %C %G %V %u", "no conversion",	  "%P%P%P%k",
};

void test_date(void)
{
	struct tm tm = {.tm_year = 126,
			.tm_mon = 10,
			.tm_mday = 5,
			.tm_min = 3,
			.tm_sec = 9,
			.tm_wday = 4,
			.tm_yday = 308};
	char buf[64];

	for (tm.tm_hour = 0; tm.tm_hour < 24; tm.tm_hour += 5) {
		for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]);
		     i++) {
			size_t n = strftime(buf, sizeof(buf), formats[i], &tm);

			printf("%zu [%s]\n", n, n ? buf : "");
		}
	}
	printf("%zu\n", strftime(buf, 3, "%k:%l", &tm));
}
