/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * open.c: open(2), openat(2), openat2(2), creat(2).
 *
 * Errors come in Linux's order: flags, the path's text, a free descriptor, the
 * walk, then what the file itself says.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/openat2.h>
#include <linux/stat.h>
#include "internal.h"
#include "notify.h"
#include "special.h"

/* O_TMPFILE holds O_DIRECTORY: so older kernels refuse it. */
#define TMPFILE_BIT (O_TMPFILE & ~O_DIRECTORY)
#define KNOWN_FLAGS                                                            \
	(O_ACCMODE | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND |        \
	 O_NONBLOCK | O_SYNC | O_DSYNC | FASYNC | O_DIRECT | O_LARGEFILE |     \
	 O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | O_PATH |           \
	 TMPFILE_BIT)
#define PATH_FLAGS (O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC)
/* Flags that act at open only and are not kept. */
#define ONCE_FLAGS (O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC)

struct opening {
	struct walk w;
	struct file *f;
	int flags;
	uint32_t mode;
	bool created;
	uint32_t dir_mode, dir_uid; /* of the last component's directory */
};

static bool creates(int flags)
{
	return flags & (O_CREAT | TMPFILE_BIT);
}

/* What open(2) and openat(2) let pass and openat2(2) refuses is masked away by
 * the former before this. 0, or -EINVAL for impossible combinations. */
static int check_flags(int *flags)
{
	if ((*flags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT))
		return -EINVAL;
	if (*flags & TMPFILE_BIT) {
		if ((*flags & O_TMPFILE) != O_TMPFILE)
			return -EINVAL;
		if (!(*flags & O_ACCMODE))
			return -EINVAL;
	}
	if ((*flags & O_PATH) && (*flags & ~PATH_FLAGS))
		return -EINVAL;
	return 0;
}

/* Access that the flags ask of the file. Mode 3 asks for both and then allows
 * neither (open(2), NOTES). */
static int wanted_access(int flags)
{
	static const int by_mode[] = {MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE,
				      MAY_READ | MAY_WRITE};
	int mask = by_mode[flags & O_ACCMODE];

	if (flags & O_TRUNC)
		mask |= MAY_WRITE;
	return mask;
}

static int may_open(struct opening *o)
{
	const struct path *p = &o->w.path;
	struct vnode *v = p->dentry->vnode;
	int mask = wanted_access(o->flags);
	int err;

	if (S_ISLNK(v->mode))
		return -ELOOP;
	if (S_ISDIR(v->mode) && (mask & MAY_WRITE))
		return -EISDIR;
	if ((S_ISCHR(v->mode) || S_ISBLK(v->mode)) &&
	    (p->mount->flags & MS_NODEV))
		return -EACCES;
	if (o->created)
		return 0;
	err = path_permission(p, mask);
	if (!err && (o->flags & O_NOATIME) && !fs_owns(v))
		err = -EPERM;
	return err;
}

/* A mount with files open for writing cannot become read-only, and a read-only
 * one has no such files. */
static int count_writer(struct file *f)
{
	int err;

	if (!file_writable(f) || vnode_is_special(f->vnode))
		return 0;
	err = mount_want_write(f->mount);
	if (err)
		return err;
	f->mount->writers++;
	f->writes_mount = true;
	return 0;
}

/* Connect f with its operations; f has its path. */
static int attach_ops(struct file *f)
{
	struct vnode *v = f->vnode;
	int err;

	if (f->flags & O_PATH)
		return 0;
	err = count_writer(f);
	if (err)
		return err;
	if (v->ops->open || v->file_ops) {
		f->ops = v->file_ops;
		return v->ops->open ? v->ops->open(v, f) : 0;
	}
	if (S_ISCHR(v->mode))
		return chardev_open(v, f);
	if (S_ISFIFO(v->mode))
		return fifo_open(v, f);
	/* Sockets cannot be opened; block devices have no driver here. */
	return -ENXIO;
}

/*
 * O_CREAT on what exists in a sticky directory that others may write: with
 * fs.protected_regular and fs.protected_fifos 0 (proc(5)), as the kernel has
 * them, Linux still refuses other people's devices, sockets and links.
 */
static int check_sticky(const struct opening *o, const struct vnode *v)
{
	if (S_ISREG(v->mode) || S_ISFIFO(v->mode) || !(o->dir_mode & S_ISVTX) ||
	    !(o->dir_mode & S_IWOTH))
		return 0;
	if (v->uid == o->dir_uid || v->uid == fs_cred()->fsuid)
		return 0;
	return -EACCES;
}

