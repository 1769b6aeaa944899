/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fts(3): walk a tree of files, each directory before and after what is in it.
 *
 * The entries between the current one and its root are linked by fts_parent,
 * those of one directory by fts_link. All share one buffer for paths, as large
 * as fts_pathlen can count, which holds the current entry's. Unless
 * FTS_NOCHDIR is set the working directory is the current entry's, so that
 * fts_accpath is its bare name.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_ROOM (USHRT_MAX + 1)

static bool is_dot(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static FTSENT *new_entry(FTS *fts, FTSENT *parent, const char *name)
{
	size_t len = strlen(name);
	size_t stat_at = (offsetof(FTSENT, fts_name) + len + 1 +
			  _Alignof(struct stat) - 1) &
			 -_Alignof(struct stat);
	FTSENT *e = calloc(1, stat_at + sizeof(struct stat));

	if (!e)
		return NULL;
	memcpy(e->fts_name, name, len + 1);
	e->fts_namelen = len;
	e->fts_path = fts->fts_path;
	e->fts_statp = (struct stat *)((char *)e + stat_at);
	e->fts_instr = FTS_NOINSTR;
	e->fts_symfd = -1;
	e->fts_parent = parent;
	e->fts_level = parent ? parent->fts_level + 1 : FTS_ROOTPARENTLEVEL;
	return e;
}

static void free_entry(FTSENT *e)
{
	if (e->fts_flags & FTS_SYMFOLLOW)
		close(e->fts_symfd);
	free(e);
}

static void free_list(FTSENT *e)
{
	while (e) {
		FTSENT *next = e->fts_link;

		free_entry(e);
		e = next;
	}
}

/* The ancestor that is the same directory, or NULL. */
static FTSENT *same_above(const FTSENT *e)
{
	FTSENT *a = e->fts_parent;

	for (; a->fts_level >= FTS_ROOTLEVEL; a = a->fts_parent)
		if (a->fts_ino == e->fts_ino && a->fts_dev == e->fts_dev)
			return a;
	return NULL;
}

/* What the entry called name in directory dir is: an fts_info. */
static int examine(FTS *fts, FTSENT *e, int dir, const char *name, bool follow)
{
	struct stat *st = e->fts_statp;

	follow = follow || fts->fts_options & FTS_LOGICAL;
	e->fts_errno = 0;
	if (fstatat(dir, name, st, follow ? 0 : AT_SYMLINK_NOFOLLOW)) {
		int err = errno;

		if (follow && !fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW)) {
			errno = 0;
			return FTS_SLNONE;
		}
		e->fts_errno = err;
		memset(st, 0, sizeof(*st));
		return FTS_NS;
	}
	e->fts_dev = st->st_dev;
	e->fts_ino = st->st_ino;
	e->fts_nlink = st->st_nlink;
	switch (st->st_mode & S_IFMT) {
	case S_IFDIR:
		if (e->fts_level != FTS_ROOTLEVEL && is_dot(e->fts_name))
			return FTS_DOT;
		e->fts_cycle = same_above(e);
		return e->fts_cycle ? FTS_DC : FTS_D;
	case S_IFLNK:
		return FTS_SL;
	case S_IFREG:
		return FTS_F;
	}
	return FTS_DEFAULT;
}

static FTSENT *sort(FTS *fts, FTSENT *list, size_t n)
{
	FTSENT **array, **slot;

	if (!fts->fts_compar || n < 2)
		return list;
	array = calloc(n, sizeof(*array));
	/* Unsorted is better than nothing. */
	if (!array)
		return list;
	slot = array;
	for (FTSENT *e = list; e; e = e->fts_link)
		*slot++ = e;
	qsort(array, n, sizeof(*array), fts->fts_compar);
	for (size_t i = 0; i < n; i++)
		array[i]->fts_link = i + 1 < n ? array[i + 1] : NULL;
	list = array[0];
	free(array);
	return list;
}

static bool wanted(FTS *fts, const struct dirent *d)
{
	return fts->fts_options & FTS_SEEDOT || !is_dot(d->d_name);
}

/* With FTS_NOSTAT what cannot be a directory is not looked at. */
static bool need_stat(FTS *fts, const struct dirent *d)
{
	return !(fts->fts_options & FTS_NOSTAT) ||
	       !(fts->fts_options & FTS_PHYSICAL) || d->d_type == DT_DIR ||
	       d->d_type == DT_UNKNOWN;
}

