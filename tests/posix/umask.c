/* SPDX-License-Identifier: BSD-2-Clause */
/* umask(mask): see umask(2). */
#include "t.h"

int main(void)
{
	mode_t old = umask(027);

	(void)old;
	t_val("was", umask(0));
	t_val("all of it", umask(07777));
	t_val("only nine bits", umask(077));
	t_file("f", "");
	t_stat("f", "f");
	mkdir("d", 0777);
	t_stat("d", "d");
	return 0;
}
