/* SPDX-License-Identifier: BSD-2-Clause */
/* obstack_printf: printf(3) to the end of an obstack's growing object. */
#include "layouts/print.h"
#include "names/fortify.h"
#include <obstack.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void _obstack_newchunk(struct obstack *h, int length);

/* How many bytes were added, or -1. No terminator is. */
int obstack_vprintf(struct obstack *h, const char *format, va_list args)
{
	char *text;
	int n = __glibc_vasprintf(&text, format, args);

	if (n < 0)
		return -1;
	if (h->chunk_limit - h->next_free < n)
		_obstack_newchunk(h, n);
	memcpy(h->next_free, text, n);
	h->next_free += n;
	free(text);
	return n;
}

int __obstack_vprintf_chk(struct obstack *h, int flag, const char *format,
			  va_list args)
{
	__px_check_format(flag, format);
	return obstack_vprintf(h, format, args);
}

int obstack_printf(struct obstack *h, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = obstack_vprintf(h, format, args);
	va_end(args);
	return n;
}

int __obstack_printf_chk(struct obstack *h, int flag, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = __obstack_vprintf_chk(h, flag, format, args);
	va_end(args);
	return n;
}
