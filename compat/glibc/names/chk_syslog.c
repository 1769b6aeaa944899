/* SPDX-License-Identifier: BSD-2-Clause */
/* Fortified syslog(3). */
#include "layouts/print.h"
#include "names/fortify.h"
#include <stdarg.h>
#include <syslog.h>

void __vsyslog_chk(int priority, int flag, const char *format, va_list args)
{
	__px_check_format(flag, format);
	__glibc_vsyslog(priority, format, args);
}

void __syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	__vsyslog_chk(priority, flag, format, args);
	va_end(args);
}
