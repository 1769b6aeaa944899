/* SPDX-License-Identifier: BSD-2-Clause */
/* dir.c: reading directories: getdents64(2), getdents(2), readlink(2). */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/syscalls.h>
#include <linux/fs.h>
#include <linux/stat.h>
#include "internal.h"
#include "notify.h"

bool dir_emit_dots(struct file *f, loff_t *pos,
		   int (*emit)(void *, const char *, size_t, uint64_t,
			       unsigned char, loff_t),
		   void *arg)
{
	struct dentry *d = f->dentry;

	if (*pos == 0) {
		if (emit(arg, ".", 1, d->vnode->ino, S_IFDIR >> 12, 1))
			return false;
		*pos = 1;
	}
	if (*pos == 1) {
		if (emit(arg, "..", 2, d->parent->vnode->ino, S_IFDIR >> 12, 2))
			return false;
		*pos = 2;
	}
	return true;
}

/* Positions in a directory are cookies: they can be gone back to, but there is
 * no arithmetic with its end. */
loff_t dir_llseek(struct file *f, loff_t off, int whence)
{
	if (whence != SEEK_SET && whence != SEEK_CUR)
		return -EINVAL;
	return plain_llseek(f, off, whence, 0);
}

/* getdents64(2) and getdents(2) differ in where the type byte stands. */
struct dirent_head {
	uint64_t ino;
	int64_t next;
	uint16_t reclen;
	uint8_t type; /* name of the old form starts here */
} __attribute__((packed));

#define HEAD64	 19
#define HEAD_OLD 18

struct filler {
	char *ubuf;
	size_t left, done;
	bool old;
	int err;
};

static int fill(void *arg, const char *name, size_t len, uint64_t ino,
		unsigned char type, loff_t next)
{
	struct filler *fl = arg;
	/* The old form has the type in its last byte, after the NUL. */
	size_t head = fl->old ? HEAD_OLD : HEAD64;
	size_t reclen = ALIGN_UP(head + len + 1 + fl->old, 8);
	char buf[ALIGN_UP(HEAD64 + NAME_MAX + 2, 8)];
	struct dirent_head h = {ino, next, (uint16_t)reclen, type};

	if (reclen > fl->left) {
		fl->err = -EINVAL;
		return 1;
	}
	memset(buf, 0, reclen);
	memcpy(buf, &h, head);
	memcpy(buf + head, name, len);
	if (fl->old)
		buf[reclen - 1] = (char)type;
	if (copy_out(fl->ubuf + fl->done, buf, reclen)) {
		fl->err = -EFAULT;
		return 1;
	}
	fl->done += reclen;
	fl->left -= reclen;
	return 0;
}

static long read_entries(int fd, void *ubuf, unsigned int size, bool old)
{
	struct file *f = fd_get(fd);
	struct filler fl = {.ubuf = ubuf, .left = size, .old = old};
	long err = -ENOTDIR;

	if (!f)
		return -EBADF;
	if (!f->ops->readdir)
		goto out;
	err = -ENOENT;
	if (f->dentry->unlinked)
		goto out;
	err = f->ops->readdir(f, &f->pos, fill, &fl);
	notify_file(f, IN_ACCESS);
	file_accessed(f);
	if (fl.done)
		err = (long)fl.done;
	else if (!err)
		err = fl.err;
out:
	file_put(f);
	return err;
}

long sys_getdents64(int fd, void *buf, unsigned int size)
{
	return read_entries(fd, buf, size, false);
}

long sys_getdents(int fd, void *buf, unsigned int size)
{
	return read_entries(fd, buf, size, true);
}
