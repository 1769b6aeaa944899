/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * internal.h: what the files of vfs/ share among themselves about paths and
 * regular files. special.h has the other half; fs.h and file.h are for others.
 */
#ifndef VFS_INTERNAL_H
#define VFS_INTERNAL_H

#include <posixen/fs.h>
#include <linux/fcntl.h>
#include <linux/mount.h>

struct cred;
struct iovec;

/* The most that one read or write moves (read(2), NOTES). */
#define MAX_RW_COUNT ((size_t)0x7ffff000)

/* dentry.c */
/* For a file without a name (O_TMPFILE): a dentry that is in no directory.
 * Takes the reference on v; NULL: no memory. */
struct dentry *dentry_nameless(struct dentry *dir, struct vnode *v);
/* The child that is in memory, without a reference, or NULL. */
struct dentry *dentry_find(struct dentry *dir, const char *name, size_t len);
/* Give d the name and place of target, which leaves the tree. The caller holds
 * a reference on both and on both parents. 0 or -ENOMEM. */
int dentry_move(struct dentry *d, struct dentry *target);
void dentry_exchange(struct dentry *a, struct dentry *b);
bool dentry_is_ancestor(const struct dentry *a, const struct dentry *d);
bool dentry_empty(const struct dentry *d);

/* vnode.c */
void vnode_accessed(struct vnode *v, const struct mount *m);
void file_accessed(struct file *f);
int vnode_getattr(struct vnode *v, struct kstat *st);
int vnode_setattr(struct vnode *v, const struct kattr *a);

/* perm.c */
const struct cred *fs_cred(void);
bool fs_capable(void);
bool fs_in_group(uint32_t gid);
bool fs_owns(const struct vnode *v);
/* A device, FIFO or socket. */
bool vnode_is_special(const struct vnode *v);
int path_permission(const struct path *p, int mask);
int mount_want_write(const struct mount *m);
int may_create(struct dentry *dir);
int may_delete(struct dentry *dir, struct dentry *victim, bool want_dir);
void vnode_inherit(struct vnode *v, const struct vnode *dir);
uint32_t vnode_priv_bits(const struct vnode *v);
void vnode_kill_priv(struct vnode *v);

/* mount.c */
void mount_get(struct mount *m);
void mount_put(struct mount *m);
/* Step from a mount point to the root of what is mounted there. True if p
 * changed. */
bool path_cross(struct path *p);
/* Step to the parent directory, out of mounts, but not above root: then
 * false. */
bool path_up(struct path *p, const struct path *root);
const struct fs_type *fs_type_find(const char *name);

/* fs_context.c: of the current process, or of the boot. */
struct fs_context *fs_current(void);

/* fdtable.c */
/* dup2(2): f (the caller's reference) at exactly fd, closing what was there;
 * fd, -EBADF, -EBUSY or -ENOMEM. */
int fd_replace(int fd, struct file *f, bool cloexec);
int fd_limit(void); /* RLIMIT_NOFILE of the current process */

/*
 * namei.c: a walk in progress. walk_parent() goes to the directory of the last
 * component, walk_last() over that; both follow what links they must.
 */
#define MAX_LINKS 40

enum last_type { LAST_NORMAL, LAST_DOT, LAST_DOTDOT, LAST_ROOT };

struct walk {
	struct path path;  /* where it stands; referenced */
	struct path root;  /* absolute paths and ".." end here; referenced */
	struct file *file; /* a magic link led to a file without a path */
	unsigned int how;
	unsigned int links, depth;
	const char *rest; /* of the text being walked */
	char *text;	  /* a link's text, ours; NULL for the caller's */
	struct {
		const char *rest;
		char *text;
	} saved[MAX_LINKS];
	const char *last; /* last component */
	size_t len;
	enum last_type type;
	bool slash;	/* followed by slashes */
	bool root_used; /* the walk has been at the root or asked for it */
	bool must_dir;	/* an earlier text ended in slashes */
};

int walk_begin(struct walk *w, int dirfd, const char *path, unsigned int how);
int walk_parent(struct walk *w);
/* Step onto the last component. 1: it was a link that is now being walked, go
 * on with walk_parent(). */
int walk_step(struct walk *w, bool follow);
/* As walk_step() onto d, a child of where the walk stands (takes the
 * reference). */
int walk_onto(struct walk *w, struct dentry *d, bool follow);
/* The rest of a lookup after walk_begin(). */
int walk_all(struct walk *w);
void walk_end(struct walk *w);

/* A path argument copied from the program (path_arg.c). Small ones need no
 * memory from the heap. */
struct path_arg {
	char *s;
	char small[128];
};
/* An empty path is -ENOENT unless empty_ok. */
int path_arg_get(struct path_arg *a, const char *upath, bool empty_ok);
void path_arg_put(struct path_arg *a);

/*
 * Linux refuses a buffer before the call only if it is not in a program's half
 * of the address space; anything else that is not mapped is found out by the
 * copy, after what came before it was moved.
 */
static inline bool user_half(const void *p, size_t n)
{
	return (uintptr_t)p <= (1UL << 47) - PAGE_SIZE &&
	       n <= (1UL << 47) - PAGE_SIZE - (uintptr_t)p;
}

/* iov.c: copy in a vector of the program's and check it (readv(2)). */
struct iov_arg {
	struct iovec *iov;
	struct uio uio;
	size_t fast[8 * 2];
};
int iov_arg_get(struct iov_arg *a, const void *uiov, unsigned long nr);
void iov_arg_put(struct iov_arg *a);

/* "." and "..", for readdir operations: true when both are through. */
bool dir_emit_dots(struct file *f, loff_t *pos,
		   int (*emit)(void *, const char *, size_t, uint64_t,
			       unsigned char, loff_t),
		   void *arg);
/* lseek of a directory whose positions are cookies. */
loff_t dir_llseek(struct file *f, loff_t off, int whence);

/*
 * Work on objects, shared by handlers and by cpio.c. All check permissions.
 */
/* namespace.c: d is a negative child of dir. */
int vfs_symlink(const struct path *dir, struct dentry *d, const char *to);
int vfs_link(const struct path *old, const struct path *dir, struct dentry *d);
/* The new, negative last component of a path in *dir and *d, both referenced
 * (filename_create of Linux): -EEXIST, -ENOENT for a trailing slash ... */
int path_create(int dirfd, const char *path, bool want_dir, struct path *dir,
		struct dentry **d);
/* trunc.c: RLIMIT_FSIZE: 0, or SIGXFSZ and -EFBIG. */
int vfs_newsize_ok(const struct vnode *v, uint64_t size);
/* open(2) of f's vnode without its permission checks; touch: O_TRUNC,
 * ftruncate(2) update the times even if the size is the same. */
int vfs_truncate(struct vnode *v, uint64_t size, bool touch);
/* read_write.c: iov is the program's; rwf are RWF_ flags. */
ssize_t file_read(struct file *f, struct uio *u, loff_t *pos);
ssize_t file_write(struct file *f, struct uio *u, loff_t *pos);

/* ramfs*.c */
extern const struct fs_type ramfs_type, tmpfs_type, rootfs_type;

/* memfd.c: F_ADD_SEALS and F_GET_SEALS. */
long memfd_fcntl(struct file *f, unsigned int cmd, unsigned long arg);

#endif
