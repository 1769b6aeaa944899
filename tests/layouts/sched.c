/* SPDX-License-Identifier: BSD-2-Clause */
/* sched_param has 4 bytes: what lies behind it must stay. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

static struct {
	struct sched_param p;
	char guard[60];
} s;

static void clean(const char *what, int result)
{
	int touched = 0;

	for (size_t i = 0; i < sizeof(s.guard); i++)
		touched += s.guard[i] != 0x5a;
	printf("%s: %d, priority %d, %d overwritten\n", what, result,
	       s.p.sched_priority, touched);
	memset(&s, 0x5a, sizeof(s));
}

void test_sched(void)
{
	pthread_attr_t attr;
	int policy = -1, result;

	memset(&s, 0x5a, sizeof(s));
	printf("%zu\n", sizeof(struct sched_param));
	clean("getparam", sched_getparam(0, &s.p));
	s.p.sched_priority = 0;
	clean("setparam", sched_setparam(0, &s.p));
	s.p.sched_priority = 1;
	result = sched_setparam(0, &s.p);
	clean("setparam", result ? errno : 0);
	s.p.sched_priority = 0;
	clean("setscheduler", sched_setscheduler(0, SCHED_BATCH, &s.p));
	printf("%d\n", sched_getscheduler(0));
	s.p.sched_priority = 0;
	clean("setscheduler", sched_setscheduler(0, SCHED_OTHER, &s.p));
	printf("%d\n", sched_getscheduler(0));
	result = pthread_getschedparam(pthread_self(), &policy, &s.p);
	clean("pthread_getschedparam", result);
	printf("%d\n", policy);
	s.p.sched_priority = 0;
	result = pthread_setschedparam(pthread_self(), SCHED_OTHER, &s.p);
	clean("pthread_setschedparam", result);
	pthread_attr_init(&attr);
	s.p.sched_priority = 0;
	clean("attr_setschedparam", pthread_attr_setschedparam(&attr, &s.p));
	clean("attr_getschedparam", pthread_attr_getschedparam(&attr, &s.p));
}
