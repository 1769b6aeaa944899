/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest of tests/wire: makes the socket calls that a script asks for. Each
 * line on stdin is "SCRIPT CALL NUMBER...", each answer a line
 * "SCRIPT RESULT [TEXT]", where an error is a negative errno. Every script has
 * a thread, so that a call may block. Addresses are IPv4's, or IPv6's if they
 * have a colon.
 *
 * What is written follows a pattern by which what is read is checked: byte n of
 * a stream is n * 7 + n / 251.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#define SCRIPTS 2048
#define FDS	4096
#define PIECE	65536

struct script {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	char line[128];
	int waiting;
	unsigned char own[FDS / 8];
};

static struct script *scripts[SCRIPTS];
static unsigned long long written[FDS], got[FDS];

static void fill(char *buf, size_t n, unsigned long long at)
{
	for (size_t i = 0; i < n; i++, at++)
		buf[i] = at * 7 + at / 251;
}

static int differs(const char *buf, size_t n, unsigned long long at)
{
	for (size_t i = 0; i < n; i++, at++)
		if (buf[i] != (char)(at * 7 + at / 251))
			return 1;
	return 0;
}

static socklen_t name(struct sockaddr_in6 *a, const char *text, int port)
{
	struct sockaddr_in *a4 = (void *)a;

	memset(a, 0, sizeof(*a));
	if (strchr(text, ':')) {
		a->sin6_family = AF_INET6;
		a->sin6_port = htons(port);
		inet_pton(AF_INET6, text, &a->sin6_addr);
		return sizeof(*a);
	}
	a4->sin_family = AF_INET;
	a4->sin_port = htons(port);
	inet_pton(AF_INET, text, &a4->sin_addr);
	return sizeof(*a4);
}

static long opened(struct script *s, long fd)
{
	if (fd < 0)
		return fd;
	s->own[fd / 8] |= 1 << fd % 8;
	written[fd] = got[fd] = 0;
	return fd;
}

static long closed(struct script *s, int fd)
{
	s->own[fd / 8] &= ~(1 << fd % 8);
	return close(fd);
}

/* A listening socket of both families. */
static long serve(struct script *s, int port, int backlog)
{
	struct sockaddr_in6 a;
	int fd = socket(AF_INET6, SOCK_STREAM, 0);

	if (opened(s, fd) < 0 || bind(fd, (void *)&a, name(&a, "::", port)) ||
	    listen(fd, backlog))
		return -1;
	return fd;
}

/* The thread's buffer of PIECE bytes. */
static char *piece(void)
{
	static __thread char *buf;

	if (!buf)
		buf = malloc(PIECE);
	return buf;
}

/* Write n bytes, in one call or in as many as it takes. */
static long put(int fd, size_t n, int flags, int all)
{
	char *buf = piece();
	long sum = 0;

	while ((size_t)sum < n) {
		size_t part = n - sum < PIECE ? n - sum : PIECE;
		long r;

		fill(buf, part, written[fd]);
		r = send(fd, buf, part, flags | MSG_NOSIGNAL);
		if (r < 0)
			return sum && all ? sum : r;
		sum += r;
		written[fd] += r;
		if (!all)
			break;
	}
	return sum;
}

static long take(int fd, size_t n, int flags, int all, char *text)
{
	char *buf = piece();
	long sum = 0;

	while ((size_t)sum < n) {
		size_t part = n - sum < PIECE ? n - sum : PIECE;
		long r = recv(fd, buf, part, flags);

		if (r < 0)
			return r;
		if (differs(buf, r, got[fd]))
			strcpy(text, "differs");
		got[fd] += r;
		sum += r;
		if (!r || !all)
			break;
	}
	return sum;
}

static long set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value));
}

static long get(int fd, int level, int option)
{
	int value = 0;
	socklen_t len = sizeof(value);
	int r = getsockopt(fd, level, option, &value, &len);

	return r ? r : value;
}

static long linger(int fd, int on, int seconds)
{
	struct linger l = {on, seconds};

	return setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof(l));
}

static long wait_for(int fd, int events, int ms)
{
	struct pollfd p = {fd, events, 0};
	int r = poll(&p, 1, ms);

	return r > 0 ? p.revents : r;
}

static long unread(int fd)
{
	int n = 0;
	int r = ioctl(fd, FIONREAD, &n);

	return r ? r : n;
}

static long at_mark(int fd)
{
	int n = 0;
	int r = ioctl(fd, SIOCATMARK, &n);

	return r ? r : n;
}

