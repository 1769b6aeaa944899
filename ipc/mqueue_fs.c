/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue_fs.c: the filesystem "mqueue", mq_overview(7): one directory whose
 * files are the queues. mq_open() works on an instance that is always there;
 * every mount shows that same one. It is mounted on /dev/mqueue before the
 * program starts, where most Linux systems have it.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <asm/poll.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include "mqueue.h"

/* <linux/magic.h> does not have it; Linux's ipc/mqueue.c does. */
#define MQUEUE_MAGIC 0x19800202
#define DIRENT_SIZE  20
#define FILENT_SIZE  80

static struct mount *mqueue_mount;
static unsigned int nr_queues;

/* What is asked of the next queue that mq_file_create() makes. */
static const struct mq_attr *wanted;

static void queue_evict(struct vnode *v)
{
	if (v->priv) {
		mq_destroy(v->priv);
		nr_queues--;
	}
}

/* ftruncate(2) changes what stat(2) shows, and nothing else. */
static int queue_setattr(struct vnode *v, const struct kattr *a)
{
	if (a->mask & ATTR_SIZE)
		v->size = a->size;
	vnode_setattr_simple(v, a);
	return 0;
}

static const struct vnode_ops queue_vnode_ops = {
	.setattr = queue_setattr,
	.evict = queue_evict,
};

static struct vnode *queue_vnode(struct super *s, uint32_t mode,
				 const struct mq_attr *attr)
{
	struct mqueue *q;
	struct vnode *v;

	if (nr_queues >= mq_limits.queues_max &&
	    !cred_capable(&current_process()->cred))
		return err_ptr(-ENOSPC);
	v = vnode_alloc(s, &queue_vnode_ops, S_IFREG | (mode & 07777));
	if (!v)
		return err_ptr(-ENOMEM);
	q = mq_create(attr);
	if (is_err(q)) {
		vnode_put(v);
		return (struct vnode *)q;
	}
	v->priv = q;
	v->size = FILENT_SIZE;
	v->file_ops = &mqueue_file_ops;
	nr_queues++;
	return v;
}

static void dir_changed(struct vnode *dir, int n)
{
	dir->size += (uint64_t)(n * DIRENT_SIZE);
	vnode_touch(dir, ATTR_ATIME | ATTR_MTIME);
}

static int dir_create(struct vnode *dir, struct dentry *d, uint32_t mode)
{
	struct vnode *v = queue_vnode(dir->super, mode, wanted);

	if (is_err(v))
		return (int)ptr_err(v);
	dentry_attach(d, v);
	dentry_pin(d);
	dir_changed(dir, 1);
	return 0;
}

static int dir_unlink(struct vnode *dir, struct dentry *d)
{
	d->vnode->nlink--;
	vnode_touch(d->vnode, ATTR_MODE);
	dir_changed(dir, -1);
	dentry_drop(d);
	return 0;
}

static const struct vnode_ops dir_vnode_ops = {
	.create = dir_create,
	.unlink = dir_unlink,
};

/* The one instance; its mounts share it. */
static struct super *instance;

