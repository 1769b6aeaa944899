/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.h: open files. Everything with a descriptor is a struct file with one
 * ops table; sockets, pipes, epoll and terminals are no exceptions.
 *
 * Implemented in vfs/file.c (reference counts) and vfs/fdtable.c.
 */
#ifndef POSIXEN_FILE_H
#define POSIXEN_FILE_H

#include <posixen/types.h>
#include <posixen/uaccess.h>
#include <posixen/waitq.h>

struct file;
struct vnode;
struct dentry;
struct mount;
struct vm_object_ops;
struct file_async;
struct kstat;

struct file_ops {
	/*
	 * Move bytes at *pos (NULL for things without a position) and advance
	 * it. May block unless the file has O_NONBLOCK (f->flags) or nowait.
	 * Bytes moved; -EAGAIN, -EINTR, -EFAULT ...
	 */
	ssize_t (*read)(struct file *f, struct uio *u, loff_t *pos);
	ssize_t (*write)(struct file *f, struct uio *u, loff_t *pos);
	loff_t (*llseek)(struct file *f, loff_t off, int whence);
	/* Poll events true now; the queue that tells of changes in *q. */
	unsigned int (*poll)(struct file *f, struct waitq **q);
	long (*ioctl)(struct file *f, unsigned int cmd, unsigned long arg);
	/* One call of emit per entry from *pos on; emit returns non-zero when
	 * its buffer is full. */
	int (*readdir)(struct file *f, loff_t *pos,
		       int (*emit)(void *arg, const char *name, size_t len,
				   uint64_t ino, unsigned char type,
				   loff_t next),
		       void *arg);
	int (*fsync)(struct file *f, bool data_only);
	int (*fallocate)(struct file *f, int mode, loff_t off, loff_t len);
	/* The last reference is gone. Must not fail; may block. */
	void (*release)(struct file *f);
	/* Called at each close(2) of a descriptor. May be NULL. */
	int (*flush)(struct file *f);
	/* fcntl(F_SETFL) is about to set these flags; NULL allows all. */
	int (*set_flags)(struct file *f, int flags);
	/* fstat of things that have no vnode; NULL: the vnode answers. */
	int (*stat)(struct file *f, struct kstat *st);
	const struct vm_object_ops *vm; /* NULL: cannot be mapped (ENODEV) */
};

struct file {
	const struct file_ops *ops;
	unsigned int refs;
	int flags; /* open(2) flags: access mode, O_APPEND, ... */
	loff_t pos;
	struct vnode *vnode;   /* NULL for anonymous things */
	struct dentry *dentry; /* for /proc/self/fd, directories; or NULL */
	struct mount *mount;
	void *priv;	       /* the implementation's */
	const char *anon_name; /* "pipe", "[eventpoll]" ... when no dentry */
	uint64_t anon_ino;
	struct file_async *async; /* vfs/async.c: whom O_ASYNC tells; or NULL */
	bool writes_mount;	  /* counted in mount->writers */
	struct epoll_item *watchers; /* vfs/epoll.c */
};

/* A new file with one reference, no vnode. NULL: no memory (-ENFILE/-ENOMEM).
 */
struct file *file_alloc(const struct file_ops *ops, int flags, void *priv);
void file_get(struct file *f);
void file_put(struct file *f);

/* Mode 3 is neither: ioctl only (open(2), NOTES). */
#define file_readable(f) (((f)->flags & 3) == 0 || ((f)->flags & 3) == 2)
#define file_writable(f) (((f)->flags & 3) == 1 || ((f)->flags & 3) == 2)

/* Kernel-side i/o at an explicit position, for sendfile, splice, loaders. */
ssize_t file_kread(struct file *f, void *buf, size_t n, loff_t *pos);
ssize_t file_kwrite(struct file *f, const void *buf, size_t n, loff_t *pos);

/*
 * fcntl(2), F_SETOWN and F_GETOWN: whom f's O_ASYNC signals, a process or, as a
 * negative number, a process group; 0: nobody. -ESRCH, -EINVAL, -ENOMEM.
 * Kernel context; neither blocks (vfs/async.c).
 */
int async_set_owner(struct file *f, int who);
int async_get_owner(const struct file *f);

/* Urgent data came: SIGURG for the owner, whether there is O_ASYNC or not.
 * Event context. */
void async_urgent(struct file *f);

/* For what has no vnode (vfs/anonfile.c): a fresh inode number for anon_ino,
 * and an answer to fstat with it. */
uint64_t anon_ino_next(void);
void anon_stat(const struct file *f, uint32_t mode, struct kstat *st);

/*
 * Descriptors. A process's table grows on demand up to RLIMIT_NOFILE.
 */
struct fd_table;
struct fd_table *fd_table_create(void);
void fd_table_destroy(struct fd_table *t); /* closes all; posix locks too */

/* The current process's file, with a reference; NULL: -EBADF. O_PATH files only
 * by fd_get_any. */
struct file *fd_get(int fd);
struct file *fd_get_any(int fd);
/* Reserve the lowest free descriptor >= min: fd, -EMFILE, -ENOMEM. */
int fd_reserve(int min);
/* Give back a reserved descriptor that was not installed. */
void fd_release(int fd);
/* Put f (takes over the caller's reference) at a reserved descriptor. */
void fd_install(int fd, struct file *f, bool cloexec);
/* reserve + install; on failure the caller keeps its reference. */
int fd_install_new(struct file *f, int flags /* O_CLOEXEC */);
int fd_close(int fd);

#endif
