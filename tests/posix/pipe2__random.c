/* SPDX-License-Identifier: BSD-2-Clause */
/* A pipe under random reads, writes and changes of size: every result and every
 * byte as on Linux. */
#include "t.h"
#include <poll.h>
#include <sys/ioctl.h>

static char buf[200000];
static uint64_t state = 7;

/* Sizes that matter: small, about a page, more than a pipe. */
static size_t size(void)
{
	switch (t_rnd(&state, 5)) {
	case 0:
		return t_rnd(&state, 10);
	case 1:
		return 4090 + t_rnd(&state, 12);
	case 2:
		return t_rnd(&state, 5000);
	case 3:
		return t_rnd(&state, 70000);
	default:
		return t_rnd(&state, 300);
	}
}

static void run(int flags)
{
	unsigned int next = 0, want = 0, sum = 0;
	int p[2], n;

	pipe2(p, O_NONBLOCK | flags);
	for (int i = 0; i < 3000; i++) {
		size_t len = size();
		long ret = -2;

		switch (t_rnd(&state, 8)) {
		case 0:
			ioctl(p[0], FIONREAD, &n);
			ret = n;
			break;
		case 1: {
			struct pollfd f[2] = {{p[0], POLLIN, 0},
					      {p[1], POLLOUT, 0}};
			poll(f, 2, 0);
			ret = f[0].revents * 1000 + f[1].revents;
			break;
		}
		case 2:
			if (t_rnd(&state, 10) == 0)
				ret = fcntl(p[1], F_SETPIPE_SZ,
					    4096 << t_rnd(&state, 7));
			break;
		case 3:
		case 4:
		case 5:
			for (size_t k = 0; k < len; k++)
				buf[k] = (next + k) * 31 >> 3;
			ret = write(p[1], buf, len);
			if (ret > 0)
				next += ret;
			break;
		default:
			ret = read(p[0], buf, len);
			for (long k = 0; k < ret; k++)
				if (!flags &&
				    buf[k] != (char)((want + k) * 31 >> 3))
					t_say("wrong byte\n");
			if (ret > 0)
				want += ret;
		}
		if (ret == -1)
			ret = -errno;
		sum = sum * 31 + ret;
		if (i % 250 == 249)
			t_say("%d: %ld %08x\n", i, ret, sum);
	}
	close(p[0]);
	close(p[1]);
}

int main(void)
{
	run(0);
	run(O_DIRECT);
	return 0;
}
