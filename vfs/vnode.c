/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vnode.c: files themselves, apart from their names.
 */
#include <posixen/klog.h>
#include <posixen/ktime.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/stat.h>
#include "internal.h"

struct vnode *vnode_alloc(struct super *s, const struct vnode_ops *ops,
			  uint32_t mode)
{
	struct vnode *v = kzalloc(sizeof(*v));

	if (!v)
		return NULL;
	v->ops = ops;
	v->super = s;
	v->refs = 1;
	v->ino = ++s->next_ino;
	v->mode = mode;
	v->nlink = S_ISDIR(mode) ? 2 : 1;
	v->uid = fs_cred()->fsuid;
	v->gid = fs_cred()->fsgid;
	v->btime = ns_to_timespec(clock_realtime_ns());
	v->atime = v->mtime = v->ctime = v->btime;
	list_init(&v->locks);
	waitq_init(&v->lock_wait);
	return v;
}

void vnode_get(struct vnode *v)
{
	v->refs++;
}

void vnode_put(struct vnode *v)
{
	assert(v->refs);
	if (--v->refs)
		return;
	if (v->ops && v->ops->evict)
		v->ops->evict(v);
	kfree(v);
}

/* The change time goes with everything but a read. */
void vnode_touch(struct vnode *v, unsigned int which)
{
	struct __kernel_timespec now = ns_to_timespec(clock_realtime_ns());

	if (which & ATTR_ATIME)
		v->atime = now;
	if (which & ATTR_MTIME)
		v->mtime = now;
	if (which & ~ATTR_ATIME)
		v->ctime = now;
}

static bool later_or_same(const struct __kernel_timespec *a,
			  const struct __kernel_timespec *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec > b->tv_sec;
	return a->tv_nsec >= b->tv_nsec;
}

/*
 * mount(8), relatime: a read updates the access time only if that is not newer
 * than the last change, or a day old.
 */
void vnode_accessed(struct vnode *v, const struct mount *m)
{
	unsigned int flags = m ? m->flags : 0;
	struct __kernel_timespec now;

	if ((flags & MS_NOATIME) || (m && mount_want_write(m)))
		return;
	if ((flags & MS_NODIRATIME) && S_ISDIR(v->mode))
		return;
	now = ns_to_timespec(clock_realtime_ns());
	if (!(flags & MS_STRICTATIME) && !later_or_same(&v->mtime, &v->atime) &&
	    !later_or_same(&v->ctime, &v->atime) &&
	    now.tv_sec - v->atime.tv_sec < 24 * 60 * 60)
		return;
	v->atime = now;
}

void file_accessed(struct file *f)
{
	if (!(f->flags & O_NOATIME) && f->vnode)
		vnode_accessed(f->vnode, f->mount);
}

int vnode_getattr(struct vnode *v, struct kstat *st)
{
	st->dev = v->super ? v->super->dev : 0;
	st->ino = v->ino;
	st->rdev = v->rdev;
	st->mode = v->mode;
	st->nlink = v->nlink;
	st->uid = v->uid;
	st->gid = v->gid;
	st->blksize =
		v->super && v->super->blksize ? v->super->blksize : PAGE_SIZE;
	st->size = v->size;
	st->blocks = v->blocks;
	st->atime = v->atime;
	st->mtime = v->mtime;
	st->ctime = v->ctime;
	st->btime = v->btime;
	if (v->ops && v->ops->getattr)
		return v->ops->getattr(v, st);
	return 0;
}

int vnode_setattr(struct vnode *v, const struct kattr *a)
{
	if (v->ops && v->ops->setattr)
		return v->ops->setattr(v, a);
	if (a->mask & ATTR_SIZE)
		return -EINVAL;
	vnode_setattr_simple(v, a);
	return 0;
}

void vnode_setattr_simple(struct vnode *v, const struct kattr *a)
{
	if (a->mask & ATTR_MODE)
		v->mode = (v->mode & S_IFMT) | (a->mode & 07777);
	if (a->mask & ATTR_UID)
		v->uid = a->uid;
	if (a->mask & ATTR_GID)
		v->gid = a->gid;
	if (a->mask & ATTR_ATIME)
		v->atime = a->atime;
	if (a->mask & ATTR_MTIME)
		v->mtime = a->mtime;
	v->ctime = ns_to_timespec(clock_realtime_ns());
}
