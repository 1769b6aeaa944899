/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_fd.c: /proc/<pid>/fd and fdinfo. The links lead to the open file itself,
 * also where it has no name any more, or never had one.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include "proc.h"
#include "special.h"

int proc_fd_next(const struct proc_inode *dir, int from)
{
	struct process *p = proc_process(dir);

	return p ? fd_table_next(p->files, from) : -1;
}

static struct file *file_of(const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);

	return p ? fd_table_get(p->files, pi->fd) : NULL;
}

/* "pipe:[7]", or a name that is complete. */
static ssize_t anon_text(const struct file *f, char *buf, size_t size)
{
	const char *name = f->anon_name ? f->anon_name : "anon_inode:[file]";
	int n;

	if (strchr(name, ':'))
		n = snprintf(buf, size, "%s", name);
	else
		n = snprintf(buf, size, "%s:[%lu]", name, f->anon_ino);
	return MIN((size_t)n, size);
}

ssize_t proc_path_text(const struct path *p, char *buf, size_t size)
{
	char *tmp = kmalloc(PATH_MAX), *name;
	size_t n;

	if (!tmp)
		return -ENOMEM;
	name = path_name(p, &current_process()->fs->root, tmp, PATH_MAX);
	if (is_err(name)) {
		kfree(tmp);
		return ptr_err(name);
	}
	n = MIN(strlen(name), size);
	memcpy(buf, name, n);
	kfree(tmp);
	return n;
}

static ssize_t fd_text(const struct proc_inode *pi, char *buf, size_t size)
{
	struct file *f = file_of(pi);
	struct path at;
	ssize_t n;

	if (!f)
		return -ENOENT;
	at = (struct path){f->mount, f->dentry};
	n = f->dentry && f->mount ? proc_path_text(&at, buf, size)
				  : anon_text(f, buf, size);
	file_put(f);
	return n;
}

static int fd_follow(const struct proc_inode *pi, struct mount **m,
		     struct dentry **d, struct file **f)
{
	struct file *to = file_of(pi);
	struct path at;

	if (!to)
		return -ENOENT;
	if (!to->dentry || !to->mount) {
		*f = to; /* the reference goes along */
		return 0;
	}
	at = (struct path){to->mount, to->dentry};
	path_get(&at);
	*m = at.mount;
	*d = at.dentry;
	file_put(to);
	return 0;
}

static int show_fdinfo(struct seq *s, const struct proc_inode *pi)
{
	struct file *f = file_of(pi);
	int flags;

	if (!f)
		return -ENOENT;
	flags = f->flags;
	if (fd_table_cloexec(proc_process(pi)->files, pi->fd))
		flags |= O_CLOEXEC;
	seq_printf(s, "pos:\t%lld\nflags:\t0%o\nmnt_id:\t%d\nino:\t%lu\n",
		   f->ops && f->ops->llseek ? f->pos : 0, flags,
		   f->mount ? f->mount->id : 15,
		   f->vnode ? f->vnode->ino : f->anon_ino);
	file_put(f);
	return 0;
}

const struct proc_node proc_fd_link = {
	.name = "fd",
	.mode = S_IFLNK | 0700,
	.readlink = fd_text,
	.follow = fd_follow,
};

const struct proc_node proc_fdinfo_file = {
	.name = "fdinfo",
	.mode = S_IFREG | 0444,
	.show = show_fdinfo,
};