static int mqueue_mount_fs(const struct fs_type *t, const char *source,
			   const char *options, struct super **out)
{
	struct super *s = instance;
	struct vnode *root;

	*out = s;
	if (s)
		return 0;
	s = kzalloc(sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->type = t;
	s->magic = MQUEUE_MAGIC;
	s->blksize = PAGE_SIZE;
	root = vnode_alloc(s, &dir_vnode_ops, S_IFDIR | 01777);
	s->root = root ? dentry_alloc(s, NULL, "/", 1) : NULL;
	if (!s->root) {
		if (root)
			vnode_put(root);
		kfree(s);
		return -ENOMEM;
	}
	root->file_ops = &ramfs_dir_file_ops;
	root->size = 2 * DIRENT_SIZE;
	dentry_attach(s->root, root);
	*out = instance = s;
	return 0;
}

/* An open queue. */

static ssize_t queue_read(struct file *f, struct uio *u, loff_t *pos)
{
	const struct mqueue *q = mq_of(f);
	const struct sigevent *ev = &q->notice.event;
	int notify = q->owner ? ev->sigev_notify : 0;
	char text[FILENT_SIZE + 1];
	ssize_t n;

	n = snprintf(text, sizeof(text),
		     "QSIZE:%-10zu NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n",
		     q->bytes, notify,
		     q->owner && notify == SIGEV_SIGNAL ? ev->sigev_signo : 0,
		     q->owner ? q->owner->pid : 0);
	if (*pos >= n)
		return 0;
	n = uio_write(text + *pos, MIN((size_t)(n - *pos), u->left), u);
	if (n > 0) {
		*pos += n;
		vnode_touch(f->vnode, ATTR_ATIME | ATTR_MODE);
	}
	return n;
}

static loff_t queue_llseek(struct file *f, loff_t off, int whence)
{
	return plain_llseek(f, off, whence, (loff_t)f->vnode->size);
}

static unsigned int queue_poll(struct file *f, struct waitq **q)
{
	struct mqueue *mq = mq_of(f);
	unsigned int ev = 0;

	*q = &mq->wait;
	if (mq->attr.mq_curmsgs)
		ev |= POLLIN | POLLRDNORM;
	if (mq->attr.mq_curmsgs < mq->attr.mq_maxmsg)
		ev |= POLLOUT | POLLWRNORM;
	return ev;
}

/* mq_close(3): whichever descriptor the owner closes, its notice ends. */
static int queue_flush(struct file *f)
{
	struct mqueue *q = mq_of(f);

	if (q->owner == current_process())
		mq_forget(q);
	return 0;
}

const struct file_ops mqueue_file_ops = {
	.read = queue_read,
	.llseek = queue_llseek,
	.poll = queue_poll,
	.flush = queue_flush,
};

/* mq_open(2) and mq_unlink(2). */

/* A name here is one component; slashes and dots are EACCES (Linux's
 * lookup_one_len()). */
static struct dentry *find(const char *name)
{
	struct dentry *root = mqueue_mount->root;
	int err = vnode_permission(root->vnode, MAY_EXEC);

	if (!strcmp(name, ".") || !strcmp(name, "..") || strchr(name, '/'))
		err = -EACCES;
	return err ? err_ptr(err) : dentry_child(root, name, strlen(name));
}

static int make(struct dentry *d, uint32_t mode, const struct mq_attr *attr)
{
	struct path dir = {mqueue_mount, mqueue_mount->root};
	int err;

	wanted = attr;
	err = vfs_mknod(&dir, d, S_IFREG | (mode & 07777), 0);
	wanted = NULL;
	return err;
}

static int check_access(struct dentry *d, int flags)
{
	static const int mask[] = {MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE};

	if ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return -EEXIST;
	if ((flags & O_ACCMODE) == O_ACCMODE)
		return -EINVAL;
	return vnode_permission(d->vnode, mask[flags & O_ACCMODE]);
}

struct file *mqueue_open(const char *name, int flags, uint32_t mode,
			 const struct mq_attr *attr)
{
	struct dentry *d = find(name);
	struct file *f = NULL;
	int err = 0;

	if (is_err(d))
		return (struct file *)d;
	if (d->vnode)
		err = check_access(d, flags);
	else
		err = flags & O_CREAT ? make(d, mode, attr) : -ENOENT;
	if (!err) {
		flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
		f = file_alloc(&mqueue_file_ops, flags, NULL);
		if (!f)
			err = file_alloc_error();
	}
	if (!err) {
		struct path p = {mqueue_mount, d};

		file_set_path(f, &p);
	}
	dentry_put(d);
	return err ? err_ptr(err) : f;
}

int mqueue_unlink(const char *name)
{
	struct path dir = {mqueue_mount, mqueue_mount->root};
	struct dentry *d = find(name);
	int err;

	if (is_err(d))
		return (int)ptr_err(d);
	err = d->vnode ? vfs_remove(&dir, d, false) : -ENOENT;
	dentry_put(d);
	return err;
}

/* Best effort: a program's own /dev may be of another kind. */
static void mount_dev(void)
{
	struct dentry *d;
	struct path dev;
	int err;

	if (path_lookup(AT_FDCWD, "/dev", WALK_FOLLOW | WALK_DIRECTORY, &dev))
		return;
	d = dentry_child(dev.dentry, "mqueue", 6);
	if (!is_err(d)) {
		err = d->vnode ? 0 : vfs_mknod(&dev, d, S_IFDIR | 01777, 0);
		dentry_put(d);
		if (!err)
			vfs_mount("mqueue", "/dev/mqueue", "mqueue", 0, NULL);
	}
	path_put(&dev);
}

static int start(void)
{
	static const struct fs_type type = {
		.name = "mqueue",
		.nodev = true,
		.mount = mqueue_mount_fs,
	};
	int err;

	fs_register(&type);
	err = mount_hidden(&type, &mqueue_mount);
	if (err)
		return err;
	mqueue_sysctl_start();
	mount_dev();
	return 0;
}

SUBSYSTEM(mqueue, .name = "POSIX message queues", .start = start);
