/* SPDX-License-Identifier: BSD-2-Clause */
/* listen: see listen(2). */
#include "t.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
	t_val("not open", listen(99, 1));
	t_val("no socket", listen(open("/dev/null", O_RDWR), 1));
	return 0;
}
