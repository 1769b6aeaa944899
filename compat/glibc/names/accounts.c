/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getpwent_r(3), getgrent_r(3) and their kin for files that are open already:
 * an entry of musl's, copied into the caller's buffer. One that does not fit is
 * kept for the next call, which is how a caller with a larger buffer gets it.
 */
#include "names/netdb.h"
#include <errno.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <shadow.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static char *keep(struct px_room *room, const char *s)
{
	size_t len = strlen(s) + 1;
	char *to = len <= room->left ? room->at : NULL;

	if (!to)
		return NULL;
	room->at += len;
	room->left -= len;
	return memcpy(to, s, len);
}

static int copy_passwd(const void *entry, void *to, struct px_room room)
{
	struct passwd *pw = to;

	*pw = *(const struct passwd *)entry;
	return (pw->pw_name = keep(&room, pw->pw_name)) &&
			       (pw->pw_passwd = keep(&room, pw->pw_passwd)) &&
			       (pw->pw_gecos = keep(&room, pw->pw_gecos)) &&
			       (pw->pw_dir = keep(&room, pw->pw_dir)) &&
			       (pw->pw_shell = keep(&room, pw->pw_shell))
		       ? 0
		       : ERANGE;
}

static int copy_group(const void *entry, void *to, struct px_room room)
{
	struct group *gr = to;
	char **members, **from;
	size_t n = 0;

	*gr = *(const struct group *)entry;
	from = gr->gr_mem;
	while (from[n])
		n++;
	members = px_room_take(&room, (n + 1) * sizeof(*members));
	gr->gr_mem = members;
	if (!members || !(gr->gr_name = keep(&room, gr->gr_name)) ||
	    !(gr->gr_passwd = keep(&room, gr->gr_passwd)))
		return ERANGE;
	members[n] = NULL;
	while (n--)
		if (!(members[n] = keep(&room, from[n])))
			return ERANGE;
	return 0;
}

static int copy_shadow(const void *entry, void *to, struct px_room room)
{
	struct spwd *sp = to;

	*sp = *(const struct spwd *)entry;
	return (sp->sp_namp = keep(&room, sp->sp_namp)) &&
			       (sp->sp_pwdp = keep(&room, sp->sp_pwdp))
		       ? 0
		       : ERANGE;
}

/* What one of the databases' functions hands out, and where from. */
struct source {
	void *waiting;	/* an entry that did not fit */
	FILE *waits_in; /* the file that it came from; NULL: the database */
	int (*copy)(const void *entry, void *to, struct px_room room);
};

static struct source passwd = {.copy = copy_passwd};
static struct source group = {.copy = copy_group};
static struct source shadow = {.copy = copy_shadow};

static void *database_passwd(FILE *f)
{
	return f ? fgetpwent(f) : getpwent();
}

static void *database_group(FILE *f)
{
	return f ? fgetgrent(f) : getgrent();
}

static void *database_shadow(FILE *f)
{
	return f ? fgetspent(f) : getspent();
}

static int next(struct source *s, void *(*read)(FILE *f), FILE *f, void *to,
		char *buf, size_t len, void **result)
{
	void *entry;
	int err = ENOENT;

	*result = NULL;
	pthread_mutex_lock(&lock);
	entry = s->waiting && s->waits_in == f ? s->waiting : read(f);
	s->waiting = NULL;
	if (entry)
		err = s->copy(entry, to, (struct px_room){buf, len});
	if (!err)
		*result = to;
	if (err == ERANGE) {
		s->waiting = entry;
		s->waits_in = f;
	}
	pthread_mutex_unlock(&lock);
	return err;
}

#define REENTRANT(type, name, database, own)                                   \
	int name##_r(struct type *to, char *buf, size_t len,                   \
		     struct type **result)                                     \
	{                                                                      \
		return next(&own, database, NULL, to, buf, len,                \
			    (void **)result);                                  \
	}                                                                      \
	int f##name##_r(FILE *f, struct type *to, char *buf, size_t len,       \
			struct type **result)                                  \
	{                                                                      \
		return next(&own, database, f, to, buf, len, (void **)result); \
	}

REENTRANT(passwd, getpwent, database_passwd, passwd)
REENTRANT(group, getgrent, database_group, group)
REENTRANT(spwd, getspent, database_shadow, shadow)
