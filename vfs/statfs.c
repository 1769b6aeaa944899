/* SPDX-License-Identifier: BSD-2-Clause */
/* statfs.c: statfs(2), fstatfs(2). */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <asm/statfs.h>
#include <linux/magic.h>
#include "internal.h"

/* f_flags has bits of its own: statfs(2). */
#define ST_RDONLY      0x0001
#define ST_NOSUID      0x0002
#define ST_NODEV       0x0004
#define ST_NOEXEC      0x0008
#define ST_SYNCHRONOUS 0x0010
#define ST_VALID       0x0020
#define ST_NOATIME     0x0400
#define ST_NODIRATIME  0x0800
#define ST_RELATIME    0x1000

static long flags_of(unsigned int ms)
{
	static const struct {
		unsigned int ms, st;
	} map[] = {
		{MS_RDONLY, ST_RDONLY},
		{MS_NOSUID, ST_NOSUID},
		{MS_NODEV, ST_NODEV},
		{MS_NOEXEC, ST_NOEXEC},
		{MS_SYNCHRONOUS, ST_SYNCHRONOUS},
		{MS_NOATIME, ST_NOATIME},
		{MS_NODIRATIME, ST_NODIRATIME},
	};
	unsigned int st = ST_VALID;

	for (size_t i = 0; i < ARRAY_SIZE(map); i++)
		if (ms & map[i].ms)
			st |= map[i].st;
	if (!(ms & (MS_NOATIME | MS_STRICTATIME)))
		st |= ST_RELATIME;
	return st;
}

/* Pages that a file may still have: page_plenty() keeps some back. */
static uint64_t pages_left(void)
{
	uint64_t kept = page_total() / 16;
	uint64_t n = page_available();

	return n > kept ? n - kept : 0;
}

/* Free space is what the share still allows and memory still has. */
static void fill_space(const struct super *s, struct statfs *st)
{
	uint64_t left;

	if (!s->max_pages)
		return;
	st->f_blocks = (long)MIN(s->max_pages, page_total());
	left = s->max_pages - s->used_pages;
	st->f_bfree = st->f_bavail = (long)MIN(left, pages_left());
	if (s->max_files == UINT64_MAX)
		return;
	st->f_files = (long)s->max_files;
	st->f_ffree = (long)(s->max_files - s->used_files);
}

static long fill(const struct mount *m, void *ust)
{
	const struct super *s = m->super;
	struct statfs st;

	memset(&st, 0, sizeof(st));
	st.f_type = (long)s->magic;
	st.f_bsize = st.f_frsize = s->blksize ? s->blksize : PAGE_SIZE;
	st.f_namelen = NAME_MAX;
	st.f_flags = flags_of(m->flags);
	st.f_fsid.val[0] = (int)s->dev;
	st.f_fsid.val[1] = (int)(s->dev >> 32);
	fill_space(s, &st);
	return copy_out_obj(ust, &st);
}

/* Pipes and the like live on filesystems without space or mount. */
static long fill_anonymous(void *ust)
{
	struct statfs st;

	memset(&st, 0, sizeof(st));
	st.f_type = PIPEFS_MAGIC;
	st.f_bsize = st.f_frsize = PAGE_SIZE;
	st.f_namelen = NAME_MAX;
	st.f_flags = ST_VALID;
	return copy_out_obj(ust, &st);
}

long sys_statfs(const char *upath, void *ust)
{
	struct path_arg path;
	struct path p;
	long err = path_arg_get(&path, upath, false);

	if (err)
		return err;
	err = path_lookup(AT_FDCWD, path.s, WALK_FOLLOW, &p);
	path_arg_put(&path);
	if (err)
		return err;
	err = fill(p.mount, ust);
	path_put(&p);
	return err;
}

long sys_fstatfs(int fd, void *ust)
{
	struct file *f = fd_get_any(fd);
	long err;

	if (!f)
		return -EBADF;
	err = f->mount ? fill(f->mount, ust) : fill_anonymous(ust);
	file_put(f);
	return err;
}
