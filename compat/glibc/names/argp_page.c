/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of argp's help: argp_page.h. */
#include "names/argp_page.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static void pad(struct page *p, size_t n)
{
	while (n--)
		putc(' ', p->f);
}

static void begin_line(struct page *p, size_t indentation)
{
	pad(p, indentation);
	p->column = indentation;
	p->at_start = false;
}

static void settle(struct page *p)
{
	fwrite(p->text, 1, p->len, p->f);
	p->column += p->len;
	p->len = 0;
}

/* A new line in place of the blanks that end at text[at]. */
static void break_at(struct page *p, size_t at)
{
	size_t end = at, rest = p->len - at - 1;

	while (end && blank(p->text[end - 1]))
		end--;
	fwrite(p->text, 1, end, p->f);
	putc('\n', p->f);
	memmove(p->text, p->text + at + 1, rest);
	p->len = rest;
	begin_line(p, p->wrap);
}

/* What is not yet written reaches too far: break it where it may be. */
static void break_line(struct page *p)
{
	for (size_t i = p->len; i-- > 0;) {
		if (blank(p->text[i])) {
			break_at(p, i);
			return;
		}
	}
	p->too_long = true;
}

static void check_end(struct page *p)
{
	if (p->column + p->len >= p->right && !p->too_long)
		break_line(p);
}

static void put_char(struct page *p, char c)
{
	if (p->skip_blank && blank(c))
		return;
	p->skip_blank = false;
	if (p->at_start)
		begin_line(p, p->left);
	if (c == '\n') {
		check_end(p);
		settle(p);
		putc('\n', p->f);
		p->column = 0;
		p->at_start = true;
		p->too_long = false;
		return;
	}
	if (p->too_long && blank(c)) {
		settle(p);
		putc('\n', p->f);
		begin_line(p, p->wrap);
		p->too_long = false;
		p->skip_blank = true;
		return;
	}
	if (p->len == sizeof(p->text))
		settle(p);
	p->text[p->len++] = c;
	if (p->column + p->len > p->right && !p->too_long)
		break_line(p);
}

void page_put(struct page *p, const char *text, size_t len)
{
	while (len--)
		put_char(p, *text++);
}

void page_puts(struct page *p, const char *text)
{
	page_put(p, text, strlen(text));
}

void page_printf(struct page *p, const char *format, ...)
{
	va_list args;
	char *text;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0)
		return;
	page_put(p, text, n);
	free(text);
}

size_t page_column(struct page *p)
{
	check_end(p);
	settle(p);
	p->too_long = false;
	return p->column;
}

void page_margins(struct page *p, size_t left, size_t wrap)
{
	page_column(p);
	p->left = left;
	p->wrap = wrap;
}

void page_indent(struct page *p, size_t column)
{
	size_t at = page_column(p);

	while (at++ < column)
		put_char(p, ' ');
}

void page_space(struct page *p, size_t room)
{
	put_char(p, page_column(p) + room >= p->right ? '\n' : ' ');
}

void page_begin(struct page *p, FILE *f, size_t right)
{
	memset(p, 0, sizeof(*p));
	p->f = f;
	p->right = right;
	p->at_start = true;
}

void page_end(struct page *p)
{
	page_column(p);
}
