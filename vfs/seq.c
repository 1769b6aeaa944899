/* SPDX-License-Identifier: BSD-2-Clause */
/* seq.c: text that grows as it is written; after a failure it stays as it is
 * and err says why. */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>

static bool seq_reserve(struct seq *s, size_t n)
{
	size_t size = s->size ? s->size : 512;
	char *buf;

	if (s->err)
		return false;
	if (s->len + n <= s->size)
		return true;
	while (size < s->len + n)
		size *= 2;
	buf = krealloc(s->buf, size);
	if (!buf) {
		s->err = -ENOMEM;
		return false;
	}
	s->buf = buf;
	s->size = size;
	return true;
}

void seq_write(struct seq *s, const void *p, size_t n)
{
	if (!seq_reserve(s, n))
		return;
	memcpy(s->buf + s->len, p, n);
	s->len += n;
}

void seq_printf(struct seq *s, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !seq_reserve(s, n + 1)) /* and the NUL */
		return;
	va_start(ap, fmt);
	vsnprintf(s->buf + s->len, n + 1, fmt, ap);
	va_end(ap);
	s->len += n;
}
