/* SPDX-License-Identifier: BSD-2-Clause */
/* close_range(first, last, flags): see close_range(2). */
#include "t.h"

#define CR(a, b, f) syscall(436, a, b, f)

int main(void)
{
	int i;

	for (i = 40; i < 50; i++)
		dup2(1, i);
	t_ret("range", CR(42, 44, 0));
	t_val("before", fcntl(41, F_GETFD));
	t_val("first", fcntl(42, F_GETFD));
	t_val("last", fcntl(44, F_GETFD));
	t_val("behind", fcntl(45, F_GETFD));
	t_ret("CLOEXEC", CR(45, 46, 4));
	t_val("close-on-exec", fcntl(45, F_GETFD));
	t_val("open", fcntl(47, F_GETFD));
	t_ret("UNSHARE", CR(47, 47, 2));
	t_val("closed", fcntl(47, F_GETFD));
	t_ret("to the end", CR(48, ~0U, 0));
	t_val("closed", fcntl(49, F_GETFD));
	t_ret("empty", CR(60, 60, 0));
	t_ret("wrong way round", CR(50, 49, 0));
	t_ret("flag", CR(60, 60, 8));
	return 0;
}
