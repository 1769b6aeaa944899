/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small xenstore client over /dev/xen/xenbus: the device takes one request
 * of xen/io/xs_wire.h and answers with one reply; a watch event may come
 * between the two and is then dropped, because whoever waits for events here
 * either makes no requests meanwhile or looks at the state itself afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <xen/io/xs_wire.h>

#include "dom0.h"

int xs_open(void)
{
	int fd = open("/dev/xen/xenbus", O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int read_all(int fd, void *buf, size_t n)
{
	char *p = buf;

	while (n > 0) {
		ssize_t r = read(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return r < 0 ? -errno : -EIO;
		p += r;
		n -= r;
	}
	return 0;
}

/* Read one message; what does not fit in buf is read and dropped. */
static int receive(int fd, struct xsd_sockmsg *msg, char *buf, size_t size)
{
	int err = read_all(fd, msg, sizeof(*msg));
	size_t keep, left;
	char drop[64];

	if (err)
		return err;
	keep = msg->len < size - 1 ? msg->len : size - 1;
	err = read_all(fd, buf, keep);
	buf[keep] = '\0';
	for (left = msg->len - keep; !err && left > 0;) {
		size_t n = left < sizeof(drop) ? left : sizeof(drop);

		err = read_all(fd, drop, n);
		left -= n;
	}
	return err ? err : (int)keep;
}

static int request(int fd, uint32_t type, const char *body, size_t len,
		   char *buf, size_t size)
{
	struct xsd_sockmsg msg = {.type = type, .len = len};
	char out[512];
	int n;

	if (sizeof(msg) + len > sizeof(out))
		return -E2BIG;
	memcpy(out, &msg, sizeof(msg));
	memcpy(out + sizeof(msg), body, len);
	if (write(fd, out, sizeof(msg) + len) < 0)
		return -errno;
	do
		n = receive(fd, &msg, buf, size);
	while (n >= 0 && msg.type == XS_WATCH_EVENT);
	if (n >= 0 && msg.type == XS_ERROR)
		return strcmp(buf, "ENOENT") == 0 ? -ENOENT : -EIO;
	return n;
}

int xs_read(int fd, const char *path, char *buf, size_t size)
{
	return request(fd, XS_READ, path, strlen(path) + 1, buf, size);
}

/* The children of path, each ending in NUL; returns their total size. */
int xs_directory(int fd, const char *path, char *buf, size_t size)
{
	return request(fd, XS_DIRECTORY, path, strlen(path) + 1, buf, size);
}

int xs_watch(int fd, const char *path, const char *token)
{
	char body[128], answer[16];
	size_t a = strlen(path) + 1, b = strlen(token) + 1;

	if (a + b > sizeof(body))
		return -E2BIG;
	memcpy(body, path, a);
	memcpy(body + a, token, b);
	return request(fd, XS_WATCH, body, a + b, answer, sizeof(answer));
}

int xs_write(int fd, const char *path, const char *value)
{
	char body[256], answer[16];
	size_t a = strlen(path) + 1, b = strlen(value);

	if (a + b > sizeof(body))
		return -E2BIG;
	memcpy(body, path, a);
	memcpy(body + a, value, b);
	return request(fd, XS_WRITE, body, a + b, answer, sizeof(answer));
}

/* Wait for one watch event; the path that changed goes into path. */
int xs_event(int fd, char *path, size_t size)
{
	struct xsd_sockmsg msg;

	return receive(fd, &msg, path, size);
}
