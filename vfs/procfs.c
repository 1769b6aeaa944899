/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs.c: the filesystem behind /proc. Nothing is kept: a name is looked up
 * in the tables of proc.h each time, and a file's text is made when it is read
 * from the start.
 */
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <linux/fcntl.h>
#include <linux/magic.h>
#include <linux/stat.h>
#include "internal.h"
#include "proc.h"
#include "special.h"

/* Directory positions: "." and ".." first, then the rows, then the numbers. */
#define POS_ROWS    3
#define POS_NUMBERS 1024

static const struct vnode_ops proc_vnode_ops;

struct process *proc_process(const struct proc_inode *pi)
{
	struct process *p = current_process();

	return p && p->pid == pi->pid ? p : NULL;
}

struct thread *proc_thread(const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);
	struct thread *t;

	if (!p || pi->tid < 0)
		return p ? p->leader : NULL;
	t = thread_by_tid(pi->tid);
	return t && t->proc == p ? t : NULL;
}

static struct proc_inode child_of(const struct proc_inode *dir,
				  const struct proc_node *node, int number)
{
	struct proc_inode c = *dir;

	c.node = node;
	if (node != dir->node->numbered)
		return c;
	switch (dir->node->number) {
	case PROC_PID:
		c.pid = number;
		break;
	case PROC_TID:
		c.tid = number;
		break;
	default:
		c.fd = number;
	}
	return c;
}

/* The same for every lookup of the same file, and never 0. */
static uint64_t inode_number(const struct proc_inode *pi)
{
	uint64_t h = (uintptr_t)pi->node / 8 & 0xffffff;

	if (pi->node == &proc_root)
		return 1;
	h |= (uint64_t)(pi->pid + 1) << 24 & 0xffff000000;
	h ^= (uint64_t)(pi->tid + 1) << 36;
	return h ^ (uint64_t)(pi->fd + 1) << 48;
}

/* Links of fd/ show in their mode what the descriptor was opened for. */
static uint32_t inode_mode(const struct proc_inode *pi)
{
	struct process *p;
	struct file *f;
	uint32_t mode = pi->node->mode;

	if (pi->node != &proc_fd_link)
		return mode;
	p = proc_process(pi);
	f = p ? fd_table_get(p->files, pi->fd) : NULL;
	if (!f)
		return mode;
	mode = S_IFLNK | S_IXUSR;
	if (!(f->flags & O_PATH))
		mode |= (file_readable(f) ? S_IRUSR : 0) |
			(file_writable(f) ? S_IWUSR : 0);
	file_put(f);
	return mode;
}

static struct vnode *proc_vnode(struct super *s, const struct proc_inode *pi)
{
	struct proc_inode *own = kmalloc(sizeof(*own));
	struct process *p = proc_process(pi);
	struct vnode *v;

	if (!own)
		return NULL;
	v = vnode_alloc(s, &proc_vnode_ops, inode_mode(pi));
	if (!v) {
		kfree(own);
		return NULL;
	}
	*own = *pi;
	v->priv = own;
	v->ino = inode_number(pi);
	v->uid = p ? p->cred.euid : 0;
	v->gid = p ? p->cred.egid : 0;
	if (S_ISLNK(v->mode) && pi->node == &proc_fd_link)
		v->size = 64; /* as Linux says; the text may be longer */
	return v;
}

/* A directory's rows with names: its own, then those that others have added. */
static const struct proc_node *row(const struct proc_node *dir, unsigned int i)
{
	if (i < dir->nr_entries)
		return &dir->entries[i];
	i -= dir->nr_entries;
	return dir->number == PROC_EXTRA && i < dir->extra->nr
		       ? &dir->extra->entries[i]
		       : NULL;
}

static bool is_there(const struct proc_node *node)
{
	return node->number != PROC_EXTRA || node->nr_entries ||
	       node->extra->nr;
}

