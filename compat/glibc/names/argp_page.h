/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text for argp's help, broken into lines at blanks. A line that is begun by a
 * newline in the text is indented by left, one that is begun by breaking a line
 * by wrap; setting either, or asking for the column, settles what came before.
 */
#ifndef GLIBC_NAMES_ARGP_PAGE_H
#define GLIBC_NAMES_ARGP_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct page {
	FILE *f;
	size_t left, wrap, right;
	size_t column;	 /* of what is written */
	bool at_start;	 /* nothing stands in this line, no indentation too */
	bool too_long;	 /* the text is one word that does not fit */
	bool skip_blank; /* behind such a word */
	char text[256];	 /* not yet written */
	size_t len;
};

void page_begin(struct page *p, FILE *f, size_t right);
void page_end(struct page *p);
void page_put(struct page *p, const char *text, size_t len);
void page_puts(struct page *p, const char *text);
void page_printf(struct page *p, const char *format, ...);
size_t page_column(struct page *p);
void page_margins(struct page *p, size_t left, size_t wrap);
/* Blanks up to the column, if it is not passed. */
void page_indent(struct page *p, size_t column);
/* A blank, or a new line if less than room is left in this one. */
void page_space(struct page *p, size_t room);

#endif
