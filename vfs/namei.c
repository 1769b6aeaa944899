/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namei.c: from path names to files (path_resolution(7)).
 *
 * A walk stands at a path and eats components off `rest`. A symbolic link on
 * the way puts the text that is left aside in saved[] and its own text in its
 * place, so there is no recursion. Everything but the last component must lead
 * to a directory; what happens at the last one differs from call to call,
 * which is why walk_parent() stops in front of it.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/stat.h>
#include "internal.h"

void path_get(const struct path *p)
{
	mount_get(p->mount);
	dentry_get(p->dentry);
}

void path_put(struct path *p)
{
	if (p->dentry)
		dentry_put(p->dentry);
	if (p->mount)
		mount_put(p->mount);
	p->dentry = NULL;
	p->mount = NULL;
}

static struct vnode *here(const struct walk *w)
{
	return w->path.dentry->vnode;
}

/* Go to the root because a text starts with a slash. */
static int to_root(struct walk *w)
{
	if (w->how & WALK_BENEATH)
		return -EXDEV;
	/* Linux compares with a root that it looks up only when it is needed:
	 * without one so far, this counts as another mount. */
	if ((w->how & WALK_NOXDEV) && w->path.mount &&
	    (!w->root_used || w->path.mount != w->root.mount))
		return -EXDEV;
	w->root_used = true;
	path_put(&w->path);
	w->path = w->root;
	path_get(&w->path);
	return 0;
}

/* Where a relative path starts: the working directory, or a descriptor's. */
static int start_at(struct walk *w, int dirfd, bool empty)
{
	struct file *f;
	int err = 0;

	if (dirfd == AT_FDCWD) {
		w->path = fs_current()->cwd;
		path_get(&w->path);
		return 0;
	}
	f = fd_get_any(dirfd);
	if (!f)
		return -EBADF;
	if (f->dentry && (empty || S_ISDIR(f->vnode->mode))) {
		w->path.mount = f->mount;
		w->path.dentry = f->dentry;
		path_get(&w->path);
	} else if (empty) {
		w->file = f;
		return 0;
	} else {
		err = -ENOTDIR;
	}
	file_put(f);
	return err;
}

int walk_begin(struct walk *w, int dirfd, const char *path, unsigned int how)
{
	bool scoped = how & (WALK_BENEATH | WALK_INROOT);
	int err = 0;

	memset(w, 0, offsetof(struct walk, saved));
	w->must_dir = w->slash = false;
	w->root_used = scoped;
	w->how = how;
	w->rest = path;
	if (!*path && !(how & WALK_EMPTY))
		return -ENOENT;
	if (*path == '/' && (how & WALK_BENEATH))
		return -EXDEV;
	if (*path != '/' || scoped)
		err = start_at(w, dirfd, !*path);
	if (err)
		return err;
	w->root = scoped && w->path.dentry ? w->path : fs_current()->root;
	path_get(&w->root);
	if (*path == '/')
		err = to_root(w);
	if (err)
		walk_end(w);
	return err;
}

static void drop_text(struct walk *w)
{
	kfree(w->text);
	w->text = NULL;
}

void walk_end(struct walk *w)
{
	drop_text(w);
	while (w->depth)
		kfree(w->saved[--w->depth].text);
	path_put(&w->path);
	path_put(&w->root);
	if (w->file)
		file_put(w->file);
	w->file = NULL;
}

static void pop_text(struct walk *w)
{
	drop_text(w);
	w->depth--;
	w->rest = w->saved[w->depth].rest;
	w->text = w->saved[w->depth].text;
}

/* Walk text (from the heap, now the walk's) before what is left. */
static void push_text(struct walk *w, char *text)
{
	if (*w->rest) {
		w->saved[w->depth].rest = w->rest;
		w->saved[w->depth].text = w->text;
		w->depth++;
	} else {
		drop_text(w);
	}
	w->text = text;
	w->rest = text;
}

static void next_component(struct walk *w)
{
	const char *s = w->rest;

	w->last = s;
	while (*s && *s != '/')
		s++;
	w->len = (size_t)(s - w->last);
	w->slash = *s == '/';
	while (*s == '/')
		s++;
	w->rest = s;
	w->type = LAST_NORMAL;
	if (w->last[0] == '.' && w->len == 1)
		w->type = LAST_DOT;
	else if (w->last[0] == '.' && w->len == 2 && w->last[1] == '.')
		w->type = LAST_DOTDOT;
}

static int must_be_dir(const struct walk *w)
{
	return w->file || !S_ISDIR(here(w)->mode) ? -ENOTDIR : 0;
}

int walk_parent(struct walk *w)
{
	int err;

	for (;;) {
		while (*w->rest == '/')
			w->rest++;
		if (!*w->rest && w->depth) {
			pop_text(w);
			continue;
		}
		if (!*w->rest) {
			w->last = w->rest;
			w->len = 0;
			w->type = LAST_ROOT;
			return 0;
		}
		err = vnode_permission(here(w), MAY_EXEC);
		if (err)
			return err;
		next_component(w);
		if (!*w->rest && !w->depth)
			return 0;
		err = walk_step(w, true);
		if (!err)
			err = must_be_dir(w);
		if (err < 0)
			return err;
	}
}

