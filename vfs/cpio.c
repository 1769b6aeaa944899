/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpio.c: unpack a "new ASCII" cpio archive (cpio(5): newc, and crc, whose sum
 * is not checked) onto the root filesystem, as Linux does with an initramfs.
 *
 * Archives may follow one another with zero bytes between. Directories on the
 * way to a name are made if the archive does not bring them. Everything is
 * checked against the archive's size before it is read; the first thing that is
 * wrong ends the work with one line in the log.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/list.h>
#include <posixen/mem.h>
#include <linux/stat.h>
#include "internal.h"

#define HEADER_SIZE 110
#define TRAILER	    "TRAILER!!!"

enum field {
	C_INO,
	C_MODE,
	C_UID,
	C_GID,
	C_NLINK,
	C_MTIME,
	C_FILESIZE,
	C_DEVMAJOR,
	C_DEVMINOR,
	C_RDEVMAJOR,
	C_RDEVMINOR,
	C_NAMESIZE,
	C_CHECK,
	C_FIELDS
};

/* One member. name and data point into the archive. */
struct member {
	uint32_t f[C_FIELDS];
	size_t offset;
	const char *name;
	const char *data;
};

/* The first name of a file with several links. */
struct link {
	struct list link;
	uint32_t ino, major, minor;
	char name[];
};

/* A directory whose time is set at the end, when nothing is added any more. */
struct dir_time {
	struct list link;
	uint32_t mtime;
	char name[];
};

struct unpacker {
	const char *data;
	size_t size, at;
	struct list links, dirs;
};

static int bad(size_t offset, const char *why)
{
	klog("cpio archive, byte %zu: %s; make it again with cpio -o -H newc\n",
	     offset, why);
	return -EINVAL;
}

