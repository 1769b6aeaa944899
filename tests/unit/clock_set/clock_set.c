/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who waits until a moment of CLOCK_REALTIME follows clock_settime(2), forward
 * and back. On Linux this would move the machine's clock, so it runs on the
 * host platform alone, which has one of its own, and judges itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static mqd_t q;
static volatile int result; /* of the wait: errno; -1 while it lasts */
static struct timespec until;
static int send; /* a full queue, not an empty one */

static void *waiter(void *arg)
{
	char buf[16];
	long ret = send ? mq_timedsend(q, "x", 1, 0, &until)
			: mq_timedreceive(q, buf, sizeof(buf), NULL, &until);

	result = ret < 0 ? errno : 0;
	return NULL;
}

static struct timespec now_plus(int seconds)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += seconds;
	return t;
}

static int move_clock(int seconds)
{
	struct timespec t = now_plus(seconds);

	return clock_settime(CLOCK_REALTIME, &t);
}

static int check(const char *what, int ok)
{
	if (!ok)
		printf("FAILED: %s\n", what);
	return !ok;
}

/* Does the wait end within ms? */
static int ends(int ms)
{
	for (; ms > 0 && result == -1; ms -= 10)
		usleep(10000);
	return result != -1;
}

static int one(void)
{
	pthread_t t;
	int bad = 0;

	result = -1;
	until = now_plus(3600);
	pthread_create(&t, NULL, waiter, NULL);
	usleep(50000);
	bad += check("clock_settime", !move_clock(1800));
	bad += check("half the time is not all", !ends(200));
	move_clock(1900);
	bad += check("the moment is past", ends(10000));
	bad += check("ETIMEDOUT", result == ETIMEDOUT);
	pthread_join(t, NULL);

	result = -1;
	until = now_plus(1);
	pthread_create(&t, NULL, waiter, NULL);
	usleep(50000);
	move_clock(-3600);
	bad += check("the moment is far away again", !ends(2000));
	move_clock(3700);
	bad += check("now it is past", ends(10000));
	bad += check("ETIMEDOUT again", result == ETIMEDOUT);
	pthread_join(t, NULL);
	return bad;
}

int main(void)
{
	struct mq_attr attr = {.mq_maxmsg = 1, .mq_msgsize = 16};
	int bad;

	q = mq_open("/q", O_RDWR | O_CREAT, 0600, &attr);
	bad = check("mq_open", q >= 0) + one();
	mq_send(q, "x", 1, 0);
	send = 1;
	bad += one();
	printf("%d passed, %d failed, 0 skipped\n", !bad, !!bad);
	return bad != 0;
}
