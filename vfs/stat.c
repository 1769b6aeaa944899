/* SPDX-License-Identifier: BSD-2-Clause */
/* stat.c: stat(2), lstat(2), fstat(2), newfstatat(2), statx(2). */
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <asm/stat.h>
#include <linux/stat.h>
#include "internal.h"
#include "special.h"

static int file_getattr(struct file *f, struct kstat *st)
{
	int err;

	if (f->ops && f->ops->stat) {
		memset(st, 0, sizeof(*st));
		err = f->ops->stat(f, st);
		if (err != -ENOENT)
			return err;
	}
	if (f->vnode)
		return vnode_getattr(f->vnode, st);
	memset(st, 0, sizeof(*st));
	anon_stat(f, 0600, st);
	return 0;
}

/* Also the mount of what was found, which statx tells, or NULL. */
struct found {
	struct kstat st;
	int mount_id;
	bool mounted, mount_root;
};

static void note_mount(struct found *out, const struct mount *m,
		       const struct dentry *d)
{
	out->mounted = m;
	out->mount_id = m ? m->id : 0;
	out->mount_root = m && m->root == d;
}

static long stat_path(int dirfd, const char *upath, int flags,
		      struct found *out)
{
	unsigned int how = flags & AT_SYMLINK_NOFOLLOW ? 0 : WALK_FOLLOW;
	struct path_arg path;
	struct walk w;
	long err = path_arg_get(&path, upath, flags & AT_EMPTY_PATH);

	if (err)
		return err;
	if (flags & AT_EMPTY_PATH)
		how |= WALK_EMPTY;
	err = walk_begin(&w, dirfd, path.s, how);
	if (err)
		goto out;
	err = walk_all(&w);
	if (!err && w.file) {
		note_mount(out, NULL, NULL);
		err = file_getattr(w.file, &out->st);
	} else if (!err) {
		note_mount(out, w.path.mount, w.path.dentry);
		err = vnode_getattr(w.path.dentry->vnode, &out->st);
	}
	walk_end(&w);
out:
	path_arg_put(&path);
	return err;
}

static long stat_out(void *ust, const struct kstat *k)
{
	struct stat st;

	memset(&st, 0, sizeof(st));
	st.st_dev = k->dev;
	st.st_ino = k->ino;
	st.st_nlink = k->nlink;
	st.st_mode = k->mode;
	st.st_uid = k->uid;
	st.st_gid = k->gid;
	st.st_rdev = k->rdev;
	st.st_size = (long)k->size;
	st.st_blksize = k->blksize;
	st.st_blocks = (long)k->blocks;
	st.st_atime = (unsigned long)k->atime.tv_sec;
	st.st_atime_nsec = (unsigned long)k->atime.tv_nsec;
	st.st_mtime = (unsigned long)k->mtime.tv_sec;
	st.st_mtime_nsec = (unsigned long)k->mtime.tv_nsec;
	st.st_ctime = (unsigned long)k->ctime.tv_sec;
	st.st_ctime_nsec = (unsigned long)k->ctime.tv_nsec;
	return copy_out_obj(ust, &st);
}

#define STAT_FLAGS                                                             \
	(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH |               \
	 AT_STATX_SYNC_TYPE)

long sys_newfstatat(int dirfd, const char *path, void *ust, int flags)
{
	struct found found;
	long err;

	if (flags & ~STAT_FLAGS)
		return -EINVAL;
	err = stat_path(dirfd, path, flags, &found);
	return err ? err : stat_out(ust, &found.st);
}

long sys_stat(const char *path, void *ust)
{
	return sys_newfstatat(AT_FDCWD, path, ust, 0);
}

long sys_lstat(const char *path, void *ust)
{
	return sys_newfstatat(AT_FDCWD, path, ust, AT_SYMLINK_NOFOLLOW);
}

long sys_fstat(int fd, void *ust)
{
	struct file *f = fd_get_any(fd);
	struct kstat st;
	long err;

	if (!f)
		return -EBADF;
	err = file_getattr(f, &st);
	file_put(f);
	return err ? err : stat_out(ust, &st);
}

static struct statx_timestamp statx_time(const struct __kernel_timespec *t)
{
	return (struct statx_timestamp){
		.tv_sec = t->tv_sec,
		.tv_nsec = (uint32_t)t->tv_nsec,
	};
}

/* The inverse of makedev(). */
static uint32_t dev_major(uint64_t dev)
{
	return (uint32_t)((dev >> 8 & 0xfff) | (dev >> 32 & 0xfffff000));
}

static uint32_t dev_minor(uint64_t dev)
{
	return (uint32_t)((dev & 0xff) | (dev >> 12 & 0xffffff00));
}

static long statx_out(void *ustx, const struct found *found, unsigned int mask)
{
	const struct kstat *k = &found->st;
	struct statx x;

	memset(&x, 0, sizeof(x));
	x.stx_mask = STATX_BASIC_STATS | (mask & STATX_BTIME);
	x.stx_blksize = k->blksize;
	x.stx_nlink = k->nlink;
	x.stx_uid = k->uid;
	x.stx_gid = k->gid;
	x.stx_mode = (uint16_t)k->mode;
	x.stx_ino = k->ino;
	x.stx_size = k->size;
	x.stx_blocks = k->blocks;
	x.stx_atime = statx_time(&k->atime);
	x.stx_mtime = statx_time(&k->mtime);
	x.stx_ctime = statx_time(&k->ctime);
	if (mask & STATX_BTIME)
		x.stx_btime = statx_time(&k->btime);
	x.stx_rdev_major = dev_major(k->rdev);
	x.stx_rdev_minor = dev_minor(k->rdev);
	x.stx_dev_major = dev_major(k->dev);
	x.stx_dev_minor = dev_minor(k->dev);
	x.stx_attributes_mask = STATX_ATTR_MOUNT_ROOT;
	if (found->mount_root)
		x.stx_attributes |= STATX_ATTR_MOUNT_ROOT;
	if (found->mounted) {
		x.stx_mask |= STATX_MNT_ID;
		x.stx_mnt_id = (uint64_t)found->mount_id;
	}
	return copy_out_obj(ustx, &x);
}

long sys_statx(int dirfd, const char *path, int flags, unsigned int mask,
	       void *ustx)
{
	struct found found;
	long err;

	if (mask & STATX__RESERVED)
		return -EINVAL;
	if ((flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	if (flags & ~STAT_FLAGS)
		return -EINVAL;
	err = stat_path(dirfd, path, flags, &found);
	return err ? err : statx_out(ustx, &found, mask);
}
