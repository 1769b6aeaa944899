/* SPDX-License-Identifier: BSD-2-Clause */
/* get_robust_list(): see get_robust_list(2). */
#include "t.h"
#include <linux/futex.h>

static struct robust_list_head mine;

int main(void)
{
	struct robust_list_head *head = NULL;
	size_t len = 0;

	mine.list.next = &mine.list;
	syscall(SYS_set_robust_list, &mine, sizeof(mine));
	t_ret("mine", syscall(SYS_get_robust_list, 0, &head, &len));
	t_is("it is", head == &mine);
	t_val("size", len);
	t_ret("by number", syscall(SYS_get_robust_list, getpid(), &head, &len));
	t_ret("nobody", syscall(SYS_get_robust_list, 4194303, &head, &len));
	t_ret("bad place", syscall(SYS_get_robust_list, 0, T_BAD, &len));
	t_ret("bad size", syscall(SYS_get_robust_list, 0, &head, T_BAD));
	return 0;
}
