/* SPDX-License-Identifier: BSD-2-Clause */
/* timer_delete(): see timer_delete(2). */
#include "t.h"
#include <time.h>

static volatile int seen;

static void on_alarm(int sig)
{
	seen++;
}

int main(void)
{
	struct itimerspec it = {{0, 1000000}, {0, 30000000}};
	int id, again;

	signal(SIGALRM, on_alarm);
	syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &id);
	syscall(SYS_timer_settime, id, 0, &it, NULL);
	t_ret("delete", syscall(SYS_timer_delete, id));
	usleep(50000);
	t_val("quiet", seen);
	t_ret("again", syscall(SYS_timer_delete, id));
	t_ret("gone", syscall(SYS_timer_gettime, id, &it));
	for (int i = 0; i < 1000; i++) {
		if (syscall(SYS_timer_create, CLOCK_REALTIME, NULL, &again))
			t_say("no timer\n");
		syscall(SYS_timer_delete, again);
	}
	t_ret("no such timer", syscall(SYS_timer_delete, -1));
	return 0;
}
