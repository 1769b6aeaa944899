/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ftw(3) and nftw(3) with glibc's codes, which count from 0 where musl's
 * count from 1, and with FTW_CHDIR and FTW_ACTIONRETVAL, which musl lacks.
 *
 * A directory is read to its end before anything in it is visited, so that
 * one descriptor is open at most, whatever the caller allows. A walk that
 * follows symbolic links keeps the directories that it has been in.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "layouts.h"

enum code {
	FILE_,
	DIRECTORY,
	UNREADABLE,
	NO_STAT,
	LINK,
	DIRECTORY_AFTER,
	DANGLING
};
enum flag { PHYSICAL = 1, SAME_MOUNT = 2, CHDIR = 4, DEPTH = 8, ACTIONS = 16 };
enum action { CONTINUE, STOP, SKIP_SUBTREE, SKIP_SIBLINGS };

struct glibc_ftw {
	int base, level;
};

typedef int visit_all(const char *, const struct stat *, int,
		      struct glibc_ftw *);
typedef int visit_old(const char *, const struct stat *, int);

struct seen {
	dev_t dev;
	ino_t ino;
};

struct walk {
	visit_all *all;
	visit_old *old;
	int flags;
	char *path; /* of what is visited; room bytes */
	size_t length, room;
	dev_t dev;
	int start; /* FTW_CHDIR: a descriptor of where relative paths begin */
	struct seen *seen;
	size_t count;
};

int __glibc_nftw(const char *path, visit_all *visit, int limit, int flags);
int __glibc_ftw(const char *path, visit_old *visit, int limit);

static int call(struct walk *w, const struct stat *st, enum code code,
		struct glibc_ftw at)
{
	if (w->all)
		return w->all(w->path, st, code, &at);
	/* ftw() knows of neither links nor a second visit. */
	if (code == DANGLING)
		code = NO_STAT;
	return w->old(w->path, st, code);
}

/* FTW_CHDIR: to where the last part of the path is, or into the path. */
static int go(struct walk *w, struct glibc_ftw at, int into)
{
	char *end, kept;
	int result;

	if (!(w->flags & CHDIR))
		return 0;
	if (fchdir(w->start))
		return -1;
	if (into)
		return chdir(w->path);
	if (!at.base)
		return 0;
	end = w->path + at.base;
	kept = *end;
	*end = 0;
	result = chdir(w->path);
	*end = kept;
	return result;
}

static int status(struct walk *w, struct stat *st, int follow)
{
	/* Relative to the beginning, wherever FTW_CHDIR has gone. */
	return fstatat(w->start, w->path, st, follow ? 0 : AT_SYMLINK_NOFOLLOW);
}

/* Room for a name behind the path; the path may move. */
static int reserve(struct walk *w, size_t more)
{
	size_t need = w->length + more + 2;
	char *path;

	if (need <= w->room)
		return 0;
	path = realloc(w->path, 2 * need);
	if (!path)
		return -1;
	w->path = path;
	w->room = 2 * need;
	return 0;
}

/* 1: seen before, 0: now it is, -1: no memory. */
static int remember(struct walk *w, const struct stat *st)
{
	struct seen *more;

	for (size_t i = 0; i < w->count; i++)
		if (w->seen[i].dev == st->st_dev &&
		    w->seen[i].ino == st->st_ino)
			return 1;
	more = realloc(w->seen, (w->count + 1) * sizeof(*more));
	if (!more)
		return -1;
	w->seen = more;
	w->seen[w->count++] = (struct seen){st->st_dev, st->st_ino};
	return 0;
}

/* All names but . and .., each with its null byte, and an empty one. */
static char *read_names(struct walk *w)
{
	int fd = openat(w->start, w->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	size_t used = 0, room = 256;
	char *names = dir ? malloc(room) : NULL;
	struct dirent *d;
	int error;

	while (names && (d = readdir(dir)) != NULL) {
		size_t size = strlen(d->d_name) + 1;

		if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, ".."))
			continue;
		if (used + size + 1 > room) {
			char *more = realloc(names, room = 2 * (room + size));

			if (!more) {
				free(names);
				names = NULL;
				break;
			}
			names = more;
		}
		memcpy(names + used, d->d_name, size);
		used += size;
	}
	error = errno;
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	errno = error;
	if (names)
		names[used] = 0;
	return names;
}

