/* SPDX-License-Identifier: BSD-2-Clause */
/* capget(): see capget(2).  t: alone */
#include "t.h"
#include <linux/capability.h>

int main(void)
{
	struct __user_cap_header_struct h = {0, 0};
	struct __user_cap_data_struct d[2];

	t_ret("asks for the version", syscall(SYS_capget, &h, NULL));
	t_is("version 3", h.version == _LINUX_CAPABILITY_VERSION_3);
	t_ret("root", syscall(SYS_capget, &h, d));
	t_is("CAP_CHOWN", d[0].effective & 1);
	h.version = 1;
	t_ret("no such version", syscall(SYS_capget, &h, d));
	h.version = _LINUX_CAPABILITY_VERSION_3;
	h.pid = -1;
	t_ret("negative pid", syscall(SYS_capget, &h, d));
	h.pid = 4194303;
	t_ret("nobody", syscall(SYS_capget, &h, d));
	h.pid = 0;
	t_ret("bad header", syscall(SYS_capget, T_BAD, d));
	t_ret("bad data", syscall(SYS_capget, &h, T_BAD));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_ret("a user", syscall(SYS_capget, &h, d));
	t_is("has none", d[0].effective == 0);
	return 0;
}