static long memory(void)
{
	struct sysinfo i;

	sysinfo(&i);
	return i.freeram * i.mem_unit;
}

/* Close what the script left open, without a word to anybody. */
static void end(struct script *s)
{
	for (int fd = 3; fd < FDS; fd++)
		if (s->own[fd / 8] & 1 << fd % 8) {
			linger(fd, 1, 0);
			closed(s, fd);
		}
}

static long call(struct script *s, const char *line, char *text)
{
	struct sockaddr_in6 a;
	char what[32] = "", addr[64] = "";
	long v[4] = {0};
	int n;

	sscanf(line, "%31s %n", what, &n);
	line += n;
	if (!strcmp(what, "connect") || !strcmp(what, "bind"))
		sscanf(line, "%ld %63s %ld", v, addr, v + 1);
	else
		sscanf(line, "%ld %ld %ld %ld", v, v + 1, v + 2, v + 3);
#define IS(x) (!strcmp(what, x))
	if (IS("serve"))
		return serve(s, v[0], v[1] ? v[1] : 8);
	if (IS("socket"))
		return opened(s, socket(v[0] == 6 ? AF_INET6 : AF_INET,
					SOCK_STREAM, 0));
	if (IS("bind"))
		return bind(v[0], (void *)&a, name(&a, addr, v[1]));
	if (IS("listen"))
		return listen(v[0], v[1]);
	if (IS("connect"))
		return connect(v[0], (void *)&a, name(&a, addr, v[1]));
	if (IS("accept"))
		return opened(s, accept(v[0], NULL, NULL));
	if (IS("write"))
		return put(v[0], v[1], v[2], 0);
	if (IS("writeall"))
		return put(v[0], v[1], v[2], 1);
	if (IS("read"))
		return take(v[0], v[1], v[2], 0, text);
	if (IS("readall"))
		return take(v[0], v[1], v[2], 1, text);
	if (IS("shutdown"))
		return shutdown(v[0], v[1]);
	if (IS("close"))
		return closed(s, v[0]);
	if (IS("set"))
		return set(v[0], v[1], v[2], v[3]);
	if (IS("get"))
		return get(v[0], v[1], v[2]);
	if (IS("linger"))
		return linger(v[0], v[1], v[2]);
	if (IS("nonblock"))
		return fcntl(v[0], F_SETFL, O_NONBLOCK);
	if (IS("poll"))
		return wait_for(v[0], v[1], v[2]);
	if (IS("unread"))
		return unread(v[0]);
	if (IS("mark"))
		return at_mark(v[0]);
	if (IS("memory"))
		return memory();
	strcpy(text, "what?");
	errno = ENOSYS;
	return -1;
}

static void *run(void *arg)
{
	long nr = (long)arg;
	struct script *s = scripts[nr];
	char line[128], text[64], out[192];

	for (;;) {
		long r;

		pthread_mutex_lock(&s->lock);
		while (!s->waiting)
			pthread_cond_wait(&s->cond, &s->lock);
		strcpy(line, s->line);
		s->waiting = 0;
		pthread_mutex_unlock(&s->lock);
		if (!strcmp(line, "end")) {
			end(s);
			free(piece());
			return NULL;
		}
		text[0] = '\0';
		errno = 0;
		r = call(s, line, text);
		if (r < 0)
			r = errno ? -errno : -EIO;
		write(1, out, sprintf(out, "%ld %ld %s\n", nr, r, text));
	}
}

static struct script *begin(long nr)
{
	struct script *s = calloc(1, sizeof(*s));
	pthread_attr_t attr;
	pthread_t t;

	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->cond, NULL);
	scripts[nr] = s;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, 32768);
	if (pthread_create(&t, &attr, run, (void *)nr)) {
		perror("pthread_create");
		exit(1);
	}
	return s;
}

int main(void)
{
	char line[256];

	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IONBF, 0);
	printf("ready\n");
	while (fgets(line, sizeof(line), stdin)) {
		char *rest;
		long nr = strtol(line, &rest, 10);
		struct script *s;

		if (nr < 0 || nr >= SCRIPTS)
			return 1;
		s = scripts[nr] ? scripts[nr] : begin(nr);
		rest[strcspn(rest, "\n")] = '\0';
		pthread_mutex_lock(&s->lock);
		strncpy(s->line, rest + (*rest == ' '), sizeof(s->line) - 1);
		s->waiting = 1;
		pthread_cond_signal(&s->cond);
		pthread_mutex_unlock(&s->lock);
	}
	return 0;
}
