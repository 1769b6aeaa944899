/* SPDX-License-Identifier: BSD-2-Clause */
/* prctl(): see prctl(2).  t: alone */
#include "t.h"
#include <pthread.h>
#include <sys/prctl.h>

static long op(int what, unsigned long a)
{
	return syscall(SYS_prctl, what, a, 0, 0, 0);
}

static void *other(void *arg)
{
	char name[16] = "";

	op(PR_GET_NAME, (long)name);
	t_str("a new thread's name", name);
	op(PR_SET_NAME, (long)"its own");
	return NULL;
}

int main(void)
{
	char name[17] = "................";
	pthread_t t;
	int sig = 99, value = 99, *place = NULL;

	t_ret("a name", op(PR_SET_NAME, (long)"tester"));
	t_ret("read it", op(PR_GET_NAME, (long)name));
	t_bytes("name", name, 17);
	t_ret("too long a name", op(PR_SET_NAME, (long)"0123456789abcdefghi"));
	op(PR_GET_NAME, (long)name);
	t_str("cut", name);
	t_ret("bad name", op(PR_SET_NAME, (long)T_BAD));
	t_ret("bad place", op(PR_GET_NAME, (long)T_BAD));
	op(PR_SET_NAME, (long)"tester");
	pthread_create(&t, NULL, other, NULL);
	pthread_join(t, NULL);
	op(PR_GET_NAME, (long)name);
	t_str("mine", name);

	t_val("dumpable", op(PR_GET_DUMPABLE, 0));
	t_ret("not", op(PR_SET_DUMPABLE, 0));
	t_val("dumpable", op(PR_GET_DUMPABLE, 0));
	t_ret("2", op(PR_SET_DUMPABLE, 2));
	t_ret("death signal", op(PR_SET_PDEATHSIG, SIGHUP));
	t_ret("read it", op(PR_GET_PDEATHSIG, (long)&sig));
	t_val("signal", sig);
	t_ret("no such signal", op(PR_SET_PDEATHSIG, 65));
	t_val("no new privileges", op(PR_GET_NO_NEW_PRIVS, 0));
	t_ret("none", op(PR_SET_NO_NEW_PRIVS, 1));
	t_val("no new privileges", op(PR_GET_NO_NEW_PRIVS, 0));
	t_ret("back", op(PR_SET_NO_NEW_PRIVS, 0));
	t_val("timer slack", op(PR_GET_TIMERSLACK, 0));
	t_ret("1 us", op(PR_SET_TIMERSLACK, 1000));
	t_val("timer slack", op(PR_GET_TIMERSLACK, 0));
	t_val("CAP_CHOWN", op(PR_CAPBSET_READ, 0));
	t_val("no such capability", op(PR_CAPBSET_READ, 64));
	t_val("seccomp", op(PR_GET_SECCOMP, 0));
	t_val("keep capabilities", op(PR_GET_KEEPCAPS, 0));
	t_ret("no such operation", op(9999, 0));
	t_ret("adopt orphans", prctl(PR_SET_CHILD_SUBREAPER, 1));
	t_ret("do I?", prctl(PR_GET_CHILD_SUBREAPER, &value));
	t_val("yes", value);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	t_ret("bad place", prctl(PR_GET_CHILD_SUBREAPER, T_BAD));
	t_ret("no huge pages", prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0));
	t_val("none", prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0));
	t_ret("huge pages", prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0));
	t_ret("an argument too many", prctl(PR_GET_THP_DISABLE, 1, 0, 0, 0));
	t_val("timing", prctl(PR_GET_TIMING));
	t_ret("statistical", prctl(PR_SET_TIMING, PR_TIMING_STATISTICAL));
	t_ret("by time stamps", prctl(PR_SET_TIMING, PR_TIMING_TIMESTAMP));
	t_ret("time stamp counter", prctl(PR_GET_TSC, &value));
	t_val("may be read", value);
	t_ret("tid address", prctl(PR_GET_TID_ADDRESS, &place));
	syscall(SYS_set_tid_address, &value);
	prctl(PR_GET_TID_ADDRESS, &place);
	t_is("as set", place == &value);
	t_ret("events off", prctl(PR_TASK_PERF_EVENTS_DISABLE));
	return 0;
}