/* ".." at the root of a scoped walk stays, or is an escape (openat2(2)). */
static int step_up(struct walk *w)
{
	struct mount *m = w->path.mount;

	w->root_used = true;
	if (!path_up(&w->path, &w->root) && (w->how & WALK_BENEATH))
		return -EXDEV;
	return (w->how & WALK_NOXDEV) && m != w->path.mount ? -EXDEV : 0;
}

/* A link that names a file itself, not a text (proc(5), /proc/pid/fd). */
static int follow_magic(struct walk *w, struct vnode *link)
{
	struct path to = {NULL, NULL};
	struct file *f = NULL;
	int err = link->ops->follow(link, &to.mount, &to.dentry, &f);

	if (err)
		return err;
	if (w->how & (WALK_NOMAGIC | WALK_NOSYMLINK))
		err = -ELOOP;
	else if (w->how & (WALK_BENEATH | WALK_INROOT))
		err = -EXDEV;
	else if ((w->how & WALK_NOXDEV) && to.mount != w->path.mount)
		err = -EXDEV;
	if (err) {
		path_put(&to);
		if (f)
			file_put(f);
		return err;
	}
	if (to.dentry) {
		path_put(&w->path);
		w->path = to;
		if (f)
			file_put(f);
	} else {
		w->file = f;
	}
	return 0;
}

static char *read_link(struct vnode *link)
{
	size_t size = link->size ? link->size + 1 : PATH_MAX;
	char *text = kmalloc(size);
	ssize_t n;

	if (!text)
		return err_ptr(-ENOMEM);
	n = link->ops->readlink(link, text, size - 1);
	if (!n)
		n = -ENOENT;
	if (n < 0) {
		kfree(text);
		return err_ptr(n);
	}
	text[n] = '\0';
	return text;
}

/* Follow the link d in the directory where the walk stands. 1: its text is
 * what is walked next; 0: it led straight to its target. */
static int follow_link(struct walk *w, struct dentry *d)
{
	struct vnode *link = d->vnode;
	char *text;
	int err;

	if (w->links++ >= MAX_LINKS || (w->how & WALK_NOSYMLINK))
		return -ELOOP;
	vnode_accessed(link, w->path.mount);
	if (link->ops->follow) {
		err = follow_magic(w, link);
		if (err != -ENOENT)
			return err;
	}
	text = read_link(link);
	if (is_err(text))
		return (int)ptr_err(text);
	if (!*w->rest && !w->depth && w->slash)
		w->must_dir = true;
	push_text(w, text);
	if (*text != '/')
		return 1;
	err = to_root(w);
	return err ? err : 1;
}

int walk_onto(struct walk *w, struct dentry *d, bool follow)
{
	struct mount *m = w->path.mount;
	struct path to = {m, d};
	int err;

	if (!d->vnode) {
		dentry_put(d);
		return -ENOENT;
	}
	if (S_ISLNK(d->vnode->mode) && follow) {
		err = follow_link(w, d);
		dentry_put(d);
		return err;
	}
	mount_get(m);
	path_put(&w->path);
	w->path = to;
	if (path_cross(&w->path) && (w->how & WALK_NOXDEV))
		return -EXDEV;
	return 0;
}

int walk_step(struct walk *w, bool follow)
{
	struct dentry *d;

	if (w->type == LAST_DOT || w->type == LAST_ROOT)
		return 0;
	if (w->type == LAST_DOTDOT)
		return step_up(w);
	d = dentry_child(w->path.dentry, w->last, w->len);
	if (is_err(d))
		return (int)ptr_err(d);
	return walk_onto(w, d, follow);
}

int walk_all(struct walk *w)
{
	int err;

	if (w->file)
		return 0;
	do {
		err = walk_parent(w);
		if (!err)
			err = walk_step(w, w->slash || w->must_dir ||
						   (w->how & WALK_FOLLOW));
	} while (err == 1);
	if (!err && (w->slash || w->must_dir || (w->how & WALK_DIRECTORY)))
		err = must_be_dir(w);
	return err;
}

static int path_of_file(const struct file *f, struct path *out)
{
	if (!f->dentry)
		return -ENOENT;
	out->mount = f->mount;
	out->dentry = f->dentry;
	path_get(out);
	return 0;
}

int path_lookup(int dirfd, const char *path, unsigned int how, struct path *out)
{
	struct walk w;
	int err = walk_begin(&w, dirfd, path, how);

	if (err)
		return err;
	err = walk_all(&w);
	if (!err && w.file) {
		err = path_of_file(w.file, out);
	} else if (!err) {
		*out = w.path;
		path_get(out);
	}
	walk_end(&w);
	return err;
}

/* `last` points into path: no link is followed in the last component, so the
 * text being walked at the end is the caller's. */
int path_lookup_parent(int dirfd, const char *path, unsigned int how,
		       struct path *dir, const char **last, size_t *len,
		       bool *slash)
{
	struct walk w;
	int err = walk_begin(&w, dirfd, path, how);

	if (err)
		return err;
	err = walk_parent(&w);
	if (!err) {
		*dir = w.path;
		path_get(dir);
		*last = w.last;
		*len = w.len;
		*slash = w.slash;
	}
	walk_end(&w);
	return err;
}
