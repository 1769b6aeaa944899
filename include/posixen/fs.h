/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fs.h: what a filesystem implements, and what path handlers use (vfs/).
 *
 * dentry: a name in a directory and its place in the tree. vnode: the file
 * itself, shared by its hard links. mount: a filesystem's root laid over a
 * directory. A path is a (mount, dentry) pair. Memory filesystems keep all
 * their dentries pinned; others may drop unused ones.
 */
#ifndef POSIXEN_FS_H
#define POSIXEN_FS_H

#include <posixen/file.h>
#include <posixen/list.h>
#include <linux/time_types.h>

struct super; /* one mounted instance of a filesystem */
struct vnode;
struct dentry;
struct mount;

/* stat(2) and statx(2) are filled from this. */
struct kstat {
	uint64_t dev, ino, rdev;
	uint32_t mode, nlink, uid, gid, blksize;
	uint64_t size, blocks; /* blocks of 512 bytes */
	struct __kernel_timespec atime, mtime, ctime, btime;
};

/* Attributes to set; mask says which. */
#define ATTR_MODE  1u
#define ATTR_UID   2u
#define ATTR_GID   4u
#define ATTR_SIZE  8u
#define ATTR_ATIME 16u
#define ATTR_MTIME 32u
struct kattr {
	unsigned int mask;
	uint32_t mode, uid, gid;
	uint64_t size;
	struct __kernel_timespec atime, mtime;
};

struct vnode_ops {
	/* Directories. lookup fills the new negative dentry with a vnode
	 * (dentry_attach) or leaves it negative; 0 or -errno. */
	int (*lookup)(struct vnode *dir, struct dentry *d);
	/* Is d, found in memory, still a name of this directory? NULL: yes. If
	 * not it is dropped and lookup asked again. */
	bool (*revalidate)(struct dentry *d);
	int (*create)(struct vnode *dir, struct dentry *d, uint32_t mode);
	int (*mkdir)(struct vnode *dir, struct dentry *d, uint32_t mode);
	int (*mknod)(struct vnode *dir, struct dentry *d, uint32_t mode,
		     uint64_t rdev);
	int (*symlink)(struct vnode *dir, struct dentry *d, const char *to);
	int (*link)(struct vnode *dir, struct dentry *d, struct vnode *target);
	int (*unlink)(struct vnode *dir, struct dentry *d);
	int (*rmdir)(struct vnode *dir, struct dentry *d);
	int (*rename)(struct vnode *from, struct dentry *d, struct vnode *to,
		      struct dentry *target, unsigned int flags);
	/* A file without a name (O_TMPFILE). */
	int (*tmpfile)(struct vnode *dir, uint32_t mode, struct vnode **out);
	/* Symbolic links: the target, up to size bytes; its length. */
	ssize_t (*readlink)(struct vnode *v, char *buf, size_t size);
	/* Links that lead straight to a file (/proc/self/fd/3): take the
	 * references; -ENOENT to use readlink's text instead. May be NULL. */
	int (*follow)(struct vnode *v, struct mount **m, struct dentry **d,
		      struct file **f);
	/* NULL: the fields of the vnode answer. */
	int (*getattr)(struct vnode *v, struct kstat *st);
	int (*setattr)(struct vnode *v, const struct kattr *a);
	/* Set f->ops, f->priv; NULL: v->file_ops. */
	int (*open)(struct vnode *v, struct file *f);
	/* Last reference and no name: free the contents. */
	void (*evict)(struct vnode *v);
	/* Permission beyond mode bits; NULL: generic. */
	int (*permission)(struct vnode *v, int mask);
};

struct vnode {
	const struct vnode_ops *ops;
	const struct file_ops *file_ops;
	struct super *super;
	unsigned int refs;
	uint64_t ino;
	uint32_t mode, nlink, uid, gid;
	uint64_t rdev, size, blocks;
	struct __kernel_timespec atime, mtime, ctime, btime;
	struct list locks; /* POSIX, OFD and flock locks: vfs/locks.c */
	struct waitq lock_wait;
	void *fifo; /* vfs/pipe.c: the pipe behind a FIFO */
	int writers, denied_writers;
	uint32_t seals; /* F_SEAL_ bits: fcntl(2), vfs/memfd.c */
	bool linkable;	/* O_TMPFILE without O_EXCL: linkat may name it */
	void *priv;
};