static int open_found(struct opening *o)
{
	struct vnode *v = o->w.path.dentry->vnode;
	int err;

	if (!o->created && (o->flags & O_CREAT)) {
		if (o->flags & O_EXCL)
			return -EEXIST;
		if (S_ISDIR(v->mode))
			return -EISDIR;
		err = check_sticky(o, v);
		if (err)
			return err;
	}
	if (((o->flags & O_DIRECTORY) || o->w.must_dir) && !S_ISDIR(v->mode))
		return -ENOTDIR;
	if (!(o->flags & O_PATH)) {
		if ((o->flags & O_TRUNC) && S_ISREG(v->mode) && !o->created)
			err = mount_want_write(o->w.path.mount);
		else
			err = 0;
		if (!err)
			err = may_open(o);
		if (err)
			return err;
	}
	file_set_path(o->f, &o->w.path);
	err = attach_ops(o->f);
	if (err) {
		o->f->ops = NULL;
		return err;
	}
	notify_file(o->f, IN_OPEN);
	if ((o->flags & O_TRUNC) && !o->created && S_ISREG(v->mode)) {
		err = vfs_truncate(v, 0, true);
		if (!err)
			notify_file(o->f, IN_MODIFY);
	}
	return err;
}

/* The last component with O_CREAT: 0 found or made, 1 a link to walk. */
static int find_or_create(struct opening *o)
{
	struct walk *w = &o->w;
	struct dentry *d;
	int err;

	if (w->type != LAST_NORMAL)
		return walk_step(w, false);
	if (w->slash || w->must_dir)
		return -EISDIR;
	o->dir_mode = w->path.dentry->vnode->mode;
	o->dir_uid = w->path.dentry->vnode->uid;
	d = dentry_child(w->path.dentry, w->last, w->len);
	if (is_err(d))
		return (int)ptr_err(d);
	if (d->vnode) {
		bool link = S_ISLNK(d->vnode->mode);

		if (link && (o->flags & O_EXCL)) {
			dentry_put(d);
			return -EEXIST;
		}
		return walk_onto(w, d, !(o->flags & O_NOFOLLOW));
	}
	err = mount_want_write(w->path.mount);
	if (!err)
		err = vfs_mknod(&w->path, d, S_IFREG | o->mode, 0);
	if (err) {
		dentry_put(d);
		return err;
	}
	o->created = true;
	return walk_onto(w, d, false);
}

static int find(struct opening *o)
{
	struct walk *w = &o->w;
	int err;

	if (w->file)
		return 0;
	do {
		err = walk_parent(w);
		if (err)
			return err;
		if (o->flags & O_CREAT)
			err = find_or_create(o);
		else
			err = walk_step(w, w->slash || w->must_dir ||
						   !(o->flags & O_NOFOLLOW));
		if (!err && w->slash)
			w->must_dir = true;
	} while (err == 1);
	return err;
}

/* O_TMPFILE: a file without a name in the directory that the path names. */
static int open_tmpfile(struct opening *o)
{
	struct walk *w = &o->w;
	struct vnode *dir, *v;
	struct dentry *d;
	int err = find(o);

	if (err)
		return err;
	if (w->file || !S_ISDIR(w->path.dentry->vnode->mode))
		return -ENOTDIR;
	dir = w->path.dentry->vnode;
	err = mount_want_write(w->path.mount);
	if (!err)
		err = vnode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (!err && !dir->ops->tmpfile)
		err = -EOPNOTSUPP;
	if (!err)
		err = dir->ops->tmpfile(dir, o->mode, &v);
	if (err)
		return err;
	v->linkable = !(o->flags & O_EXCL);
	d = dentry_nameless(w->path.dentry, v);
	if (!d) {
		vnode_put(v);
		return -ENOMEM;
	}
	o->created = true;
	err = walk_onto(w, d, false);
	if (err)
		return err;
	file_set_path(o->f, &w->path);
	err = attach_ops(o->f);
	if (!err)
		notify_file(o->f, IN_OPEN);
	return err;
}

/* A path that ended at an anonymous file, by way of /proc/self/fd. */
static struct file *reopen(struct opening *o)
{
	struct file *f = o->w.file;

	if (o->flags & O_CREAT && o->flags & O_EXCL)
		return err_ptr(-EEXIST);
	if (o->flags & O_DIRECTORY)
		return err_ptr(-ENOTDIR);
	return anon_reopen(f, o->flags & ~ONCE_FLAGS);
}

static struct file *open_walk(struct opening *o, int dirfd, const char *path,
			      unsigned int how)
{
	struct file *f = NULL;
	int err;

	/* A terminal asks for O_NOCTTY while it is opened. */
	o->f = file_alloc(NULL, o->flags & (~ONCE_FLAGS | O_NOCTTY), NULL);
	if (!o->f)
		return err_ptr(file_alloc_error());
	err = walk_begin(&o->w, dirfd, path, how);
	if (!err) {
		if (o->flags & TMPFILE_BIT)
			err = open_tmpfile(o);
		else
			err = find(o);
		if (!err && o->w.file)
			f = reopen(o);
		else if (!err && !(o->flags & TMPFILE_BIT))
			err = open_found(o);
		walk_end(&o->w);
	}
	if (err || f) {
		file_put(o->f);
		return err ? err_ptr(err) : f;
	}
	o->f->flags &= ~O_NOCTTY;
	return o->f;
}

