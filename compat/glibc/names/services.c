/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getservent(3): /etc/services from its beginning to its end. Stands in for
 * musl's src/network/serv.c, which finds nothing.
 */
#include "names/netdb.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

static struct px_netdb db = {"/etc/services", NULL, NULL};

int getservent_r(struct servent *s, char *buf, size_t len,
		 struct servent **result)
{
	char **words, *slash = NULL;
	int err;

	px_netdb_lock();
	do {
		struct px_room room = {buf, len};

		err = px_netdb_next(&db, 2, &room, &words);
		if (!err)
			slash = strchr(words[1], '/');
	} while (!err && !slash);
	px_netdb_unlock();
	*result = NULL;
	if (err)
		return err;
	/* A number, a slash, a protocol. */
	*slash = '\0';
	*s = (struct servent){words[0], words + 2, htons(atoi(words[1])),
			      slash + 1};
	*result = s;
	return 0;
}

static struct servent shared, *found;

static int shared_next(void *unused, char *buf, size_t len)
{
	return getservent_r(&shared, buf, len, &found);
}

struct servent *getservent(void)
{
	static char *buf;
	static size_t len;

	return px_netdb_grow(shared_next, NULL, &buf, &len) ? NULL : found;
}

void setservent(int stay_open)
{
	px_netdb_lock();
	px_netdb_rewind(&db);
	px_netdb_unlock();
}

void endservent(void)
{
	px_netdb_lock();
	px_netdb_close(&db);
	px_netdb_unlock();
}
