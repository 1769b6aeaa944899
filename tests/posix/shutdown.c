/* SPDX-License-Identifier: BSD-2-Clause */
/* shutdown: see shutdown(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	t_val("not open", shutdown(99, 7));
	t_val("no socket", shutdown(open("/dev/null", O_RDWR), 7));
	return 0;
}
