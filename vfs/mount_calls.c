/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount_calls.c: mount(2), umount2(2), pivot_root(2).
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/syscalls.h>
#include <linux/stat.h>
#include "mount.h"
#include "ramfs.h"
#include "special.h"

/* Flags of umount2(2), which no UAPI header has. */
#define MNT_FORCE	1
#define MNT_DETACH	2
#define MNT_EXPIRE	4
#define UMOUNT_NOFOLLOW 8
#define MAGIC_MASK	0xffff0000UL
#define MAGIC		0xc0ed0000UL

/* What a mount keeps of the flags. */
#define KEPT                                                                   \
	(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_SYNCHRONOUS |       \
	 MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_STRICTATIME)
/* Propagation: all mounts here are private, and this says just that. */
#define PRIVATE_ONLY (MS_PRIVATE | MS_REC | MS_SILENT)
#define PROPAGATION  (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

struct mount_args {
	struct path_arg source, type;
	char *options; /* or NULL */
	unsigned long flags;
};

static bool is_mount_root(const struct path *p)
{
	return p->dentry == p->mount->root;
}

static bool has_writers(const struct super *s)
{
	list_for_each (l, &mount_list) {
		const struct mount *m = list_entry(l, struct mount, link);

		if (m->super == s && m->writers)
			return true;
	}
	return false;
}

/* Of one mount only: its flags. */
static long remount_bind(const struct mount_args *a, struct mount *m)
{
	if ((a->flags & MS_RDONLY) && m->writers)
		return -EBUSY;
	m->flags = a->flags & KEPT;
	return 0;
}

/* Of the filesystem, and of the mount that names it. */
static long remount_super(const struct mount_args *a, struct mount *m)
{
	struct super *s = m->super;
	long err;

	if ((a->flags & MS_RDONLY) && (has_writers(s) || s->removed))
		return -EBUSY;
	if (a->options && *a->options) {
		if (s->type != &tmpfs_type && s->type != &ramfs_type &&
		    s->type != &rootfs_type)
			return -EINVAL;
		err = ramfs_options(s, NULL, a->options);
		if (err)
			return err;
	}
	s->readonly = a->flags & MS_RDONLY;
	m->flags = a->flags & KEPT;
	return 0;
}

static long remount(const struct mount_args *a, const struct path *at)
{
	if (!is_mount_root(at) || !mount_attached(at->mount))
		return -EINVAL;
	if (a->flags & MS_BIND)
		return remount_bind(a, at->mount);
	return remount_super(a, at->mount);
}

/* Mounts go on top of what lies there, but not on what has been removed. */
static long find_top(struct path *at)
{
	path_cross(at);
	if (at->dentry->unlinked || !mount_attached(at->mount))
		return -ENOENT;
	return 0;
}

static long bind(const struct mount_args *a, struct path *at)
{
	struct path from;
	long err;

	if (!*a->source.s)
		return -EINVAL;
	err = path_lookup(AT_FDCWD, a->source.s, WALK_FOLLOW, &from);
	if (err)
		return err;
	err = find_top(at);
	if (!err && !mount_attached(from.mount))
		err = -EINVAL;
	if (!err)
		err = mount_bind(&from, at);
	path_put(&from);
	return err;
}

static long do_mount(const struct mount_args *a, struct path *at)
{
	const struct fs_type *t;
	long err;

	if (a->flags & MS_REMOUNT)
		return remount(a, at);
	if (a->flags & MS_BIND)
		return bind(a, at);
	if (a->flags & PROPAGATION)
		return (a->flags & ~PRIVATE_ONLY) || !is_mount_root(at)
			       ? -EINVAL
			       : 0;
	if (a->flags & MS_MOVE)
		return -EINVAL;
	if (!*a->type.s)
		return -EINVAL;
	t = fs_type_find(a->type.s);
	if (!t)
		return -ENODEV;
	err = find_top(at);
	if (err)
		return err;
	if (!S_ISDIR(at->dentry->vnode->mode))
		return -ENOTDIR;
	return mount_new(t, a->source.s, at, a->flags & KEPT, a->options);
}

/* Options are a page of text at most; no pointer means none. */
static long options_in(const void *uoptions, char **out)
{
	ssize_t n;

	*out = NULL;
	if (!uoptions)
		return 0;
	*out = kmalloc(PAGE_SIZE);
	if (!*out)
		return -ENOMEM;
	n = copy_in_str(*out, uoptions, PAGE_SIZE);
	if (n < 0) {
		kfree(*out);
		return n == -ENAMETOOLONG ? -EINVAL : n;
	}
	return 0;
}

/* source and type may be missing. */
static long text_in(struct path_arg *a, const char *utext)
{
	long err;

	if (utext) {
		err = path_arg_get(a, utext, true);
		return err == -ENAMETOOLONG ? -EINVAL : err;
	}
	a->s = a->small;
	a->small[0] = '\0';
	return 0;
}

static long mount_on(const struct mount_args *a, const char *utarget)
{
	struct path_arg target;
	struct path at;
	long err = path_arg_get(&target, utarget, false);

	if (err)
		return err;
	err = path_lookup(AT_FDCWD, target.s, WALK_FOLLOW, &at);
	path_arg_put(&target);
	if (err)
		return err;
	if (!cred_capable(&current_process()->cred))
		err = -EPERM;
	else
		err = do_mount(a, &at);
	path_put(&at);
	return err;
}

long sys_mount(const char *source, const char *target, const char *type,
	       unsigned long flags, const void *options)
{
	struct mount_args a = {.flags = flags};
	long err;

	if ((flags & MAGIC_MASK) == MAGIC)
		a.flags &= ~MAGIC_MASK;
	err = text_in(&a.type, type);
	if (err)
		return err;
	err = text_in(&a.source, source);
	if (err)
		goto out_type;
	err = options_in(options, &a.options);
	if (err)
		goto out_source;
	err = mount_on(&a, target);
	kfree(a.options);
out_source:
	path_arg_put(&a.source);
out_type:
	path_arg_put(&a.type);
	return err;
}

/* p.mount is referenced by p itself, which counts as one use. */
static long unmount(struct path *p, int flags)
{
	if (!is_mount_root(p))
		return -EINVAL;
	if (!cred_capable(&current_process()->cred))
		return -EPERM;
	/* Marking for expiry needs a second call that finds it unused; here
	 * nothing tells the two apart. */
	if (flags & MNT_EXPIRE)
		return flags & (MNT_FORCE | MNT_DETACH) ? -EINVAL : -EAGAIN;
	return mount_detach(p->mount, flags & MNT_DETACH, 1);
}

long sys_umount2(const char *upath, int flags)
{
	struct path_arg path;
	struct path p;
	long err;

	if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	err = path_arg_get(&path, upath, false);
	if (err)
		return err;
	err = path_lookup(AT_FDCWD, path.s,
			  flags & UMOUNT_NOFOLLOW ? 0 : WALK_FOLLOW, &p);
	path_arg_put(&path);
	if (err)
		return err;
	/* "." may have something on it. */
	path_cross(&p);
	err = unmount(&p, flags);
	path_put(&p);
	return err;
}

/* The root here is Linux's rootfs, which cannot be pivoted (pivot_root(2)). */
long sys_pivot_root(const char *new_root, const char *put_old)
{
	return cred_capable(&current_process()->cred) ? -EINVAL : -EPERM;
}
