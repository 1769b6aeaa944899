/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of both.c that is compiled against musl for an image. */
#include <pthread.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "other.h"

void other_execute(const void *re, const char *text, int *match)
{
	regmatch_t m[3];

	memset(m, 0, sizeof(m));
	match[0] = match[1] = -2;
	if (regexec(re, text, 3, m, 0))
		return;
	match[0] = (int)m[1].rm_so;
	match[1] = (int)m[1].rm_eo;
}

void other_match(const char *pattern, const char *text, int *match)
{
	regex_t re;

	if (regcomp(&re, pattern, REG_EXTENDED) || re.re_nsub != 1)
		return;
	other_execute(&re, text, match);
	regfree(&re);
}

void other_send(int fd, const char *text)
{
	struct iovec iov = {(void *)text, strlen(text) + 1};
	struct msghdr msg;

	memset(&msg, 0xff, sizeof(msg));
	msg.msg_name = NULL;
	msg.msg_namelen = 0;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = NULL;
	msg.msg_controllen = 0;
	sendmsg(fd, &msg, 0);
}

void other_receive(int fd, char *buf, size_t size)
{
	struct iovec iov = {buf, size};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	ssize_t n = recvmsg(fd, &msg, 0);

	if (n >= 0 && (size_t)n < size)
		buf[n] = 0;
}

int other_lock(void *mutex)
{
	return pthread_mutex_lock(mutex);
}

void other_error(int error, char *buf, size_t size)
{
	/* POSIX's: an int. */
	if (strerror_r(error, buf, size) != 0)
		snprintf(buf, size, "failed");
}
