/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The resolver's functions that take their state from the caller (resolver(3)).
 * musl reads /etc/resolv.conf anew for each query, so the state is filled for
 * those who look into it, and questions do not depend on it.
 */
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RES_RECURSE | RES_DEFNAMES | RES_DNSRCH, and that the state is filled. */
#define DEFAULT_OPTIONS (RES_INIT | 0x2c0)

enum { DEFAULT_TIMEOUT = 5, DEFAULT_ATTEMPTS = 2 };

static void add_server(struct __res_state *state, const char *address)
{
	struct sockaddr_in *to = &state->nsaddr_list[state->nscount];

	if (state->nscount >= MAXNS ||
	    inet_pton(AF_INET, address, &to->sin_addr) != 1)
		return;
	to->sin_family = AF_INET;
	to->sin_port = htons(NAMESERVER_PORT);
	state->nscount++;
}

/* The domains to look in lie in defdname, one string after the other. */
static void set_search(struct __res_state *state, char *list)
{
	size_t used = 0;
	int n = 0;
	char *next, *word;

	memset(state->dnsrch, 0, sizeof(state->dnsrch));
	for (word = strtok_r(list, " \t", &next); word && n < MAXDNSRCH;
	     word = strtok_r(NULL, " \t", &next)) {
		size_t len = strlen(word) + 1;

		if (used + len > sizeof(state->defdname))
			return;
		state->dnsrch[n++] = memcpy(state->defdname + used, word, len);
		used += len;
	}
}

static int number_after(const char *line, const char *name, int if_none,
			int limit)
{
	const char *at = strstr(line, name);
	int n = at ? atoi(at + strlen(name)) : if_none;

	return n < 0 ? 0 : n > limit ? limit : n;
}

static void read_line(struct __res_state *state, char *line)
{
	char *keyword = strtok_r(line, " \t", &line);

	if (!keyword || !line)
		return;
	if (!strcmp(keyword, "nameserver")) {
		add_server(state, strtok_r(line, " \t", &line));
	} else if (!strcmp(keyword, "search") || !strcmp(keyword, "domain")) {
		set_search(state, line);
	} else if (!strcmp(keyword, "options")) {
		state->ndots = number_after(line, "ndots:", state->ndots, 15);
		state->retrans =
			number_after(line, "timeout:", state->retrans, 30);
		state->retry = number_after(line, "attempts:", state->retry, 5);
	}
}

int __res_ninit(struct __res_state *state)
{
	FILE *f = fopen("/etc/resolv.conf", "re");
	char line[512];

	memset(state, 0, sizeof(*state));
	state->options = DEFAULT_OPTIONS;
	state->retrans = DEFAULT_TIMEOUT;
	state->retry = DEFAULT_ATTEMPTS;
	state->ndots = 1;
	state->_vcsock = -1;
	while (f && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "#;\n")] = '\0';
		read_line(state, line);
	}
	if (f)
		fclose(f);
	/* resolv.conf(5): with none named, the one on this machine. */
	if (!state->nscount)
		add_server(state, "127.0.0.1");
	return 0;
}

int res_ninit(struct __res_state *state)
{
	return __res_ninit(state);
}

/* Nothing is kept open between questions. */
void __res_nclose(struct __res_state *state)
{
	state->options &= ~RES_INIT;
}

void res_nclose(struct __res_state *state)
{
	__res_nclose(state);
}

int res_nquery(struct __res_state *state, const char *name, int class, int type,
	       unsigned char *answer, int len)
{
	int got = res_query(name, class, type, answer, len);

	state->res_h_errno = got < 0 ? h_errno : 0;
	return got;
}

int res_nsearch(struct __res_state *state, const char *name, int class,
		int type, unsigned char *answer, int len)
{
	int got = res_search(name, class, type, answer, len);

	state->res_h_errno = got < 0 ? h_errno : 0;
	return got;
}

int res_nquerydomain(struct __res_state *state, const char *name,
		     const char *domain, int class, int type,
		     unsigned char *answer, int len)
{
	int got = res_querydomain(name, domain, class, type, answer, len);

	state->res_h_errno = got < 0 ? h_errno : 0;
	return got;
}

int res_nmkquery(struct __res_state *state, int op, const char *name, int class,
		 int type, const unsigned char *data, int data_len,
		 const unsigned char *more, unsigned char *to, int len)
{
	return res_mkquery(op, name, class, type, data, data_len, more, to,
			   len);
}

int res_nsend(struct __res_state *state, const unsigned char *question,
	      int question_len, unsigned char *answer, int len)
{
	return res_send(question, question_len, answer, len);
}
