/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets in the hands of several threads: many in one accept(), one that reads
 * while another writes, several that read datagrams, an end from elsewhere.
 */
#include "inet.h"
#include <pthread.h>
#include <sys/un.h>

#define THREADS 4
#define CLIENTS 60
#define BYTES	3000000

static int l, served[THREADS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Serve until a client says that it was the last. */
static void *serve(void *arg)
{
	long me = (long)arg;
	int fd;
	char b[4];

	while ((fd = accept(l, NULL, NULL)) >= 0) {
		if (recv(fd, b, 4, MSG_WAITALL) != 4)
			t_say("a short question\n");
		if (b[0] == 'q') {
			close(fd);
			break;
		}
		send(fd, b, 4, 0);
		close(fd);
		pthread_mutex_lock(&lock);
		served[me]++;
		pthread_mutex_unlock(&lock);
	}
	return NULL;
}

static int ask(const struct sockaddr *a, socklen_t n, const char *text)
{
	int fd = socket(a->sa_family, SOCK_STREAM, 0), r = 0;
	char b[5] = "";

	if (connect(fd, a, n) < 0)
		t_ret("connect", -errno);
	send(fd, text, 4, 0);
	if (*text != 'q')
		r = recv(fd, b, 4, MSG_WAITALL) == 4 && !memcmp(b, text, 4);
	close(fd);
	return r;
}

static void servers(int family)
{
	struct sockaddr_un un = {AF_UNIX, "server"};
	union in_addr_any in;
	struct sockaddr *a = (void *)&un;
	socklen_t n = sizeof(un);
	pthread_t t[THREADS];
	int good = 0, sum = 0;

	if (family == AF_UNIX) {
		l = socket(AF_UNIX, SOCK_STREAM, 0);
		bind(l, a, n);
		listen(l, 20);
	} else {
		l = in_listener(family, 20);
		a = &in.sa;
		n = in_lo(family, in_port(l), &in);
	}
	memset(served, 0, sizeof(served));
	for (long i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, serve, (void *)i);
	for (int i = 0; i < CLIENTS; i++)
		good += ask(a, n, "abcd");
	for (int i = 0; i < THREADS; i++)
		ask(a, n, "quit");
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	for (int i = 0; i < THREADS; i++)
		sum += served[i];
	t_val("answers", good);
	t_val("served", sum);
	close(l);
	unlink("server");
}

static void *write_all(void *arg)
{
	static char b[10000];
	int fd = *(int *)arg;

	for (size_t n = 0, r; n < BYTES; n += r) {
		for (size_t i = 0; i < sizeof(b); i++)
			b[i] = (n + i) * 31 / 7;
		r = send(fd, b, BYTES - n < sizeof(b) ? BYTES - n : sizeof(b),
			 0);
		if (r > sizeof(b)) {
			t_ret("send", -errno);
			break;
		}
	}
	shutdown(fd, SHUT_WR);
	return NULL;
}

/* Only whole multiples of the writer's block are compared by content. */
static void *read_all(void *arg)
{
	int fd = *(int *)arg;
	char b[7777];
	size_t n = 0, bad = 0;
	ssize_t r;

	while ((r = recv(fd, b, sizeof(b), 0)) > 0) {
		for (ssize_t i = 0; i < r; i++)
			bad += b[i] != (char)((n + i) * 31 / 7);
		n += r;
	}
	t_val("read", n);
	t_val("wrong", bad);
	return NULL;
}

static void *echo(void *arg)
{
	int fd = *(int *)arg;
	char b[5000];
	ssize_t r;

	while ((r = recv(fd, b, sizeof(b), 0)) > 0)
		for (ssize_t n = 0, w; n < r; n += w) {
			w = send(fd, b + n, r - n, MSG_NOSIGNAL);
			if (w <= 0)
				return NULL;
		}
	shutdown(fd, SHUT_WR);
	return NULL;
}

/* One thread writes, one reads the same socket, a third sends all back. */
static void both_ways(int s[2])
{
	pthread_t w, r, e;

	pthread_create(&r, NULL, read_all, &s[0]);
	pthread_create(&e, NULL, echo, &s[1]);
	pthread_create(&w, NULL, write_all, &s[0]);
	pthread_join(w, NULL);
	pthread_join(r, NULL);
	pthread_join(e, NULL);
	close(s[0]);
	close(s[1]);
}

static int dgram[2];

static void *count(void *arg)
{
	long n = 0;
	char b[8];

	while (recv(dgram[1], b, 8, 0) == 2)
		n++;
	return (void *)n;
}

/* Each datagram goes to one of those that wait. */
static void readers(void)
{
	pthread_t t[THREADS];
	long all = 0;
	void *n;

	for (int i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, count, NULL);
	for (int i = 0; i < 200; i++) {
		send(dgram[0], "ab", 2, 0);
		if (i % 20 == 0)
			usleep(1000);
	}
	usleep(50000);
	for (int i = 0; i < THREADS; i++)
		send(dgram[0], "", 1, 0);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(t[i], &n);
		all += (long)n;
	}
	t_val("datagrams", all);
	close(dgram[0]);
	close(dgram[1]);
}

static void *wait_for(void *arg)
{
	char b;

	return (void *)VAL(recv(*(int *)arg, &b, 1, 0));
}

static void *wait_accept(void *arg)
{
	return (void *)VAL(accept(*(int *)arg, NULL, NULL));
}

/* shutdown() wakes who waits in another thread. */
static void woken(int family)
{
	pthread_t t;
	void *r;
	int s[2];

	in_tcp(family, s);
	pthread_create(&t, NULL, wait_for, &s[0]);
	usleep(20000);
	shutdown(s[0], SHUT_RD);
	pthread_join(t, &r);
	t_val("SHUT_RD", (long)r);
	close(s[0]);
	close(s[1]);
	s[0] = in_listener(family, 1);
	pthread_create(&t, NULL, wait_accept, &s[0]);
	usleep(20000);
	shutdown(s[0], SHUT_RD);
	pthread_join(t, &r);
	t_val("of a listener", (long)r);
	close(s[0]);
	in_udp(family, s);
	pthread_create(&t, NULL, wait_for, &s[0]);
	usleep(20000);
	t_val("of datagrams", VAL(shutdown(s[0], SHUT_RDWR)));
	pthread_join(t, &r);
	t_val("woken", (long)r);
	close(s[0]);
	close(s[1]);
}

int main(void)
{
	int s[2];

	in_both(servers);
	t_say("== UNIX\n");
	servers(AF_UNIX);
	t_say("== both ways\n");
	in_tcp(AF_INET, s);
	both_ways(s);
	in_tcp(AF_INET6, s);
	both_ways(s);
	socketpair(AF_UNIX, SOCK_STREAM, 0, s);
	both_ways(s);
	t_say("== readers\n");
	in_udp(AF_INET, dgram);
	readers();
	socketpair(AF_UNIX, SOCK_DGRAM, 0, dgram);
	readers();
	in_both(woken);
	return 0;
}