struct dentry {
	struct list child_link; /* parent->children */
	struct list children;
	struct dentry *parent; /* itself at a root */
	struct dentry *hash_next;
	struct vnode *vnode; /* NULL: negative */
	struct super *super;
	unsigned int refs;
	uint32_t hash;
	uint16_t len;
	bool unlinked, pinned, mountpoint;
	loff_t cookie; /* directory position, grows */
	char *name;    /* NUL-terminated */
};

struct path {
	struct mount *mount;
	struct dentry *dentry;
};

struct fs_type {
	const char *name; /* as in /proc/filesystems */
	bool nodev;
	/* Make an instance and its root dentry in *root. */
	int (*mount)(const struct fs_type *t, const char *source,
		     const char *options, struct super **out);
	void (*unmount)(struct super *s);
};

struct super {
	const struct fs_type *type;
	struct dentry *root;
	uint64_t dev;
	uint64_t magic;
	uint32_t blksize;
	/* Pages this filesystem may hold and holds (memory filesystems). */
	uint64_t max_pages, used_pages, max_files, used_files;
	uint64_t next_ino;
	unsigned int refs; /* mounts of it */
	bool readonly;	   /* whatever its mounts say */
	uint64_t removed;  /* files without a name that are still in use */
	void *priv;
};

struct mount {
	struct list link; /* all mounts, in order */
	struct mount *parent;
	struct dentry *mountpoint; /* in parent; NULL for the root mount */
	struct super *super;
	struct dentry *root;
	unsigned int flags; /* MS_RDONLY, MS_NOSUID, ... */
	char *source;
	int id;
	unsigned int refs;
	unsigned int writers; /* files open for writing: file.writes_mount */
};

/* Working directory, root and umask of a process. */
struct fs_context {
	struct path cwd, root;
	uint32_t umask;
};

/* Boot: mount the root ramfs, /dev, /proc, unpack an archive over it. */
int vfs_init(void);
/* Unpack a newc cpio archive onto the root. Bad input: one clear klog line and
 * -EINVAL. */
int cpio_unpack(const void *data, size_t size);
struct fs_context *fs_context_create(void);
void fs_context_destroy(struct fs_context *c);

/*
 * Path walk (vfs/namei.c). dirfd as in openat(2); path is a kernel string.
 */
#define WALK_FOLLOW    1u /* follow a symbolic link in the last component */
#define WALK_DIRECTORY 2u
#define WALK_EMPTY     4u /* AT_EMPTY_PATH */
#define WALK_NOXDEV    8u
#define WALK_BENEATH   16u
#define WALK_NOSYMLINK 32u
#define WALK_INROOT    64u
#define WALK_NOMAGIC   128u
int path_lookup(int dirfd, const char *path, unsigned int how,
		struct path *out);
/* The directory that holds (or would hold) the last component, which is
 * returned in last (points into path) with its length; trailing slashes are
 * reported. */
int path_lookup_parent(int dirfd, const char *path, unsigned int how,
		       struct path *dir, const char **last, size_t *len,
		       bool *slash);
void path_get(const struct path *p);
void path_put(struct path *p);
/* Absolute name of p seen from root, written at the end of buf; a pointer into
 * buf or err_ptr. Appends " (deleted)" if unlinked. */
char *path_name(const struct path *p, const struct path *root, char *buf,
		size_t size);
/* open(2)'s work on a kernel path: a file with one reference or err_ptr. */
struct file *vfs_open(int dirfd, const char *path, int flags, uint32_t mode);

/*
 * Names of local sockets (vfs/socket_node.c): make the node (0777 less the
 * umask), find it (links followed, write permission needed; -ECONNREFUSED: it
 * is no socket), remove it again when making the socket failed after all. *out
 * gets references.
 */