/* A number without sign or leading zeros, or -1. */
static int name_number(const struct dentry *d)
{
	int n = 0;

	if (d->len > 9 || (d->name[0] == '0' && d->len > 1))
		return -1;
	for (unsigned int i = 0; i < d->len; i++) {
		if (d->name[i] < '0' || d->name[i] > '9')
			return -1;
		n = n * 10 + d->name[i] - '0';
	}
	return n;
}

static bool find(const struct proc_inode *dir, const struct dentry *d,
		 struct proc_inode *out)
{
	const struct proc_node *node = dir->node, *r;
	int n;

	for (unsigned int i = 0; (r = row(node, i)); i++) {
		if (strcmp(r->name, d->name) || !is_there(r))
			continue;
		*out = child_of(dir, r, -1);
		return true;
	}
	if (!node->next)
		return false;
	n = name_number(d);
	if (n < 0 || node->next(dir, n) != n)
		return false;
	*out = child_of(dir, node->numbered, n);
	return true;
}

static int proc_lookup(struct vnode *dir, struct dentry *d)
{
	struct proc_inode pi;
	struct vnode *v;

	/* No negative name: nothing can be created here either. */
	if (!find(dir->priv, d, &pi))
		return -ENOENT;
	v = proc_vnode(dir->super, &pi);
	if (!v)
		return -ENOMEM;
	dentry_attach(d, v);
	return 0;
}

/* A descriptor may have been closed and opened again, a thread be gone. */
static bool proc_revalidate(struct dentry *d)
{
	struct proc_inode pi;

	return find(d->parent->vnode->priv, d, &pi) && pi.node != &proc_fd_link;
}

static ssize_t proc_readlink(struct vnode *v, char *buf, size_t size)
{
	const struct proc_inode *pi = v->priv;

	return pi->node->readlink(pi, buf, size);
}

static int proc_follow(struct vnode *v, struct mount **m, struct dentry **d,
		       struct file **f)
{
	const struct proc_inode *pi = v->priv;

	return pi->node->follow ? pi->node->follow(pi, m, d, f) : -ENOENT;
}

static int proc_setattr(struct vnode *v, const struct kattr *a)
{
	/* Truncation, as O_TRUNC does it, changes nothing and is allowed. */
	return a->mask & (ATTR_MODE | ATTR_UID | ATTR_GID) ? -EPERM : 0;
}

static void proc_evict(struct vnode *v)
{
	kfree(v->priv);
}

static int make_text(struct seq *s, const struct proc_inode *pi)
{
	int err = 0;

	s->len = 0;
	s->err = 0;
	if (pi->node->text)
		seq_write(s, pi->node->text, strlen(pi->node->text));
	else
		err = pi->node->show(s, pi);
	return err ? err : s->err;
}

static ssize_t proc_read(struct file *f, struct uio *u, loff_t *pos)
{
	const struct proc_inode *pi = f->vnode->priv;
	struct seq *s = f->priv;
	ssize_t n;
	int err;

	if (!pi->node->text && !pi->node->show)
		return -EINVAL;
	if (!*pos || !s->buf) {
		err = make_text(s, pi);
		if (err)
			return err;
	}
	if ((uint64_t)*pos >= s->len)
		return 0;
	n = uio_write(s->buf + *pos, MIN(s->len - *pos, u->left), u);
	if (n > 0)
		*pos += n;
	return n;
}

static ssize_t proc_write(struct file *f, struct uio *u, loff_t *pos)
{
	const struct proc_inode *pi = f->vnode->priv;
	char text[256];
	ssize_t n;

	if (!pi->node->write)
		return -EPERM;
	if (u->left >= sizeof(text))
		return -EINVAL;
	n = uio_read(text, u->left, u);
	if (n < 0)
		return n;
	text[n] = '\0';
	return pi->node->write(pi, text, n);
}

static loff_t proc_llseek(struct file *f, loff_t off, int whence)
{
	return plain_llseek(f, off, whence, INT64_MAX);
}

