/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdtable.c: descriptors of a process.
 *
 * A slot holds NULL (free), RESERVED, or a file whose reference it owns. The
 * bitmap `used` covers both of the latter, so that the lowest free descriptor
 * is found a word at a time; `first_free` is a lower bound for it.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include "internal.h"
#include "locks.h"
#include "special.h"

#define FIRST_SIZE 64
#define BITS	   64
#define RESERVED   ((struct file *)1)
#define MAX_FDS	   (1 << 20) /* Linux's fs.nr_open */

struct fd_table {
	struct file **files;
	uint64_t *used, *cloexec; /* bitmaps */
	int size;		  /* a multiple of BITS */
	int first_free;
};

static struct fd_table *current_table(void)
{
	return current_process()->files;
}

static bool test_bit(const uint64_t *map, int n)
{
	return map[n / BITS] >> (n % BITS) & 1;
}

static void set_bit(uint64_t *map, int n, bool on)
{
	uint64_t bit = 1ULL << (n % BITS);

	if (on)
		map[n / BITS] |= bit;
	else
		map[n / BITS] &= ~bit;
}

/* Slots and both bitmaps are one block of memory. */
static int resize(struct fd_table *t, int size)
{
	size_t map = (size_t)size / BITS * sizeof(uint64_t);
	size_t old_map = (size_t)t->size / BITS * sizeof(uint64_t);
	struct file **files;
	uint64_t *used;

	files = kzalloc((size_t)size * sizeof(*files) + 2 * map);
	if (!files)
		return -ENOMEM;
	used = (uint64_t *)(files + size);
	if (t->files) {
		memcpy(files, t->files, (size_t)t->size * sizeof(*files));
		memcpy(used, t->used, old_map);
		memcpy(used + size / BITS, t->cloexec, old_map);
		kfree(t->files);
	}
	t->files = files;
	t->used = used;
	t->cloexec = used + size / BITS;
	t->size = size;
	return 0;
}

struct fd_table *fd_table_create(void)
{
	struct fd_table *t = kzalloc(sizeof(*t));

	if (t && resize(t, FIRST_SIZE)) {
		kfree(t);
		return NULL;
	}
	return t;
}

static struct file *slot(struct fd_table *t, int fd)
{
	struct file *f;

	if (fd < 0 || fd >= t->size)
		return NULL;
	f = t->files[fd];
	return f == RESERVED ? NULL : f;
}

struct file *fd_table_get(struct fd_table *t, int fd)
{
	struct file *f = slot(t, fd);

	if (f)
		file_get(f);
	return f;
}

int fd_table_next(struct fd_table *t, int fd)
{
	for (; fd < t->size; fd++)
		if (slot(t, fd))
			return fd;
	return -1;
}

int fd_table_size(struct fd_table *t)
{
	return t->size;
}

bool fd_table_cloexec(struct fd_table *t, int fd)
{
	return slot(t, fd) && test_bit(t->cloexec, fd);
}

int fd_set_cloexec(int fd, bool on)
{
	struct fd_table *t = current_table();

	if (!slot(t, fd))
		return -EBADF;
	set_bit(t->cloexec, fd, on);
	return 0;
}

struct file *fd_get_any(int fd)
{
	return fd_table_get(current_table(), fd);
}

struct file *fd_get(int fd)
{
	struct file *f = slot(current_table(), fd);

	if (!f || (f->flags & O_PATH))
		return NULL;
	file_get(f);
	return f;
}

/* RLIMIT_NOFILE bounds new descriptors only (getrlimit(2)). */
static int limit(void)
{
	uint64_t max = current_process()->rlim[RLIMIT_NOFILE].rlim_cur;

	return (int)MIN(max, MAX_FDS);
}

/* The lowest unused descriptor >= min, which may lie beyond the table. */
static int find_free(const struct fd_table *t, int min)
{
	int fd = MAX(min, t->first_free);

	while (fd < t->size) {
		uint64_t free = ~t->used[fd / BITS] >> (fd % BITS);

		if (free)
			return fd + __builtin_ctzll(free);
		fd = (fd / BITS + 1) * BITS;
	}
	return fd;
}

static int make_room(struct fd_table *t, int fd)
{
	int size = t->size;

	while (size <= fd)
		size *= 2;
	return size == t->size ? 0 : resize(t, size);
}

static void mark_used(struct fd_table *t, int fd)
{
	set_bit(t->used, fd, true);
	t->files[fd] = RESERVED;
	if (fd == t->first_free)
		t->first_free = fd + 1;
}

static void mark_free(struct fd_table *t, int fd)
{
	set_bit(t->used, fd, false);
	set_bit(t->cloexec, fd, false);
	t->files[fd] = NULL;
	if (fd < t->first_free)
		t->first_free = fd;
}

int fd_reserve(int min)
{
	struct fd_table *t = current_table();
	int fd = find_free(t, min);
	int err;

	if (fd >= limit())
		return -EMFILE;
	err = make_room(t, fd);
	if (err)
		return err;
	mark_used(t, fd);
	return fd;
}

void fd_release(int fd)
{
	struct fd_table *t = current_table();

	assert(t->files[fd] == RESERVED);
	mark_free(t, fd);
}

void fd_install(int fd, struct file *f, bool cloexec)
{
	struct fd_table *t = current_table();

	assert(t->files[fd] == RESERVED);
	t->files[fd] = f;
	set_bit(t->cloexec, fd, cloexec);
}

int fd_install_new(struct file *f, int flags)
{
	int fd = fd_reserve(0);

	if (fd >= 0)
		fd_install(fd, f, flags & O_CLOEXEC);
	return fd;
}

/* close(2): whatever flush says, the descriptor is free afterwards. */
static int close_file(struct file *f)
{
	int err = 0;

	if (!(f->flags & O_PATH)) {
		if (f->ops && f->ops->flush)
			err = f->ops->flush(f);
		locks_close(f);
	}
	file_put(f);
	return err;
}

int fd_close(int fd)
{
	struct fd_table *t = current_table();
	struct file *f = slot(t, fd);

	if (!f)
		return -EBADF;
	mark_free(t, fd);
	return close_file(f);
}

/* dup2(2): f (the caller's reference) at exactly fd, closing what was there. */
int fd_replace(int fd, struct file *f, bool cloexec)
{
	struct fd_table *t = current_table();
	struct file *old;
	int err;

	if (fd < 0 || fd >= limit())
		return -EBADF;
	err = make_room(t, fd);
	if (err)
		return err;
	old = t->files[fd];
	if (old == RESERVED)
		return -EBUSY;
	if (!old)
		mark_used(t, fd);
	t->files[fd] = f;
	set_bit(t->cloexec, fd, cloexec);
	if (old)
		close_file(old);
	return fd;
}

void fd_table_destroy(struct fd_table *t)
{
	for (int fd = 0; fd < t->size; fd++) {
		struct file *f = slot(t, fd);

		if (!f)
			continue;
		mark_free(t, fd);
		close_file(f);
	}
	kfree(t->files);
	kfree(t);
}

int fd_limit(void)
{
	return limit();
}
