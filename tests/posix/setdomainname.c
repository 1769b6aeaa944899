/* SPDX-License-Identifier: BSD-2-Clause */
/* setdomainname(): see setdomainname(2). Linux's side keeps its name: the same
 * is set again.  t: alone */
#include "t.h"
#include <sys/utsname.h>

int main(void)
{
	struct utsname u, v;
	char *name = u.domainname;

	uname(&u);
	t_ret("what it is", syscall(SYS_setdomainname, name, strlen(name)));
	uname(&v);
	t_is("unchanged", memcmp(&u, &v, sizeof(u)) == 0);
	t_ret("too long", syscall(SYS_setdomainname, name, 65));
	t_ret("negative", syscall(SYS_setdomainname, name, -1));
	t_ret("bad pointer", syscall(SYS_setdomainname, T_BAD, 4));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_ret("a user", syscall(SYS_setdomainname, name, strlen(name)));
	return 0;
}
