/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading the files of netdb.h. */
#include "names/netdb.h"
#include <errno.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS	  " \t\r\f\v"
#define FIRST_LEN 512

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void px_netdb_lock(void)
{
	pthread_mutex_lock(&lock);
}

void px_netdb_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

void *px_room_take(struct px_room *room, size_t size)
{
	size_t gap = -(uintptr_t)room->at & (alignof(void *) - 1);
	char *p = room->at + gap;

	if (gap > room->left || size > room->left - gap)
		return NULL;
	room->at = p + size;
	room->left -= gap + size;
	return p;
}

/* Cut text, which lies in the caller's room, into words. */
static int split(char *text, struct px_room *room, char ***words)
{
	size_t n = 0;
	char *next, *word;

	*words = NULL;
	for (word = strtok_r(text, BLANKS, &next); word;
	     word = strtok_r(NULL, BLANKS, &next)) {
		char **slot;

		/* The first slot is the array; the rest follow at once. */
		slot = px_room_take(room, sizeof(char *));
		if (!slot)
			return ERANGE;
		if (!n)
			*words = slot;
		(*words)[n++] = word;
	}
	if (!n)
		return 0;
	if (!px_room_take(room, sizeof(char *)))
		return ERANGE;
	(*words)[n] = NULL;
	return 0;
}

static size_t count(char **words)
{
	size_t n = 0;

	while (words && words[n])
		n++;
	return n;
}

static int take_line(char *line, size_t min, struct px_room *room,
		     char ***words)
{
	struct px_room left = *room;
	size_t len;
	char *text;
	int err;

	line[strcspn(line, "#\n")] = '\0';
	line += strspn(line, BLANKS);
	if (!*line)
		return EAGAIN;
	len = strlen(line) + 1;
	text = px_room_take(&left, len);
	if (!text)
		return ERANGE;
	memcpy(text, line, len);
	err = split(text, &left, words);
	if (err)
		return err;
	if (count(*words) < min)
		return EAGAIN;
	*room = left;
	return 0;
}

static int open_file(struct px_netdb *db)
{
	if (db->file)
		return 0;
	db->file = fopen(db->path, "re");
	if (!db->file && db->builtin)
		db->file =
			fmemopen((void *)db->builtin, strlen(db->builtin), "r");
	return db->file ? 0 : ENOENT;
}

int px_netdb_next(struct px_netdb *db, size_t min, struct px_room *room,
		  char ***words)
{
	char *line = NULL;
	size_t size = 0;
	int err = open_file(db);

	while (!err) {
		off_t start = ftello(db->file);

		if (getline(&line, &size, db->file) < 0) {
			err = ENOENT;
			break;
		}
		err = take_line(line, min, room, words);
		if (err == ERANGE)
			fseeko(db->file, start, SEEK_SET);
		if (err != EAGAIN)
			break;
		err = 0;
	}
	free(line);
	return err;
}

void px_netdb_rewind(struct px_netdb *db)
{
	if (db->file)
		rewind(db->file);
}

void px_netdb_close(struct px_netdb *db)
{
	if (db->file)
		fclose(db->file);
	db->file = NULL;
}

int px_netdb_named(const char *name, const char *first, char *const others[])
{
	if (!strcmp(name, first))
		return 1;
	for (; *others; others++)
		if (!strcmp(name, *others))
			return 1;
	return 0;
}

int px_netdb_grow(int (*call)(void *arg, char *buf, size_t len), void *arg,
		  char **buf, size_t *len)
{
	int err = *buf ? call(arg, *buf, *len) : ERANGE;

	while (err == ERANGE) {
		size_t more = *len ? 2 * *len : FIRST_LEN;
		char *larger = realloc(*buf, more);

		if (!larger)
			return ENOMEM;
		*buf = larger;
		*len = more;
		err = call(arg, *buf, *len);
	}
	return err;
}
