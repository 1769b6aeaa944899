/* SPDX-License-Identifier: BSD-2-Clause */
/* personality(): see personality(2).  t: alone */
#include "t.h"
#include <sys/personality.h>

int main(void)
{
	t_val("mine", syscall(SYS_personality, 0xffffffff));
	t_val("no random addresses",
	      syscall(SYS_personality, ADDR_NO_RANDOMIZE));
	t_val("is set", syscall(SYS_personality, 0xffffffff));
	t_val("back", syscall(SYS_personality, 0));
	t_val("is back", syscall(SYS_personality, 0xffffffff));
	return 0;
}
