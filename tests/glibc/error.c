/* SPDX-License-Identifier: BSD-2-Clause */
/* error(3) and error_at_line(3). */
#define _GNU_SOURCE
#include "test.h"
#include <errno.h>
#include <error.h>
#include <stdlib.h>

static void own_name(void)
{
	fprintf(stderr, "my own name, ");
}

void test_error(void)
{
	program_invocation_name = "program";
	printf("no newline before it");
	error(0, 0, "plain %d", 7);
	error(0, ENOENT, "with a code");
	error_at_line(0, 0, "file.c", 12, "at a line");
	error_at_line(0, EACCES, "file.c", 13, "and a code");
	error_at_line(0, 0, NULL, 13, "no file");
	SHOW(error_message_count);
	error_one_per_line = 1;
	error_at_line(0, 0, "file.c", 14, "once");
	error_at_line(0, 0, "file.c", 14, "twice");
	error_at_line(0, 0, "file.c", 15, "another");
	error_one_per_line = 0;
	SHOW(error_message_count);
	error_print_progname = own_name;
	error(0, 0, "named");
	error_at_line(0, 0, "file.c", 16, "placed");
	error_print_progname = NULL;
}