static int failed(const struct member *m, int err)
{
	const char *why = err == -ENOSPC || err == -ENOMEM
				  ? "not enough memory, give the guest more"
				  : "cannot be made";

	klog("cpio archive: %s: %s (error %d)\n", m->name, why, -err);
	return err;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int parse_fields(const char *s, uint32_t *f)
{
	for (int i = 0; i < C_FIELDS; i++) {
		f[i] = 0;
		for (int j = 0; j < 8; j++) {
			int d = hex_digit(*s++);

			if (d < 0)
				return -EINVAL;
			f[i] = f[i] << 4 | (uint32_t)d;
		}
	}
	return 0;
}

/* Compressed archives are a likely mistake: say so. */
static const char *what_is_it(const unsigned char *p, size_t n)
{
	if (n >= 2 && p[0] == 0x1f && p[1] == 0x8b)
		return "it is compressed with gzip, unpack it first";
	if (n >= 4 && p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f)
		return "it is compressed with zstd, unpack it first";
	if (n >= 4 && p[0] == 0xfd && p[1] == '7' && p[2] == 'z')
		return "it is compressed with xz, unpack it first";
	if (n >= 6 && !memcmp(p, "070707", 6))
		return "it is in the old format";
	return "there is no newc header";
}

/* The member at u->at; moves behind it. */
static int next_member(struct unpacker *u, struct member *m)
{
	const char *p = u->data + u->at;
	size_t left = u->size - u->at;
	size_t name, data, end;

	m->offset = u->at;
	if (left < 6 || (memcmp(p, "070701", 6) && memcmp(p, "070702", 6)))
		return bad(u->at, what_is_it((const unsigned char *)p, left));
	if (left < HEADER_SIZE)
		return bad(u->at, "the archive ends within a header");
	if (parse_fields(p + 6, m->f))
		return bad(u->at, "the header has a bad number");
	name = m->f[C_NAMESIZE];
	if (!name || name > PATH_MAX)
		return bad(u->at, "a name's length is impossible");
	data = ALIGN_UP(HEADER_SIZE + name, 4);
	end = data + m->f[C_FILESIZE];
	if (HEADER_SIZE + name > left || (m->f[C_FILESIZE] && end > left))
		return bad(u->at, "the archive is cut short");
	m->name = p + HEADER_SIZE;
	m->data = p + data;
	if (strnlen(m->name, name) != name - 1)
		return bad(u->at, "a name does not end where it should");
	/* The padding of the very last member may be missing. */
	u->at += MIN(ALIGN_UP(end, 4), left);
	return 0;
}

/* Make the directories on the way to name. */
static int make_parents(const char *name)
{
	char *copy = kstrdup(name);
	int err = 0;

	if (!copy)
		return -ENOMEM;
	for (char *s = copy; !err && (s = strchr(s, '/')); s++) {
		struct path dir;
		struct dentry *d;

		if (s == copy || s[-1] == '/')
			continue;
		*s = '\0';
		err = path_create(AT_FDCWD, copy, true, &dir, &d);
		if (!err) {
			err = vfs_mknod(&dir, d, S_IFDIR | 0755, 0);
			dentry_put(d);
			path_put(&dir);
		} else if (err == -EEXIST) {
			err = 0;
		}
		*s = '/';
	}
	kfree(copy);
	return err;
}

/* The place for a new name. -EEXIST: there is one, in *dir and *d, which the
 * caller then has to deal with. */
static int find_place(const char *name, struct path *dir, struct dentry **d)
{
	const char *last;
	size_t len;
	bool slash;
	int err =
		path_lookup_parent(AT_FDCWD, name, 0, dir, &last, &len, &slash);

	if (err)
		return err;
	if (!len || !strcmp(last, ".") || !strcmp(last, "..")) {
		*d = dir->dentry;
		dentry_get(*d);
		return -EEXIST;
	}
	*d = dentry_child(dir->dentry, last, len);
	if (is_err(*d)) {
		err = (int)ptr_err(*d);
		path_put(dir);
		return err;
	}
	return (*d)->vnode ? -EEXIST : 0;
}

/* As Linux does: an earlier file of that name gives way, unless both are
 * directories. True if something was removed. */
static bool give_way(const struct path *dir, struct dentry *d, uint32_t mode)
{
	struct vnode *v = dir->dentry->vnode;

	if (S_ISDIR(d->vnode->mode) || S_ISDIR(mode) || !v->ops->unlink)
		return false;
	return !v->ops->unlink(v, d);
}

static void set_attributes(struct vnode *v, const struct member *m)
{
	v->mode = (v->mode & S_IFMT) | (m->f[C_MODE] & 07777);
	v->uid = m->f[C_UID];
	v->gid = m->f[C_GID];
	v->mtime.tv_sec = v->atime.tv_sec = m->f[C_MTIME];
	v->mtime.tv_nsec = v->atime.tv_nsec = 0;
}

static int make_symlink(const struct member *m, const struct path *dir,
			struct dentry *d)
{
	char *to = kstrndup(m->data, m->f[C_FILESIZE]);
	int err;

	if (!to)
		return -ENOMEM;
	err = vfs_symlink(dir, d, to);
	kfree(to);
	return err;
}

static int make_in(const struct member *m, const struct path *dir,
		   struct dentry *d)
{
	uint32_t mode = m->f[C_MODE];
	uint64_t rdev = makedev(m->f[C_RDEVMAJOR], m->f[C_RDEVMINOR]);
	int err;

	if (S_ISLNK(mode))
		err = make_symlink(m, dir, d);
	else
		err = vfs_mknod(dir, d, mode & (S_IFMT | 07777),
				S_ISCHR(mode) || S_ISBLK(mode) ? rdev : 0);
	if (!err)
		set_attributes(d->vnode, m);
	return err;
}

/* Make the file that m describes, without contents. */
static int make_file(const struct member *m)
{
	struct path dir;
	struct dentry *d;
	int err = find_place(m->name, &dir, &d);

	if (err == -EEXIST && give_way(&dir, d, m->f[C_MODE])) {
		dentry_put(d);
		path_put(&dir);
		err = find_place(m->name, &dir, &d);
	}
	if (err && err != -EEXIST)
		return err;
	if (!err) {
		err = make_in(m, &dir, d);
	} else if (S_ISDIR(m->f[C_MODE]) && S_ISDIR(d->vnode->mode)) {
		set_attributes(d->vnode, m);
		err = 0;
	}
	dentry_put(d);
	path_put(&dir);
	return err;
}

static int write_all(struct file *f, const char *data, size_t n)
{
	loff_t pos = 0;

	while (n) {
		ssize_t done = file_kwrite(f, data, n, &pos);

		if (done <= 0)
			return done ? (int)done : -EIO;
		data += done;
		n -= (size_t)done;
	}
	return 0;
}

static int write_contents(const struct member *m)
{
	struct file *f =
		vfs_open(AT_FDCWD, m->name, O_WRONLY | O_TRUNC | O_NOFOLLOW, 0);
	int err;

	if (is_err(f))
		return (int)ptr_err(f);
	err = write_all(f, m->data, m->f[C_FILESIZE]);
	set_attributes(f->vnode, m);
	file_put(f);
	return err;
}

static struct link *find_link(struct unpacker *u, const struct member *m)
{
	list_for_each (l, &u->links) {
		struct link *k = list_entry(l, struct link, link);

		if (k->ino == m->f[C_INO] && k->major == m->f[C_DEVMAJOR] &&
		    k->minor == m->f[C_DEVMINOR])
			return k;
	}
	return NULL;
}

static int remember_link(struct unpacker *u, const struct member *m)
{
	size_t n = strlen(m->name) + 1;
	struct link *k = kmalloc(sizeof(*k) + n);

	if (!k)
		return -ENOMEM;
	k->ino = m->f[C_INO];
	k->major = m->f[C_DEVMAJOR];
	k->minor = m->f[C_DEVMINOR];
	memcpy(k->name, m->name, n);
	list_push(&u->links, &k->link);
	return 0;
}

static int make_link(const struct link *k, const struct member *m)
{
	struct path old, dir;
	struct dentry *d;
	int err = path_lookup(AT_FDCWD, k->name, 0, &old);

	if (err)
		return err;
	err = find_place(m->name, &dir, &d);
	if (err == -EEXIST && d->vnode != old.dentry->vnode &&
	    give_way(&dir, d, m->f[C_MODE])) {
		dentry_put(d);
		path_put(&dir);
		err = find_place(m->name, &dir, &d);
	}
	if (!err || err == -EEXIST) {
		if (!err)
			err = vfs_link(&old, &dir, d);
		dentry_put(d);
		path_put(&dir);
	}
	path_put(&old);
	return err;
}

/* Of a file with several links, one member has the contents, often the last. */
static int unpack_linked(struct unpacker *u, const struct member *m)
{
	struct link *k = find_link(u, m);
	int err;

	if (k)
		return make_link(k, m);
	err = make_file(m);
	return err ? err : remember_link(u, m);
}

static int remember_dir(struct unpacker *u, const struct member *m)
{
	size_t n = strlen(m->name) + 1;
	struct dir_time *t = kmalloc(sizeof(*t) + n);

	if (!t)
		return -ENOMEM;
	t->mtime = m->f[C_MTIME];
	memcpy(t->name, m->name, n);
	list_append(&u->dirs, &t->link);
	return 0;
}

static int unpack_member(struct unpacker *u, const struct member *m)
{
	uint32_t mode = m->f[C_MODE];
	int err = make_parents(m->name);

	if (err)
		return err;
	if (!S_ISDIR(mode) && m->f[C_NLINK] > 1)
		err = unpack_linked(u, m);
	else
		err = make_file(m);
	if (!err && S_ISDIR(mode))
		err = remember_dir(u, m);
	if (!err && S_ISREG(mode) && m->f[C_FILESIZE])
		err = write_contents(m);
	return err;
}

static void set_dir_times(struct unpacker *u)
{
	list_for_each (l, &u->dirs) {
		struct dir_time *t = list_entry(l, struct dir_time, link);
		struct path p;

		if (path_lookup(AT_FDCWD, t->name, 0, &p))
			continue;
		p.dentry->vnode->mtime.tv_sec = t->mtime;
		p.dentry->vnode->mtime.tv_nsec = 0;
		path_put(&p);
	}
}

static void forget(struct unpacker *u)
{
	list_for_each_safe (l, &u->links)
		kfree(list_entry(l, struct link, link));
	list_for_each_safe (l, &u->dirs)
		kfree(list_entry(l, struct dir_time, link));
	list_init(&u->links);
	list_init(&u->dirs);
}

/* Zero bytes may stand between archives and after the last one. */
static bool skip_zeros(struct unpacker *u)
{
	while (u->at < u->size && !u->data[u->at])
		u->at++;
	return u->at < u->size;
}

static int unpack_archive(struct unpacker *u)
{
	struct member m;
	int err;

	for (;;) {
		if (u->at == u->size)
			return bad(u->at, "the archive ends without a trailer");
		err = next_member(u, &m);
		if (err || !strcmp(m.name, TRAILER))
			return err;
		err = unpack_member(u, &m);
		if (err)
			return failed(&m, err);
	}
}

int cpio_unpack(const void *data, size_t size)
{
	struct unpacker u = {.data = data, .size = size};
	int err = 0;

	list_init(&u.links);
	list_init(&u.dirs);
	if (!skip_zeros(&u))
		return bad(0, "it is empty");
	do {
		err = unpack_archive(&u);
		if (!err)
			set_dir_times(&u);
		forget(&u);
	} while (!err && skip_zeros(&u));
	return err;
}
