/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two objects in one program, one compiled against each library (other.c is
 * musl's in an image): each has its own layout, and they hand each other what
 * has the same in both.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "other.h"

static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void test_both(void)
{
	int s[2], match[2];
	regmatch_t m[2];
	regex_t re;
	char buf[16] = "";
	struct iovec iov = {buf, sizeof(buf)};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};

	/* Each compiles and matches; then one compiles, the other matches. */
	other_match("b(c)", "abcd", match);
	printf("%d-%d\n", match[0], match[1]);
	if (regcomp(&re, "b(c)", REG_EXTENDED) || regexec(&re, "abcd", 2, m, 0))
		return;
	printf("%d-%d %zu\n", m[1].rm_so, m[1].rm_eo, re.re_nsub);
	other_execute(&re, "xxbc", match);
	printf("%d-%d\n", match[0], match[1]);
	regfree(&re);

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, s))
		return;
	other_send(s[0], "from the other");
	printf("%d %s\n", (int)recvmsg(s[1], &msg, 0), buf);
	iov.iov_len = 5;
	strcpy(buf, "hello");
	printf("%d", (int)sendmsg(s[1], &msg, 0));
	other_receive(s[0], buf, sizeof(buf));
	printf(" %s\n", buf);
	close(s[0]);
	close(s[1]);

	/* The kind is known once it was locked here. */
	pthread_mutex_lock(&mutex);
	printf("%d\n", other_lock(&mutex));
	other_error(2, buf, sizeof(buf));
	printf("%s\n", buf);
}