static void proc_release(struct file *f)
{
	struct seq *s = f->priv;

	kfree(s->buf);
	kfree(s);
}

static const struct file_ops proc_file_ops = {
	.read = proc_read,
	.write = proc_write,
	.llseek = proc_llseek,
	.release = proc_release,
};

typedef int emit_fn(void *arg, const char *name, size_t len, uint64_t ino,
		    unsigned char type, loff_t next);

static int emit_child(const struct proc_inode *dir, const char *name,
		      const struct proc_node *node, int number, loff_t next,
		      emit_fn *emit, void *arg)
{
	struct proc_inode c = child_of(dir, node, number);

	return emit(arg, name, strlen(name), inode_number(&c),
		    (node->mode & S_IFMT) >> 12, next);
}

static int proc_readdir(struct file *f, loff_t *pos, emit_fn *emit, void *arg)
{
	const struct proc_inode *dir = f->vnode->priv;
	const struct proc_node *node = dir->node, *r;
	char name[16];
	unsigned int i;
	int n;

	if (!dir_emit_dots(f, pos, emit, arg))
		return 0;
	for (i = MAX(*pos - POS_ROWS, 0); (r = row(node, i)); i++) {
		if (is_there(r) && emit_child(dir, r->name, r, -1,
					      POS_ROWS + i + 1, emit, arg))
			return 0;
		*pos = POS_ROWS + i + 1;
	}
	n = node->next ? MAX(*pos - POS_NUMBERS, 0) : -1;
	while (n >= 0 && (n = node->next(dir, n)) >= 0) {
		snprintf(name, sizeof(name), "%d", n);
		if (emit_child(dir, name, node->numbered, n,
			       POS_NUMBERS + n + 1, emit, arg))
			return 0;
		*pos = POS_NUMBERS + ++n;
	}
	return 0;
}

static const struct file_ops proc_dir_ops = {
	.readdir = proc_readdir,
	.llseek = dir_llseek,
};

static int proc_open(struct vnode *v, struct file *f)
{
	if (S_ISDIR(v->mode)) {
		f->ops = &proc_dir_ops;
		return 0;
	}
	f->priv = kzalloc(sizeof(struct seq));
	if (!f->priv)
		return -ENOMEM;
	f->ops = &proc_file_ops;
	return 0;
}

static const struct vnode_ops proc_vnode_ops = {
	.lookup = proc_lookup,
	.revalidate = proc_revalidate,
	.readlink = proc_readlink,
	.follow = proc_follow,
	.setattr = proc_setattr,
	.open = proc_open,
	.evict = proc_evict,
};

static int proc_mount(const struct fs_type *t, const char *source,
		      const char *options, struct super **out)
{
	struct proc_inode pi = {&proc_root, -1, -1, -1};
	struct super *s = kzalloc(sizeof(*s));
	struct vnode *v;

	if (!s)
		return -ENOMEM;
	s->type = t;
	s->magic = PROC_SUPER_MAGIC;
	s->blksize = 1024;
	v = proc_vnode(s, &pi);
	s->root = v ? dentry_alloc(s, NULL, "/", 1) : NULL;
	if (!s->root) {
		if (v)
			vnode_put(v);
		kfree(s);
		return -ENOMEM;
	}
	dentry_attach(s->root, v);
	*out = s;
	return 0;
}

static void proc_unmount(struct super *s)
{
	dentry_put(s->root);
	kfree(s);
}

static int start(void)
{
	static const struct fs_type type = {
		.name = "proc",
		.nodev = true,
		.mount = proc_mount,
		.unmount = proc_unmount,
	};

	fs_register(&type);
	return vfs_mount("proc", "/proc", "proc", 0, NULL);
}

/* Who can name a file requires it: path_arg.c and socket_node.c. */
SUBSYSTEM(procfs, .name = "/proc", .start = start);
