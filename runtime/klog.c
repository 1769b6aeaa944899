/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The runtime's messages. A line is made whole on the stack and handed to the
 * platform in one piece, so that this works before memory is set up and in a
 * crash.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/trap.h>

#define LINE_MAX_LEN 400

static const char prefix[] = "posixen: ";

static void log_line(const char *head, const char *fmt, va_list ap)
{
	char line[LINE_MAX_LEN];
	size_t at = strlcpy(line, head, sizeof(line));
	int n = vsnprintf(line + at, sizeof(line) - at, fmt, ap);

	if (n < 0)
		return;
	at += n;
	if (at >= sizeof(line)) { /* too long: cut, but keep it a line */
		at = sizeof(line) - 1;
		line[at - 1] = '\n';
	}
	plat_log(line, at);
}

void klog(const char *fmt, ...)
{
	va_list ap;

	if (param_bool("quiet"))
		return;
	va_start(ap, fmt);
	log_line(prefix, fmt, ap);
	va_end(ap);
}

void klog_raw(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line("", fmt, ap);
	va_end(ap);
}

void panic(const char *fmt, ...)
{
	static bool again;
	va_list ap;

	va_start(ap, fmt);
	log_line("posixen: the runtime failed: ", fmt, ap);
	va_end(ap);
	if (!again) { /* the dump itself may be what fails */
		again = true;
		dump_backtrace((uintptr_t)__builtin_return_address(0),
			       (uintptr_t)__builtin_frame_address(0),
			       (uintptr_t)__builtin_frame_address(0));
	}
	plat_crash();
}
