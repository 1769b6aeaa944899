/* SPDX-License-Identifier: BSD-2-Clause */
/* copy_file_range(in, in_off, out, out_off, n, flags): see its page. */
#include "t.h"

int main(void)
{
	int in, out, p[2];
	loff_t a, b;

	t_file("in", "0123456789");
	t_file("out", "abcdefghijklmnop");
	in = open("in", O_RDWR);
	out = open("out", O_RDWR);
	t_val("positions", copy_file_range(in, NULL, out, NULL, 4, 0));
	t_val("in at", lseek(in, 0, SEEK_CUR));
	t_val("out at", lseek(out, 0, SEEK_CUR));
	a = 2;
	b = 8;
	t_val("offsets", copy_file_range(in, &a, out, &b, 3, 0));
	t_val("in offset", a);
	t_val("out offset", b);
	t_val("in at", lseek(in, 0, SEEK_CUR));
	t_cat("out", "out");
	a = 8;
	b = 20;
	t_val("short", copy_file_range(in, &a, out, &b, 100, 0));
	t_stat("out grew", "out");
	t_val("at the end", copy_file_range(in, &a, out, &b, 100, 0));
	t_val("nothing", copy_file_range(in, NULL, out, NULL, 0, 0));
	a = 0;
	b = 5;
	t_val("same file", copy_file_range(in, &a, in, &b, 5, 0));
	t_cat("in", "in");
	a = 0;
	b = 3;
	t_val("overlap", copy_file_range(in, &a, in, &b, 5, 0));

	t_val("flags", copy_file_range(in, NULL, out, NULL, 1, 1));
	t_val("in closed", copy_file_range(99, NULL, out, NULL, 1, 0));
	t_val("out closed", copy_file_range(in, NULL, 99, NULL, 1, 0));
	t_val("in not readable",
	      copy_file_range(open("in", O_WRONLY), NULL, out, NULL, 1, 0));
	t_val("out not writable",
	      copy_file_range(in, NULL, open("out", O_RDONLY), NULL, 1, 0));
	t_val("appending",
	      copy_file_range(in, NULL, open("out", O_WRONLY | O_APPEND), NULL,
			      1, 0));
	t_val("from a directory",
	      copy_file_range(open(".", O_RDONLY), NULL, out, NULL, 1, 0));
	pipe(p);
	t_val("from a pipe", copy_file_range(p[0], NULL, out, NULL, 1, 0));
	t_val("to a pipe", copy_file_range(in, NULL, p[1], NULL, 1, 0));
	t_val("bad offset", copy_file_range(in, T_BAD, out, NULL, 1, 0));
	a = -1;
	t_val("negative", copy_file_range(in, &a, out, NULL, 1, 0));
	a = 0;
	b = INT64_MAX - 1;
	t_val("too far", copy_file_range(in, &a, out, &b, 10, 0));
	return 0;
}
