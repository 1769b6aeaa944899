/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Large transfers over TCP, both ways at once, in pieces of random size, with
 * small and large buffers; what arrives is compared by a hash.
 */
#include "inet.h"
#include <pthread.h>
#include <sys/epoll.h>

#define TOTAL (4u << 20)

struct half {
	int fd;
	uint32_t seed;
	uint64_t sent, got; /* hashes */
	size_t total, nsent, ngot;
};

static uint32_t next(uint32_t *s)
{
	*s = *s * 1664525 + 1013904223;
	return *s >> 8;
}

static uint64_t mix(uint64_t h, const unsigned char *p, size_t n)
{
	while (n--)
		h = (h ^ *p++) * 0x100000001b3ULL;
	return h;
}

static void *sender(void *arg)
{
	struct half *h = arg;
	uint32_t data = h->seed, size = h->seed + 1;
	static __thread unsigned char buf[100000];

	h->sent = 1;
	while (h->nsent < h->total) {
		size_t n = next(&size) % (next(&size) % 4 ? 3000 : 100000) + 1;
		ssize_t r;

		if (n > h->total - h->nsent)
			n = h->total - h->nsent;
		for (size_t i = 0; i < n; i++)
			buf[i] = next(&data);
		h->sent = mix(h->sent, buf, n);
		for (size_t at = 0; at < n; at += r) {
			r = send(h->fd, buf + at, n - at, 0);
			if (r <= 0) {
				t_ret("send", -errno);
				return NULL;
			}
		}
		h->nsent += n;
	}
	shutdown(h->fd, SHUT_WR);
	return NULL;
}

static void *receiver(void *arg)
{
	struct half *h = arg;
	uint32_t size = h->seed + 2;
	static __thread unsigned char buf[100000];
	ssize_t r;

	h->got = 1;
	while ((r = recv(h->fd, buf,
			 next(&size) % (next(&size) % 4 ? 3000 : 100000) + 1,
			 0)) > 0) {
		h->got = mix(h->got, buf, r);
		h->ngot += r;
	}
	t_ret("end", r < 0 ? -errno : 0);
	return NULL;
}

static void both_ways(const char *what, int s[2], size_t total)
{
	struct half a = {.fd = s[0], .seed = 1, .total = total};
	struct half b = {.fd = s[1], .seed = 2, .total = total};
	pthread_t t[4];

	pthread_create(&t[0], NULL, sender, &a);
	pthread_create(&t[1], NULL, sender, &b);
	pthread_create(&t[2], NULL, receiver, &a);
	pthread_create(&t[3], NULL, receiver, &b);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	t_say("%s: %zu and %zu bytes\n", what, a.ngot, b.ngot);
	t_is("the same", a.sent == b.got && b.sent == a.got);
	close(s[0]);
	close(s[1]);
}

/* One thread, never waiting in send() or recv(). */
static void one_thread(int family)
{
	static unsigned char buf[50000];
	uint32_t data[2] = {7, 8}, check[2] = {7, 8}, size = 9;
	size_t sent[2] = {0, 0}, got[2] = {0, 0};
	int s[2], ep = epoll_create1(0), wrong = 0, ends = 0;

	in_tcp(family, s);
	for (int i = 0; i < 2; i++) {
		struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT | EPOLLET,
					 .data.u32 = i};

		fcntl(s[i], F_SETFL, O_NONBLOCK);
		epoll_ctl(ep, EPOLL_CTL_ADD, s[i], &ev);
	}
	while (ends < 2) {
		struct epoll_event ev;
		ssize_t r;
		int i;

		if (epoll_wait(ep, &ev, 1, 5000) != 1) {
			t_say("stuck at %zu %zu %zu %zu\n", sent[0], sent[1],
			      got[0], got[1]);
			return;
		}
		i = ev.data.u32;
		while (sent[i] < TOTAL) {
			size_t n = next(&size) % sizeof(buf) + 1;
			uint32_t was = data[i];

			if (n > TOTAL - sent[i])
				n = TOTAL - sent[i];
			for (size_t k = 0; k < n; k++)
				buf[k] = next(&data[i]);
			r = send(s[i], buf, n, 0);
			data[i] = was;
			if (r < 0)
				break;
			for (ssize_t k = 0; k < r; k++)
				next(&data[i]);
			sent[i] += r;
			if (sent[i] == TOTAL)
				shutdown(s[i], SHUT_WR);
		}
		while ((r = recv(s[i], buf, next(&size) % sizeof(buf) + 1, 0)) >
		       0) {
			for (ssize_t k = 0; k < r; k++)
				wrong += buf[k] !=
					 (unsigned char)next(&check[!i]);
			got[i] += r;
		}
		if (r == 0) {
			ends++;
			epoll_ctl(ep, EPOLL_CTL_DEL, s[i], NULL);
			if (sent[i] < TOTAL) {
				/* It has more to send, by itself now. */
				struct epoll_event out = {.events = EPOLLOUT,
							  .data.u32 = i};

				ends--;
				epoll_ctl(ep, EPOLL_CTL_ADD, s[i], &out);
			}
		}
	}
	t_say("edge-triggered: %zu and %zu bytes\n", got[0], got[1]);
	t_val("wrong bytes", wrong);
	close(s[0]);
	close(s[1]);
	close(ep);
}

static void all(int family)
{
	int s[2];

	in_tcp(family, s);
	both_ways("default buffers", s, TOTAL);
	in_tcp(family, s);
	for (int i = 0; i < 2; i++) {
		in_set(s[i], SOL_SOCKET, SO_SNDBUF, 8192);
		in_set(s[i], SOL_SOCKET, SO_RCVBUF, 8192);
	}
	both_ways("small buffers", s, 40000);
	in_tcp(family, s);
	in_set(s[0], SOL_SOCKET, SO_SNDBUF, 400000);
	in_set(s[1], IPPROTO_TCP, TCP_NODELAY, 1);
	both_ways("one large, one without delay", s, TOTAL);
	one_thread(family);
}

int main(void)
{
	in_both(all);
	return 0;
}
