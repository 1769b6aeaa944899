/* SPDX-License-Identifier: BSD-2-Clause */
/* Random record locks of three open files: what is granted, and what keeps a
 * request out, as on Linux. */
#include "t.h"

static uint64_t state = 3;

int main(void)
{
	static const short types[] = {F_RDLCK, F_WRLCK, F_UNLCK};
	int fd[3], granted = 0;
	unsigned int sum = 0;

	t_file("f", "");
	for (int i = 0; i < 3; i++)
		fd[i] = open("f", O_RDWR);
	for (int i = 0; i < 5000; i++) {
		struct flock fl = {
			.l_type = types[t_rnd(&state, 3)],
			.l_start = t_rnd(&state, 100),
			.l_len = t_rnd(&state, 8) ? 1 + t_rnd(&state, 20) : 0};
		int who = t_rnd(&state, 3);
		int ret = fcntl(fd[who], F_OFD_SETLK, &fl) ? errno : 0;

		granted += !ret;
		sum = sum * 31 + ret;
		/* One byte has at most one kind of lock that is in the way. */
		fl = (struct flock){.l_type = F_WRLCK,
				    .l_start = t_rnd(&state, 120),
				    .l_len = 1};
		fcntl(fd[who], F_OFD_GETLK, &fl);
		sum = sum * 31 + (fl.l_type == F_UNLCK ? 7 : fl.l_type);
		if (fl.l_type == F_WRLCK)
			sum = sum * 31 + fl.l_start * 1000 + fl.l_len;
		if (i % 500 == 499)
			t_say("%d: %d granted, %08x\n", i, granted, sum);
	}
	return 0;
}