/* Where the name of an entry in directory parent stands in its path. */
static size_t name_offset(FTS *fts, const FTSENT *parent)
{
	size_t len = parent->fts_pathlen;

	return len && fts->fts_path[len - 1] == '/' ? len : len + 1;
}

/* The entries of directory parent, open as d; *n: how many. NULL: errno. */
static FTSENT *read_names(FTS *fts, FTSENT *parent, DIR *d, bool names_only,
			  size_t *n)
{
	FTSENT *list = NULL, **end = &list;
	struct dirent *entry;

	for (*n = 0; (entry = readdir(d));) {
		FTSENT *e;
		size_t len;

		if (!wanted(fts, entry))
			continue;
		len = name_offset(fts, parent) + strlen(entry->d_name);
		e = len < PATH_ROOM ? new_entry(fts, parent, entry->d_name)
				    : NULL;
		if (!e) {
			free_list(list);
			fts->fts_options |= FTS_STOP;
			errno = len < PATH_ROOM ? ENOMEM : ENAMETOOLONG;
			return NULL;
		}
		e->fts_pathlen = len;
		e->fts_accpath = fts->fts_options & FTS_NOCHDIR ? fts->fts_path
								: e->fts_name;
		e->fts_info = FTS_NSOK;
		if (!names_only && need_stat(fts, entry))
			e->fts_info =
				examine(fts, e, dirfd(d), e->fts_name, false);
		*end = e;
		end = &e->fts_link;
		++*n;
	}
	errno = 0;
	return list;
}

/*
 * The sorted entries of directory e. go: make it the working directory too.
 * NULL: it has none, or cannot be read, which e then says.
 */
static FTSENT *list_directory(FTS *fts, FTSENT *e, bool names_only, bool go)
{
	FTSENT *list;
	size_t n = 0;
	DIR *d = opendir(e->fts_accpath);

	if (!d) {
		if (go) {
			e->fts_info = FTS_DNR;
			e->fts_errno = errno;
		}
		return NULL;
	}
	list = read_names(fts, e, d, names_only, &n);
	if (list && go && !(fts->fts_options & FTS_NOCHDIR) &&
	    fchdir(dirfd(d))) {
		/* They stay unreachable by their names. */
		e->fts_errno = errno;
		e->fts_flags |= FTS_DONTCHDIR;
		for (FTSENT *c = list; c; c = c->fts_link)
			c->fts_accpath = e->fts_accpath;
	}
	closedir(d);
	return sort(fts, list, n);
}

/* A root begins its walk: its path is what the caller gave. */
static FTSENT *give_root(FTS *fts, FTSENT *e)
{
	char *slash = strrchr(e->fts_name, '/');

	e->fts_pathlen = e->fts_namelen;
	memcpy(fts->fts_path, e->fts_name, e->fts_namelen + 1);
	e->fts_accpath = e->fts_path;
	/* The name is the last part, but for the root directory's. */
	if (slash && (slash != e->fts_name || slash[1])) {
		e->fts_namelen = strlen(slash + 1);
		memmove(e->fts_name, slash + 1, e->fts_namelen + 1);
	}
	fts->fts_dev = e->fts_dev;
	return fts->fts_cur = e;
}

static FTSENT *give_child(FTS *fts, FTSENT *e)
{
	size_t at = name_offset(fts, e->fts_parent);

	fts->fts_path[at - 1] = '/';
	memcpy(fts->fts_path + at, e->fts_name, e->fts_namelen + 1);
	return fts->fts_cur = e;
}

/* Look through the symbolic link that the caller asked to follow. */
static void follow(FTS *fts, FTSENT *e, const char *name)
{
	e->fts_info = examine(fts, e, AT_FDCWD, name, true);
	if (e->fts_info != FTS_D || fts->fts_options & FTS_NOCHDIR)
		return;
	/* ".." of its target is not where we are. */
	e->fts_symfd = open(".", O_RDONLY | O_CLOEXEC);
	if (e->fts_symfd < 0) {
		e->fts_errno = errno;
		e->fts_info = FTS_ERR;
	} else {
		e->fts_flags |= FTS_SYMFOLLOW;
	}
}

static FTSENT *stop(FTS *fts)
{
	fts->fts_options |= FTS_STOP;
	return NULL;
}

static bool go_to_start(FTS *fts)
{
	return fts->fts_options & FTS_NOCHDIR || !fchdir(fts->fts_rfd);
}

