/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files behind <netdb.h> (protocols(5), services(5), networks(5),
 * hosts(5)): lines of words, of which # begins a comment.
 */
#ifndef GLIBC_NAMES_NETDB_H
#define GLIBC_NAMES_NETDB_H

#include <stddef.h>
#include <stdio.h>

struct px_netdb {
	const char *path;
	const char
		*builtin; /* what to read if there is no such file, or NULL */
	FILE *file;
};

/* A caller's buffer, or what is left of it. */
struct px_room {
	char *at;
	size_t left;
};

/* size bytes of room, aligned for pointers; NULL if it has fewer. */
void *px_room_take(struct px_room *room, size_t size);

/* All below run with this lock held: the database's position is shared. */
void px_netdb_lock(void);
void px_netdb_unlock(void);

/*
 * The next line of at least min words, copied into room; *words ends with NULL.
 * 0, ENOENT (the end, or no file), or ERANGE: then the line is not passed.
 */
int px_netdb_next(struct px_netdb *db, size_t min, struct px_room *room,
		  char ***words);
void px_netdb_rewind(struct px_netdb *db);
void px_netdb_close(struct px_netdb *db);

/* True if name is words[0] or one of the NULL-ended others. */
int px_netdb_named(const char *name, const char *first, char *const others[]);

/*
 * For the functions that return a pointer: call(arg, buf, len) with a buffer
 * that is made larger while it answers ERANGE. The buffer stays *buf.
 */
int px_netdb_grow(int (*call)(void *arg, char *buf, size_t len), void *arg,
		  char **buf, size_t *len);

#endif
