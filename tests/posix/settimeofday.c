/* SPDX-License-Identifier: BSD-2-Clause */
/* settimeofday(): see gettimeofday(2). As clock_settime: errors only.
 * t: alone */
#include "t.h"
#include <sys/time.h>

int main(void)
{
	struct timeval tv = {0, 1000000};

	t_ret("too many us", syscall(SYS_settimeofday, &tv, NULL));
	tv = (struct timeval){0, -1};
	t_ret("negative us", syscall(SYS_settimeofday, &tv, NULL));
	t_ret("bad pointer", syscall(SYS_settimeofday, T_BAD, NULL));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	gettimeofday(&tv, NULL);
	t_ret("a user", syscall(SYS_settimeofday, &tv, NULL));
	return 0;
}