static struct file *open_at(int dirfd, const char *path, int flags,
			    uint32_t mode, unsigned int how)
{
	struct opening *o = kmalloc(sizeof(*o));
	struct file *f;

	if (!o)
		return err_ptr(-ENOMEM);
	o->flags = flags;
	o->mode = mode & 07777 & ~fs_current()->umask;
	o->created = false;
	o->dir_mode = 0;
	f = open_walk(o, dirfd, path, how);
	kfree(o);
	return f;
}

/* Flags as the kernel itself sets them: all files are large. */
static int normal_flags(int flags)
{
	flags &= KNOWN_FLAGS;
	if (flags & O_PATH)
		return flags & PATH_FLAGS;
	return flags | O_LARGEFILE;
}

struct file *vfs_open(int dirfd, const char *path, int flags, uint32_t mode)
{
	int err;

	flags = normal_flags(flags);
	err = check_flags(&flags);
	if (err)
		return err_ptr(err);
	return open_at(dirfd, path, flags, mode, 0);
}

static long open_fd(int dirfd, const char *upath, int flags, uint32_t mode,
		    unsigned int how)
{
	struct path_arg path;
	struct file *f;
	long fd, err = path_arg_get(&path, upath, false);

	if (err)
		return err;
	fd = fd_reserve(0);
	if (fd < 0)
		goto out;
	f = open_at(dirfd, path.s, flags, mode, how);
	if (is_err(f)) {
		fd_release((int)fd);
		fd = ptr_err(f);
	} else {
		fd_install((int)fd, f, flags & O_CLOEXEC);
	}
out:
	path_arg_put(&path);
	return fd;
}

long sys_openat(int dirfd, const char *path, int flags, unsigned int mode)
{
	int err;

	flags = normal_flags(flags);
	err = check_flags(&flags);
	return err ? err : open_fd(dirfd, path, flags, mode, 0);
}

long sys_open(const char *path, int flags, unsigned int mode)
{
	return sys_openat(AT_FDCWD, path, flags, mode);
}

long sys_creat(const char *path, unsigned int mode)
{
	return sys_openat(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/*
 * A structure that may be larger than ours if the rest is zero (openat2(2),
 * Extensibility).
 */
static int how_in(struct open_how *how, const char *uhow, size_t size)
{
	if (size < sizeof(*how))
		return -EINVAL;
	if (size > PAGE_SIZE)
		return -E2BIG;
	for (size_t i = sizeof(*how); i < size; i++) {
		char c;

		if (copy_in(&c, uhow + i, 1))
			return -EFAULT;
		if (c)
			return -E2BIG;
	}
	return copy_in(how, uhow, sizeof(*how));
}

static int resolve_to_walk(uint64_t resolve, unsigned int *how)
{
	static const struct {
		uint64_t resolve;
		unsigned int walk;
	} map[] = {
		{RESOLVE_NO_XDEV, WALK_NOXDEV},
		{RESOLVE_NO_MAGICLINKS, WALK_NOMAGIC},
		{RESOLVE_NO_SYMLINKS, WALK_NOSYMLINK},
		{RESOLVE_BENEATH, WALK_BENEATH},
		{RESOLVE_IN_ROOT, WALK_INROOT},
		{RESOLVE_CACHED, 0},
	};

	*how = 0;
	for (size_t i = 0; i < ARRAY_SIZE(map); i++) {
		if (resolve & map[i].resolve)
			*how |= map[i].walk;
		resolve &= ~map[i].resolve;
	}
	if (resolve || (*how & (WALK_BENEATH | WALK_INROOT)) ==
			       (WALK_BENEATH | WALK_INROOT))
		return -EINVAL;
	return 0;
}

long sys_openat2(int dirfd, const char *path, const void *uhow, size_t size)
{
	struct open_how how;
	unsigned int walk;
	int flags, err = how_in(&how, uhow, size);

	if (err)
		return err;
	if (how.flags & ~(uint64_t)KNOWN_FLAGS)
		return -EINVAL;
	err = resolve_to_walk(how.resolve, &walk);
	if (err)
		return err;
	flags = (int)how.flags;
	if (how.mode & (creates(flags) ? ~07777ULL : ~0ULL))
		return -EINVAL;
	if (!(flags & O_PATH))
		flags |= O_LARGEFILE;
	err = check_flags(&flags);
	if (err)
		return err;
	/* Nothing is ever uncached, but these modify (openat2(2)). */
	if ((how.resolve & RESOLVE_CACHED) &&
	    (flags & (O_TRUNC | O_CREAT | TMPFILE_BIT)))
		return -EAGAIN;
	return open_fd(dirfd, path, flags, (uint32_t)how.mode, walk);
}
