/* SPDX-License-Identifier: BSD-2-Clause */
/* getrandom(): see getrandom(2). */
#include "t.h"
#include <sys/random.h>

int main(void)
{
	static unsigned char a[100000], b[64], c[64];
	int seen[256] = {0}, kinds = 0;

	t_val("64", syscall(SYS_getrandom, b, 64, 0));
	t_val("64 more", syscall(SYS_getrandom, c, 64, GRND_RANDOM));
	t_is("others", memcmp(b, c, 64) != 0);
	t_val("many", syscall(SYS_getrandom, a, sizeof(a), GRND_NONBLOCK));
	for (size_t i = 0; i < sizeof(a); i++)
		kinds += !seen[a[i]]++;
	t_val("kinds of bytes", kinds);
	t_val("none", syscall(SYS_getrandom, a, 0, 0));
	t_val("insecure", syscall(SYS_getrandom, a, 8, GRND_INSECURE));
	t_ret("no such flag", syscall(SYS_getrandom, a, 8, 8));
	t_ret("two that exclude",
	      syscall(SYS_getrandom, a, 8, GRND_INSECURE | GRND_RANDOM));
	t_ret("bad pointer", syscall(SYS_getrandom, T_BAD, 8, 0));
	return 0;
}