/* Out of directory e, whose entries are all done. */
static bool go_up(FTS *fts, FTSENT *e)
{
	if (fts->fts_options & FTS_NOCHDIR)
		return true;
	if (e->fts_level == FTS_ROOTLEVEL)
		return go_to_start(fts);
	if (e->fts_flags & FTS_SYMFOLLOW)
		return !fchdir(e->fts_symfd);
	return e->fts_flags & FTS_DONTCHDIR || !chdir("..");
}

static FTSENT *leave(FTS *fts, FTSENT *e)
{
	fts->fts_path[e->fts_pathlen] = '\0';
	fts->fts_cur = e;
	if (!go_up(fts, e))
		return stop(fts);
	if (e->fts_flags & FTS_SYMFOLLOW) {
		close(e->fts_symfd);
		e->fts_flags &= ~FTS_SYMFOLLOW;
	}
	e->fts_info = e->fts_errno ? FTS_ERR : FTS_DP;
	return e;
}

/* What comes after e when nothing below it is left. */
static FTSENT *after(FTS *fts, FTSENT *e)
{
	FTSENT *parent = e->fts_parent;

	do {
		FTSENT *next = e->fts_link;

		free_entry(e);
		e = next;
	} while (e && e->fts_level != FTS_ROOTLEVEL &&
		 e->fts_instr == FTS_SKIP);
	if (!e && parent->fts_level == FTS_ROOTPARENTLEVEL) {
		free(parent);
		errno = 0;
		return fts->fts_cur = NULL;
	}
	if (!e)
		return leave(fts, parent);
	if (e->fts_level == FTS_ROOTLEVEL)
		return go_to_start(fts) ? give_root(fts, e) : stop(fts);
	give_child(fts, e);
	if (e->fts_instr == FTS_FOLLOW) {
		follow(fts, e, e->fts_accpath);
		e->fts_instr = FTS_NOINSTR;
	}
	return e;
}

static void forget_children(FTS *fts)
{
	free_list(fts->fts_child);
	fts->fts_child = NULL;
}

/* Into directory e, which the caller has seen; NULL if it is done instead. */
static FTSENT *enter(FTS *fts, FTSENT *e)
{
	FTSENT *child;

	/* What fts_children() found is what the caller gave orders for. */
	if (fts->fts_child && !(fts->fts_options & FTS_NAMEONLY)) {
		child = fts->fts_child;
		fts->fts_child = NULL;
		if (!(fts->fts_options & FTS_NOCHDIR) &&
		    chdir(e->fts_accpath)) {
			e->fts_errno = errno;
			e->fts_flags |= FTS_DONTCHDIR;
			for (FTSENT *c = child; c; c = c->fts_link)
				c->fts_accpath = e->fts_accpath;
		}
	} else {
		forget_children(fts);
		child = list_directory(fts, e, false, true);
	}
	fts->fts_options &= ~FTS_NAMEONLY;
	return child ? give_child(fts, child) : NULL;
}

FTSENT *fts_read(FTS *fts)
{
	FTSENT *e = fts->fts_cur, *child;
	int instruction;

	if (!e || fts->fts_options & FTS_STOP)
		return NULL;
	instruction = e->fts_instr;
	e->fts_instr = FTS_NOINSTR;
	if (instruction == FTS_AGAIN) {
		e->fts_info = examine(fts, e, AT_FDCWD, e->fts_accpath, false);
		return e;
	}
	if (instruction == FTS_FOLLOW &&
	    (e->fts_info == FTS_SL || e->fts_info == FTS_SLNONE)) {
		follow(fts, e, e->fts_accpath);
		return e;
	}
	if (e->fts_info != FTS_D)
		return after(fts, e);
	if (instruction == FTS_SKIP ||
	    (fts->fts_options & FTS_XDEV && e->fts_dev != fts->fts_dev)) {
		forget_children(fts);
		e->fts_info = FTS_DP;
		return e;
	}
	child = enter(fts, e);
	if (child || fts->fts_options & FTS_STOP)
		return child;
	/* Nothing in it: it ends at once, or could not be read at all. */
	if (e->fts_info == FTS_D)
		e->fts_info = e->fts_errno ? FTS_ERR : FTS_DP;
	return e;
}

