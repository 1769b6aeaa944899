/* SPDX-License-Identifier: BSD-2-Clause */
/* alarm(seconds): see alarm(2). */
#include "t.h"
#include <sys/time.h>

static volatile int caught;
static void handler(int sig)
{
	caught = sig;
}

int main(void)
{
	signal(SIGALRM, handler);
	t_val("none before", alarm(100));
	t_val("left", alarm(1));
	pause();
	t_val("caught", caught);
	t_val("none left", alarm(0));
	return 0;
}
