/* SPDX-License-Identifier: BSD-2-Clause */
/* reboot(): see reboot(2). Only what harms nobody.  t: alone */
#include "t.h"
#include <linux/reboot.h>

int main(void)
{
	t_ret("bad magic", syscall(SYS_reboot, 1, LINUX_REBOOT_MAGIC2,
				   LINUX_REBOOT_CMD_CAD_OFF, NULL));
	t_ret("bad second magic", syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, 1,
					  LINUX_REBOOT_CMD_CAD_OFF, NULL));
	t_ret("no such command",
	      syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
		      0x77777777, NULL));
	syscall(SYS_setresuid, 1000, 1000, 1000);
	t_ret("a user",
	      syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
		      LINUX_REBOOT_CMD_CAD_OFF, NULL));
	return 0;
}