FTSENT *fts_children(FTS *fts, int options)
{
	FTSENT *e = fts->fts_cur;

	if (options && options != FTS_NAMEONLY) {
		errno = EINVAL;
		return NULL;
	}
	errno = 0;
	if (!e || fts->fts_options & FTS_STOP)
		return NULL;
	if (e->fts_info == FTS_INIT)
		return e->fts_link;
	if (e->fts_info != FTS_D)
		return NULL;
	forget_children(fts);
	fts->fts_options &= ~FTS_NAMEONLY;
	fts->fts_options |= options;
	return fts->fts_child = list_directory(fts, e, options, false);
}

int fts_set(FTS *fts, FTSENT *entry, int instruction)
{
	if (instruction < 0 || instruction > FTS_SKIP) {
		errno = EINVAL;
		return 1;
	}
	entry->fts_instr = instruction;
	return 0;
}

static FTSENT *make_roots(FTS *fts, FTSENT *above, char *const *paths)
{
	FTSENT *list = NULL, **end = &list;
	bool look = fts->fts_options & FTS_COMFOLLOW;
	size_t n = 0;

	for (; *paths; paths++, n++) {
		FTSENT *e = NULL;

		errno = ENOENT;
		if (**paths) {
			errno = ENAMETOOLONG;
			if (strlen(*paths) < PATH_ROOM)
				e = new_entry(fts, above, *paths);
		}
		if (!e) {
			free_list(list);
			return NULL;
		}
		e->fts_accpath = e->fts_name;
		e->fts_info = examine(fts, e, AT_FDCWD, e->fts_name, look);
		*end = e;
		end = &e->fts_link;
	}
	errno = 0;
	return sort(fts, list, n);
}

/* Before the first root stands an entry that fts_read() goes on from. */
static int start(FTS *fts, char *const *paths)
{
	FTSENT *above = new_entry(fts, NULL, ""), *first;
	int err;

	if (!above)
		return -1;
	first = new_entry(fts, above, "");
	if (first) {
		first->fts_info = FTS_INIT;
		first->fts_link = make_roots(fts, above, paths);
		if (!errno) {
			fts->fts_cur = first;
			return 0;
		}
	}
	err = errno;
	free(first);
	free(above);
	errno = err;
	return -1;
}

FTS *fts_open(char *const *paths, int options,
	      int (*compare)(const FTSENT **, const FTSENT **))
{
	FTS *fts;

	if (options & ~FTS_OPTIONMASK) {
		errno = EINVAL;
		return NULL;
	}
	fts = calloc(1, sizeof(*fts));
	if (!fts)
		return NULL;
	fts->fts_compar = (int (*)(const void *, const void *))compare;
	fts->fts_options = options;
	fts->fts_rfd = -1;
	/* A link that was followed has another directory above it. */
	if (options & FTS_LOGICAL)
		fts->fts_options |= FTS_NOCHDIR;
	fts->fts_pathlen = PATH_ROOM;
	fts->fts_path = malloc(PATH_ROOM);
	if (!fts->fts_path || start(fts, paths)) {
		free(fts->fts_path);
		free(fts);
		return NULL;
	}
	if (!(fts->fts_options & FTS_NOCHDIR)) {
		fts->fts_rfd = open(".", O_RDONLY | O_CLOEXEC);
		if (fts->fts_rfd < 0)
			fts->fts_options |= FTS_NOCHDIR;
	}
	return fts;
}

int fts_close(FTS *fts)
{
	FTSENT *e = fts->fts_cur;
	int err = 0;

	/* What is left: the rest of each list up to the roots'. */
	while (e) {
		FTSENT *parent = e->fts_parent;

		free_list(e);
		e = parent;
	}
	forget_children(fts);
	if (!(fts->fts_options & FTS_NOCHDIR) && fchdir(fts->fts_rfd))
		err = errno;
	if (fts->fts_rfd >= 0)
		close(fts->fts_rfd);
	free(fts->fts_path);
	free(fts);
	if (!err)
		return 0;
	errno = err;
	return -1;
}

/* Names for programs with 64-bit offsets, which there are no others of. */
FTS *fts64_open(char *const *paths, int options,
		int (*compare)(const FTSENT **, const FTSENT **))
	__attribute__((alias("fts_open")));
FTSENT *fts64_read(FTS *fts) __attribute__((alias("fts_read")));
FTSENT *fts64_children(FTS *fts, int options)
	__attribute__((alias("fts_children")));
int fts64_set(FTS *fts, FTSENT *entry, int instruction)
	__attribute__((alias("fts_set")));
int fts64_close(FTS *fts) __attribute__((alias("fts_close")));