int vfs_socket_create(const char *path, struct path *out);
int vfs_socket_find(const char *path, struct path *out);
void vfs_socket_remove(const struct path *p);

/* Dentries and vnodes (vfs/dentry.c, vfs/vnode.c). */
struct dentry *dentry_alloc(struct super *s, struct dentry *parent,
			    const char *name, size_t len);
void dentry_attach(struct dentry *d, struct vnode *v); /* takes the ref */
void dentry_get(struct dentry *d);
void dentry_put(struct dentry *d);
/* Child of that name, cached or looked up; negative if it does not exist. */
struct dentry *dentry_child(struct dentry *dir, const char *name, size_t len);
struct vnode *vnode_alloc(struct super *s, const struct vnode_ops *ops,
			  uint32_t mode);
void vnode_get(struct vnode *v);
void vnode_put(struct vnode *v);
void vnode_touch(struct vnode *v, unsigned int which); /* ATTR_ATIME... now */
#define MAY_EXEC  1
#define MAY_WRITE 2
#define MAY_READ  4
int vnode_permission(struct vnode *v,
		     int mask); /* 0, -EACCES, -EPERM, -EROFS */

/* Filesystem types and mounts (vfs/mount.c). */
void fs_register(const struct fs_type *t);
int vfs_mount(const char *source, const char *target, const char *type,
	      unsigned int flags, const char *options);

/*
 * For filesystems that are not part of vfs/ (ipc/mqueue_fs.c): their names are
 * pinned dentries, as those of ramfs. Kernel context; none of it blocks.
 */
/* Keep d, which has just got its vnode, as a name of its directory. */
void dentry_pin(struct dentry *d);
/* The name is gone: out of the tree, unpinned. The caller holds a reference. */
void dentry_drop(struct dentry *d);
/* An instance of t that lies nowhere in the tree, for ever. 0 or -errno. */
int mount_hidden(const struct fs_type *t, struct mount **out);
/* Make a file of any kind but a link at d, a negative child of dir, if the
 * current process may. mode has the file type; umask has been applied. */
int vfs_mknod(const struct path *dir, struct dentry *d, uint32_t mode,
	      uint64_t rdev);
/* unlink(2) of d, a child of dir; rmdir(2) if want_dir. */
int vfs_remove(const struct path *dir, struct dentry *d, bool want_dir);
/* f, which has no path yet, is an open file of p: takes its own references. */
void file_set_path(struct file *f, const struct path *p);
/* Why file_alloc() returned NULL: -ENFILE or -ENOMEM. */
int file_alloc_error(void);
/* Set everything but the size, and the change time (vfs/vnode.c). */
void vnode_setattr_simple(struct vnode *v, const struct kattr *a);
/* lseek over a known size: SEEK_SET, SEEK_CUR, SEEK_END. */
loff_t plain_llseek(struct file *f, loff_t off, int whence, loff_t size);
/* A directory whose names are its pinned dentries (vfs/ramfs_dir.c). */
extern const struct file_ops ramfs_dir_file_ops;

/*
 * Character devices (vfs/chardev.c): open of a device node with this number
 * uses these ops.
 */
struct chardev {
	struct list link;
	const char *name;
	uint64_t rdev;
	uint32_t mode;
	const struct file_ops *ops;
	int (*open)(struct file *f); /* may be NULL */
};
void chardev_register(struct chardev *c); /* before devfs is mounted */

/*
 * Files with generated text (/proc): show() writes with seq_printf; the core
 * calls it at each open or rewind and serves reads from the buffer.
 */
struct seq {
	char *buf;
	size_t len, size;
	int err;
};
void seq_printf(struct seq *s, const char *fmt, ...) __printf(2, 3);
void seq_write(struct seq *s, const void *p, size_t n);

static inline uint64_t makedev(unsigned int ma, unsigned int mi)
{
	return ((uint64_t)(ma & 0xfffff000) << 32) | ((uint64_t)mi & 0xff) |
	       ((uint64_t)(ma & 0xfff) << 8) |
	       ((uint64_t)(mi & 0xffffff00) << 12);
}

#endif
