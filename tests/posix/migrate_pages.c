/* SPDX-License-Identifier: BSD-2-Clause */
/* migrate_pages(): see migrate_pages(2). */
#include "t.h"

#define TRY(what, ...) t_val(what, syscall(SYS_migrate_pages, __VA_ARGS__))

int main(void)
{
	unsigned long one = 1, two = 2, three = 3;

	TRY("here to here", 0, 64, &one, &one);
	TRY("myself by number", getpid(), 64, &one, &one);
	TRY("to what is not there", 0, 64, &one, &two);
	TRY("to more than there is", 0, 64, &one, &three);
	TRY("nobody", 4194303, 64, &one, &one);
	TRY("bad old", 0, 64, T_BAD, &one);
	TRY("bad new", 0, 64, &one, T_BAD);
	TRY("too many", 0, 40000, &one, &one);
	return 0;
}
