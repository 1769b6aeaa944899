/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * special.h: what the two halves of vfs/ ask of one another: path and regular
 * files on one side, everything else with a descriptor on the other.
 */
#ifndef VFS_SPECIAL_H
#define VFS_SPECIAL_H

#include <posixen/fs.h>
#include <posixen/syscalls.h>

/* The result of a sleep as a restartable call returns it. */
static inline long restartable(long err)
{
	return err == -EINTR ? -ERESTARTSYS : err;
}

/*
 * For open(2), once the permission is checked: make f an open file of the
 * device node or FIFO v. Both may set f->ops and f->priv; f->vnode is set.
 * A FIFO's open blocks until the other end is there (fifo(7)): -EINTR, or
 * -ENXIO for a non-blocking writer without a reader. A device without a
 * driver is -ENXIO.
 */
int chardev_open(struct vnode *v, struct file *f); /* vfs/chardev.c */
int chardev_each(int (*fn)(void *arg, struct chardev *c), void *arg);
int fifo_open(struct vnode *v, struct file *f); /* vfs/fifo.c */
/* Another opening of an anonymous pipe, as open("/proc/self/fd/N") does; a
 * file or err_ptr. -ENXIO for anonymous files that cannot be opened again. */
struct file *anon_reopen(struct file *f, int flags); /* vfs/anonfile.c */

/* vfs/eventfd.c. Count one up; never blocks. */
bool is_eventfd(const struct file *f);
void eventfd_add(struct file *f);

/* fcntl(F_GETPIPE_SZ, F_SETPIPE_SZ): -EBADF if f is no pipe (vfs/pipe.c). */
long pipe_fcntl(struct file *f, unsigned int cmd, unsigned long arg);

/* Boot: mount devtmpfs on /dev (made if absent) with all nodes in it, and a
 * tmpfs on /dev/shm; called by vfs_init (vfs/devfs.c). 0 or -errno. */
int devfs_init(void);

/* Poll events true now; a file without a poll operation is always ready. */
unsigned int file_poll(struct file *f, struct waitq **q); /* vfs/poll.c */
/* file_put() calls it before the release operation when f->watchers is set: no
 * epoll instance may know f any longer. Set by vfs/epoll.c, so that an image
 * without epoll does not contain it. */
extern void (*epoll_forget)(struct file *f);

/*
 * Of the descriptor table (vfs/fdtable.c), for /proc/<pid>/fd and ioctl.
 */
/* The file at fd, with a reference; NULL if none is there. */
struct file *fd_table_get(struct fd_table *t, int fd);
/* The lowest open descriptor >= fd, or -1. */
int fd_table_next(struct fd_table *t, int fd);
/* Descriptors that the table has room for now (FDSize of /proc). */
int fd_table_size(struct fd_table *t);
bool fd_table_cloexec(struct fd_table *t, int fd);
/* Set or clear close-on-exec in the current process: 0 or -EBADF. */
int fd_set_cloexec(int fd, bool on);

/* Of mount.c: all mounts (struct mount.link) and filesystem types in order of
 * registration, for /proc. fn returns non-zero to stop. */
extern struct list mount_list;
int fs_type_each(int (*fn)(void *arg, const struct fs_type *t), void *arg);

#endif
