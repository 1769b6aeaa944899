/* SPDX-License-Identifier: BSD-2-Clause */
#include "test.h"
#include <unistd.h>

int passed, failed;

int main(int argc, char **argv)
{
	if (argc > 1)
		return 7; /* the child of posix_spawn() in process.c */
	alarm(60); /* a test that hangs fails */
	test_process(argv);
	test_threads();
	test_cancel();
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