static int visit(struct walk *w, struct glibc_ftw at);

static int visit_children(struct walk *w, const char *names,
			  struct glibc_ftw at)
{
	size_t length = w->length;
	int result = 0;

	if (go(w, at, 1))
		return -1;
	for (; *names && !result; names += strlen(names) + 1) {
		size_t size = strlen(names);

		if (reserve(w, size))
			return -1;
		if (w->path[length - 1] != '/')
			w->path[w->length++] = '/';
		at.base = (int)w->length;
		memcpy(w->path + w->length, names, size + 1);
		w->length += size;
		result = visit(w, at);
		w->length = length;
		w->path[length] = 0;
		if (w->flags & ACTIONS && result == SKIP_SUBTREE)
			result = 0;
	}
	if (w->flags & ACTIONS && result == SKIP_SIBLINGS)
		result = 0;
	return result;
}

static int visit_directory(struct walk *w, const struct stat *st,
			   struct glibc_ftw at)
{
	char *names = read_names(w);
	struct glibc_ftw below = {at.base, at.level + 1};
	int result = 0, error;

	if (!names)
		return errno == EACCES ? call(w, st, UNREADABLE, at) : -1;
	if (!(w->flags & DEPTH))
		result = call(w, st, DIRECTORY, at);
	if (!result)
		result = visit_children(w, names, below);
	error = errno;
	free(names);
	errno = error;
	/* With FTW_CHDIR, glibc is still in the directory then. */
	if (!result && w->flags & DEPTH)
		result = call(w, st, DIRECTORY_AFTER, at);
	if (!result && go(w, at, 0))
		return -1;
	return result;
}

static int visit(struct walk *w, struct glibc_ftw at)
{
	int follow = !(w->flags & PHYSICAL), known;
	struct stat st;

	memset(&st, 0, sizeof(st));
	if (status(w, &st, follow)) {
		if (errno != EACCES && errno != ENOENT)
			return -1;
		if (follow && !status(w, &st, 0) && S_ISLNK(st.st_mode))
			return call(w, &st, DANGLING, at);
		return at.level ? call(w, &st, NO_STAT, at) : -1;
	}
	if (!S_ISDIR(st.st_mode))
		return call(w, &st, S_ISLNK(st.st_mode) ? LINK : FILE_, at);
	if (!at.level)
		w->dev = st.st_dev;
	else if (w->flags & SAME_MOUNT && st.st_dev != w->dev)
		return 0;
	known = follow ? remember(w, &st) : 0;
	if (known)
		return known < 0 ? -1 : 0;
	return visit_directory(w, &st, at);
}

static int walk(struct walk *w, const char *path)
{
	struct glibc_ftw at = {0, 0};
	int result, error;

	if (!*path) {
		errno = ENOENT;
		return -1;
	}
	w->length = strlen(path);
	if (reserve(w, 0))
		return -1;
	memcpy(w->path, path, w->length + 1);
	while (w->length > 1 && w->path[w->length - 1] == '/')
		w->path[--w->length] = 0;
	for (size_t i = 0; i + 1 < w->length; i++)
		if (w->path[i] == '/')
			at.base = (int)i + 1;
	w->start = AT_FDCWD;
	if (w->flags & CHDIR)
		w->start = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	result = w->start == -1 || go(w, at, 0) ? -1 : visit(w, at);
	error = errno;
	if (w->flags & ACTIONS &&
	    (result == SKIP_SUBTREE || result == SKIP_SIBLINGS))
		result = 0;
	if (w->start >= 0) {
		if (fchdir(w->start))
			result = -1;
		close(w->start);
	}
	free(w->path);
	free(w->seen);
	errno = error;
	return result;
}

int __glibc_nftw(const char *path, visit_all *visit_one, int limit, int flags)
{
	struct walk w = {.all = visit_one, .flags = flags};

	(void)limit;
	if (flags & ~(PHYSICAL | SAME_MOUNT | CHDIR | DEPTH | ACTIONS)) {
		errno = EINVAL;
		return -1;
	}
	return walk(&w, path);
}

int __glibc_ftw(const char *path, visit_old *visit_one, int limit)
{
	struct walk w = {.old = visit_one};

	(void)limit;
	return walk(&w, path);
}
