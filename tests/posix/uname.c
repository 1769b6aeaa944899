/* SPDX-License-Identifier: BSD-2-Clause */
/* uname(): see uname(2). */
#include "t.h"
#include <sys/utsname.h>

int main(void)
{
	struct utsname u;

	t_ret("uname", syscall(SYS_uname, &u));
	t_str("system", u.sysname);
	t_str("machine", u.machine);
	t_is("a name", u.nodename[0] != 0);
	t_is("a release of our time", atoi(u.release) >= 4);
	t_ret("bad pointer", syscall(SYS_uname, T_BAD));
	return 0;
}
